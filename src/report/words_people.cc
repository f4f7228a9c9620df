// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

namespace simwarden {
namespace {

constexpr Word kPeople[] = {
    {"outcome.approved", "carried out", "已办理"},
    {"outcome.refused", "refused by a person", "人工拒绝"},
    {"outcome.fraud_confirmed", "fraud confirmed", "确认欺诈"},
    {"outcome.false_alarm", "false alarm", "误报"},
    {"outcome.complained", "complaint", "投诉"},
    {"outcome.appealed", "appeal", "申诉"},
    {"outcome.assigned", "assigned", "已指派"},
    {"outcome.remedied", "remedied", "已整改"},
    {"outcome.agreed", "reviewer agrees", "复核同意"},
    {"outcome.disagreed", "reviewer disagrees", "复核不同意"},
    {"case.open", "open", "未结"},
    {"case.closed", "closed", "已结"},
    {"undecided_case", "undecided", "未决定"},
    {"overdue", "overdue", "逾期"},
    {"table.case_files", "Texts kept in clear under case numbers",
     "按案件编号明文留存的文本"},
    {"table.case_openings", "Who read them", "查阅记录"},
    {"approved_own", "approved by who asked", "申请人自批"},
    {"taken_back", "decided otherwise later", "后来改判"},
    {"overridden", "against the verdict", "与判定相反"},
    {"missed", "passed or for review, and fraud confirmed",
     "判定通过或复核，后确认欺诈"},
    {"one_person", "held or refused, let through by one person alone",
     "被拦下，仅由一人放行"},
    {"undecided", "held or refused, no decision", "被拦下且无决定"},

    {"table.decisions", "What people decided", "人工决定"},
    {"table.found_by_rule", "Confirmed frauds and false alarms by rule",
     "各规则：确认欺诈与误报"},
    {"column.found", "found out", "已查明"},
    {"column.frauds", "frauds", "欺诈"},
    {"column.false_alarms", "false alarms", "误报"},
    {"column.frauds_of_found", "frauds of these", "其中欺诈占比"},
    {"no_rule_hit", "no rule hit", "没有规则命中"},
    {"found_by_rule_note",
     "Of the records that the rule hit and of which people found out what they "
     "were (fraud_confirmed, false_alarm; what was taken back does not count), "
     "with Wilson's 95 % interval. A record counts under each rule that hit "
     "it.",
     "规则命中、且人工已查明结果（确认欺诈或误报；改判的不计）的记录，附Wilson "
     "95%区间。一条记录在命中的每条规则下各计一次。"},
    {"nothing_found_out",
     "No record of the period is said to be a fraud or a false alarm "
     "(`audit decide`), so what a rule is worth cannot be told.",
     "本期间没有记录被认定为欺诈或误报（`audit "
     "decide`），无法评价规则的准确度。"},
    {"decisions_note",
     "Records of the period with at least one such decision, as they stand in "
     "the end; a record may have several. What was taken back later (carried "
     "out and then refused, or the other way round; fraud and then a false "
     "alarm or carried out; a false alarm and then fraud) counts as decided "
     "otherwise later and nowhere else. The rate is per 10,000 records of both "
     "kinds. Against the verdict: carried out although it was to be refused, "
     "refused although it passed, held or refused and a false alarm, or "
     "passed or for review and fraud confirmed. What nobody has written down "
     "is not in it.",
     "期内至少有一项该类决定的记录，以最终状态为准；一条记录可有多项。后来改判"
     "者（已办理后改为拒绝或相反；确认欺诈后改为误报或已办理；误报后改为确认欺"
     "诈），原决定仅计入“后来改判”。比率按两类记录合计每万条计。与判定相反：判"
     "定拒绝却已办理，判定通过却被拒绝，被拦下而属误报，或判定通过或复核而确认"
     "欺诈。未记录的决定不在其中。"},
    {"decisions_missing",
     "The store holds no decisions by people: no outcome, no owner, no due "
     "date. `simwarden audit decide` stores them.",
     "库中没有人工决定：没有结果、负责人或期限。可用`simwarden audit "
     "decide`存入。"},
    {"decisions_elsewhere",
     "Decisions about verdicts of this period: {} of {} in the store; the "
     "others are about other days, about verdicts that a later ruleset has "
     "replaced, or about purged ones.",
     "本期判定的决定{}项，库中共{}项；其余属于其他日期，或其判定已被后来的规则"
     "集取代或已清除。"},
    {"table.case_decisions", "What became of the critical cases",
     "重大个案处理情况"},
    {"not_recorded_note",
     "Shares are of the requests, or of the messages, as the fact is about.",
     "比例以该事实所属的申请或消息为分母。"},
    {"undetermined_note",
     "Shares are of the requests, or of the messages, as the rule asks.",
     "比例以该规则所问的申请或消息为分母。"},
    {"table.remedy", "From confirmed fraud to its remedy", "欺诈确认至整改"},
    {"remedy_note",
     "From the first decision that fraud is confirmed, and that was not taken "
     "back, to the first one after "
     "it that it is remedied, by the times that were told with them, in the "
     "order of storing. Told later: one of the two was stored more than a day "
     "after its time, so that nothing but its word says when it was made. Ends "
     "before it begins: the remedy is dated before the confirmation, and is in "
     "no average.",
     "自首次确认欺诈且未改判的决定至其后首次整改的决定，按入库先后取首次，以所"
     "述时间计"
     "。"
     "事后补报：其中之一在所述时间一天之后才入库，其时间仅凭陈述。终点早于起点"
     "：整改时间早"
     "于确认时间，不计入平均值。"},
    {"table.appeals", "Appeals against held or refused messages",
     "对被拦下消息的申诉"},
    {"appeals_note", "As people have recorded them; Wilson's interval at 95 %.",
     "以人工记录为准；95%威尔逊区间。"},
    {"appeals_missing",
     "Not in the store: appeals of senders. `simwarden audit decide --outcome "
     "appealed` stores one.",
     "库中没有：发送方申诉。可用`simwarden audit decide --outcome "
     "appealed`存入。"},
    {"sample_note",
     "To review it, save this table as CSV (--format csv --table sample), "
     "write agreed or disagreed into the column outcome, and read it back with "
     "`simwarden audit decide --from`. It is UTF-8 without a byte order mark: "
     "open it in a spreadsheet by importing it as UTF-8, and save it as CSV "
     "UTF-8.",
     "复核方法：将本表存为CSV（--format csv --table "
     "sample），在outcome列填写agreed或disagreed，再以`simwarden audit decide "
     "--from`读回。文件为UTF-8编码，不带字节序标记：请在电子表格软件中以UTF-"
     "8导入"
     "，并另存为“CSV UTF-8”，不要双击打开后直接保存。"},
    {"sampling_missing",
     "Not in the store: what reviewers of the sample found.",
     "库中没有：样本复核人的结论。"},
    {"table.reviews", "What the reviewers of the sample found", "样本复核结论"},
    {"reviews_note",
     "Of the sample above; a record counts by the newest review. An error is a "
     "verdict that the reviewer disagrees with; Wilson's interval at 95 %.",
     "就上述样本；以最新复核为准。差错指复核人不同意的判定；95%威尔逊区间。"},
    {"table.open_actions", "Open actions", "待办"},
    {"open_note", "{} of {}, due first; overdue on {}.",
     "共示{}项，总计{}项，期限早者在前；逾期以{}为准。"},
    {"no_open_actions", "No case of the period is open.", "期内没有未结个案。"},
    {"table.remediation", "Remediation log", "整改日志"},
    {"remediation_note",
     "{} of {}, the newest first. Taken back: what was decided later instead, "
     "which counts.",
     "共示{}项，总计{}项，新者在前。“改判”：后来改作的决定，以其为准。"},
    {"no_remediation",
     "Nobody has recorded a fraud, a complaint, an appeal or a remedy in the "
     "period.",
     "期内无人记录欺诈、投诉、申诉或整改。"},
};

}  // namespace

std::span<const Word> people_words() {
  return kPeople;
}

}  // namespace simwarden
