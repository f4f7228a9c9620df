// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <algorithm>
#include <map>

#include "diag/check.h"

namespace simwarden {
namespace {

constexpr Word kTexts[] = {
    // ---- the whole
    {"title", "Compliance report on SIM replacement and messages",
     "补换卡与消息合规报告"},
    {"whole_store", "everything in the store", "库中全部记录"},
    {"skip", "To the report", "跳至正文"},
    {"as_of", "as of {}", "截至{}"},
    {"compared_with", "compared with {}", "与{}比较"},
    {"as_table", "The figures as a table", "图中数据"},
    {"not_stored", "not stored", "未存储"},
    {"left_out",
     "Left out of this published report: rows of single records or people.",
     "公开版本已略去涉及单条记录或个人的内容。"},
    {"published_note",
     "Made to be published: counts from 1 to 4 are written <5, and what would "
     "give them away is written *.",
     "本报告供公开发布：1至4的计数写作<5，可据以推出它们的数字写作*。"},
    {"rows_left", "Shown here: {}; in the store beside them: {}.",
     "显示{}行，库中另有{}行。"},
    {"request", "request", "申请"},
    {"message", "message", "消息"},
    {"pass", "pass", "通过"},
    {"review", "review", "复核"},
    {"hold", "hold", "暂停"},
    {"refuse", "refuse", "拒绝"},
    {"no_records", "There are no records in the period.", "期内没有记录。"},
    {"no_findings", "No rule of this kind found anything.",
     "此类规则没有发现问题。"},
    {"no_values", "No finding names such a fact.", "没有发现项提及此类事实。"},

    // ---- sections
    {"section.cover", "Cover", "封面"},
    {"section.completeness", "Scope and completeness", "范围与完整性"},
    {"section.key_figures", "Key figures", "主要数字"},
    {"section.authorities", "Tables for authorities, and obligations",
     "监管报表与义务"},
    {"section.findings", "Findings by family and severity",
     "按类别与严重程度的发现"},
    {"section.cases", "Critical cases", "重大个案"},
    {"section.channels", "Channels", "渠道"},
    {"section.verification", "Quality of verification", "身份核验质量"},
    {"section.notice", "Notice and hold", "通知与限制"},
    {"section.velocity", "Velocity and collusion", "频次与内外勾结"},
    {"section.messages", "Messages", "消息"},
    {"section.sampling", "Sampling", "抽样"},
    {"section.waivers", "Exceptions and waivers", "例外与豁免"},
    {"section.remediation", "Remediation and open actions", "整改与待办"},
    {"section.retention", "Retention and deletion", "留存与删除"},
    {"section.glossary", "Glossary and limits", "术语与局限"},

    // ---- 1 cover
    {"table.cover", "This report", "本报告"},
    {"table.rulesets", "Rulesets", "规则集"},
    {"table.runs", "Runs", "运行"},
    {"table.sources", "Sources", "数据来源"},
    {"period", "period", "期间"},
    {"previous_period", "previous period", "上一期间"},
    {"no_previous", "none (it needs a beginning and an end)",
     "无（需同时给出起止时间）"},
    {"no_previous_years", "none (it would begin before the year 1)",
     "无（将早于公元1年）"},
    {"program", "program", "程序"},
    {"profiles", "profiles", "配置"},
    {"zones", "time zones of the records (records)", "记录所用时区（记录数）"},
    {"key_ids", "site keys of the pseudonyms", "假名所用站点密钥"},
    {"duties_from", "policies that the obligations were read from",
     "义务所取自的策略"},
    {"none_given", "none given", "未给出"},
    {"status.running", "running, or killed", "运行中或已被终止"},
    {"status.done", "done", "完成"},
    {"status.interrupted", "interrupted", "已中断"},
    {"status.failed", "failed", "失败"},
    {"cover_missing",
     "Not in the report: a digest or signature of itself. Sign the file from "
     "outside (sha256sum, gpg) and lodge the digest elsewhere. The operator's "
     "name and who ordered it are shown as given with --operator and "
     "--ordered-by.",
     "报告中没有：其自身的摘要或签名。请在外部对文件签名（sha256sum、gpg），并"
     "将"
     "摘要存于他处。运营商与委托人按--operator与--ordered-by所给显示。"},

    // ---- 2 completeness
    {"certified",
     "Complete: seen {} = judged {} + unreadable {} + duplicate {}; sources: "
     "{}. Sources are counted whole, whatever the period.",
     "完整：共见{}条记录 = 已判定{} + 无法读取{} + "
     "重复{}，来自{}个来源。来源按整体计，不受期间限制。"},
    {"chain", "chain", "证据链"},
    {"chain_to", "{} links, head {}", "{}环，链首{}"},
    {"checked", "as it was written", "与当初所写一致"},
    {"checked_well", "yes, up to link {}", "是，至第{}环"},
    {"checked_wrong", "NO: simwarden audit verify has findings ({})",
     "否：simwarden audit verify 有{}项发现"},
    {"checked_not", "not checked: simwarden audit verify does",
     "未核验：可用 simwarden audit verify 核验"},
    {"checked_note",
     "Held against its own chain alone: a tail that was cut off, or a chain "
     "that was made anew, is seen with an older checkpoint (simwarden audit "
     "verify --checkpoint).",
     "仅以库自身的证据链核验：链尾被截去或整链重造，须以较早的检查点方能发现"
     "（simwarden audit verify --checkpoint）。"},
    {"fork",
     "Databases {} and {} are copies of one up to link {}, and both went on: "
     "what they have in common counts once, but what was decided in each about "
     "the same record stands side by side.",
     "数据库{}与{}在第{}环之前为同一库的副本，此后各自续写：共有部分只计一次，"
     "但两者对同一记录各自作出的决定并存。"},
    {"table.stores", "Databases", "数据库"},
    {"repeated_sources",
     "Sources with the same bytes under the same ruleset as one before, "
     "counted "
     "once: {} (run = run): {}.",
     "{}个来源与此前来源字节相同且规则集相同，只计一次（运行 = 运行）：{}。"},
    {"uncertified",
     "NOT complete: seen {}, judged {}, unreadable {}, duplicate {}; sources: "
     "{}. Sources that did not end or do not add up: {}. They stand first "
     "below.",
     "不完整：共见{}条记录，已判定{}，无法读取{}，重复{}，来自{}个来源，其中{}"
     "个未读完或数目不符，列于下表之首。"},
    {"never_ended_sources",
     "Still running or broken off: {} sources, of runs {}; at least {} records "
     "of them, which are those that are stored. How many came in and are not "
     "there this store cannot know: compare the sender's own count.",
     "仍在运行或已中断：{}个来源（运行{}），其中至少{}条记录，即已存储者。"
     "另有多少条已到达而未存储，本库无从得知：请与发送方自身的计数核对。"},
    {"severity.critical", "critical", "重大"},
    {"severity.high", "high", "高"},
    {"severity.medium", "medium", "中"},
    {"severity.low", "low", "低"},
    {"severity.info", "info", "提示"},
    {"checked.never", "never", "从未"},
    {"state.complete", "complete", "完整"},
    {"state.does not add up", "does not add up", "数目不符"},
    {"state.never ended", "never ended", "未读完"},
    {"table.completeness", "Completeness certificate per source",
     "各来源完整性证明"},
    {"table.left_out", "What is counted in this report, and what is not",
     "计入与未计入本报告的记录"},
    {"counted", "counted in the period", "计入期内"},
    {"timeless", "of them without a time: on no day, in no week",
     "其中无时间：不计入任何一天"},
    {"in_previous", "in the previous period", "属上一期间"},
    {"outside", "outside both periods", "在两期之外"},
    {"no_time", "without a time, in no period", "无时间，不属任何期间"},
    {"twice", "stored in an earlier database too; counted once",
     "亦存于前一数据库，只计一次"},
    {"superseded", "judged again; the later verdict counts",
     "后经重新判定，以后者为准"},
    {"no_days", "No record of the period carries a time.",
     "期内没有带时间的记录。"},
    {"no_gaps", "Every day from {} to {} has records.",
     "从{}到{}每天均有记录。"},
    {"gaps", "Days without a record: {}, from {} to {}: {}.",
     "有{}天没有记录（{}至{}）：{}。"},
    {"table.unreadable", "Unreadable records by reason (whole store)",
     "无法读取的记录，按原因（全库）"},
    {"no_unreadable", "Every record of the store could be read.",
     "库中记录均可读取。"},
    {"table.invalid",
     "Fields whose value their type does not allow (whole store)",
     "值不合类型的字段（全库）"},
    {"no_invalid", "No field had a value that its type does not allow.",
     "各字段的值均合其类型。"},
    {"table.not_recorded",
     "Facts that a duty needed and the record did not have",
     "义务所需而记录缺失的事实"},
    {"no_not_recorded", "No duty failed for want of a record.",
     "没有义务因缺少记录而落空。"},
    {"table.undetermined", "Rules that could not be answered",
     "无法得出结论的规则"},
    {"no_undetermined", "Every rule could be answered.", "每条规则均有结论。"},

    // ---- 3 key figures
    {"table.key_figures", "Verdicts", "判定结果"},
    {"stopped_note",
     "Stopped is held or refused. The interval is Wilson's at 95 %.",
     "“拦下”指暂停或拒绝。区间为95%威尔逊区间。"},
    {"table.profiles", "Verdicts by profile", "按配置的判定结果"},
    {"table.by_day_requests", "Requests over time by action",
     "申请随时间的判定结果"},
    {"table.by_day_messages", "Messages over time by action",
     "消息随时间的判定结果"},
    {"figure.by_day_requests", "Requests over time by action",
     "申请随时间的判定结果"},
    {"figure.by_day_messages", "Messages over time by action",
     "消息随时间的判定结果"},
    {"alt.by_day_requests",
     "Two stacked bar charts of requests over time: all by action, and below "
     "only those that did not pass. The numbers are in the table that follows.",
     "两幅申请数堆积柱状图：上为全部，下为未通过者。数据见下表。"},
    {"alt.by_day_messages",
     "Two stacked bar charts of messages over time: all by action, and below "
     "only those that did not pass. The numbers are in the table that follows.",
     "两幅消息数堆积柱状图：上为全部，下为未通过者。数据见下表。"},
    {"panel_all", "all records", "全部记录"},
    {"panel_flagged", "not passed, on a scale of its own",
     "未通过（另用刻度）"},
    {"stretch.0", "day", "日"},
    {"stretch.1", "week from", "周（起始日）"},
    {"stretch.2", "month", "月"},
    {"stretch.3", "year", "年"},
    {"table.trend_requests", "Share of requests held or refused, with interval",
     "申请被拦下比例及区间"},
    {"table.trend_messages", "Share of messages held or refused, with interval",
     "消息被拦下比例及区间"},
    {"figure.trend_requests",
     "Share of requests held or refused, with Wilson's 95 % interval",
     "申请被拦下的比例及95%威尔逊区间"},
    {"figure.trend_messages",
     "Share of messages held or refused, with Wilson's 95 % interval",
     "消息被拦下的比例及95%威尔逊区间"},
    {"alt.trend_requests",
     "A line of the share of requests that were held or refused, with a band "
     "for its interval. The numbers are in the table that follows.",
     "申请被拦下比例的折线图，带区间。数据见下表。"},
    {"alt.trend_messages",
     "A line of the share of messages that were held or refused, with a band "
     "for its interval. The numbers are in the table that follows.",
     "消息被拦下比例的折线图，带区间。数据见下表。"},
    {"table.week", "Records that did not pass, by weekday and hour",
     "未通过的记录，按星期与钟点"},
    {"figure.week",
     "Records that did not pass, by weekday and hour of the record",
     "未通过的记录，按记录所载星期与钟点"},
    {"alt.week",
     "A grid of seven weekdays and 24 hours; the darker, the more records did "
     "not pass. The numbers are in the cells and in the table that follows.",
     "星期与钟点的网格，颜色越深未通过者越多。数据见格内及下表。"},
    {"weekday.0", "Mon", "周一"},
    {"weekday.1", "Tue", "周二"},
    {"weekday.2", "Wed", "周三"},
    {"weekday.3", "Thu", "周四"},
    {"weekday.4", "Fri", "周五"},
    {"weekday.5", "Sat", "周六"},
    {"weekday.6", "Sun", "周日"},
    {"key_missing",
     "Not in the store: the number of lines. With `--lines N` rates per 10,000 "
     "are shown.",
     "库中没有：号码总数。以`--lines N`给出后显示每万号码比率。"},

    // ---- 4 authorities and obligations
    {"table.obligations", "Obligations", "义务"},
    {"obligations_note",
     "Records under the profiles that an obligation holds for, each in one "
     "column. Not met: a rule that serves it hit. Undetermined: none hit, and "
     "one could not be answered. Waived: its only hits are waived. Nothing "
     "found: its rules were clear, or did not apply; the store does not tell "
     "these two apart. Found in messages: all that did not meet it are "
     "messages, texts that anybody may have sent; this is no breach of the "
     "operator's. Obligations of instruments that hold for none of the "
     "profiles are left out.",
     "按义务所适用的配置计，每条记录只计于一列。未满足：相关规则命中。无法确定"
     "：无命中而有规则无法得出结论。已豁免：仅有的命中均已豁免。未见问题：规则"
     "未命中或不适用，库中不区分二者。消息中有发现：未满足者均为消息，消息可由"
     "任何"
     "人发出，不表示运营商违反义务。不适用于任何配置的文件未列出。"},
    {"table.not_checkable", "Obligations that no rule can check",
     "无法由规则核查的义务"},
    {"no_obligations",
     "The policies that were read name no obligations. Others are named with "
     "`--policy`.",
     "所读策略未载明义务。可用`--policy`指定其他策略。"},
    {"none_in_force",
     "No obligation of the policies that were read holds for a profile that "
     "records of the period were judged under.",
     "所读策略的义务均不适用于期内记录的配置。"},
    {"duty.not_checkable", "not checkable", "无法核查"},
    {"duty.no_rule", "no rule", "无规则"},
    {"duty.findings_deleted", "findings deleted", "发现项已删除"},
    {"duty.findings_not_kept", "findings not kept", "发现项未留存"},
    {"duty.no_records", "no records", "无记录"},
    {"duty.not_met", "not met in places", "有未满足"},
    {"duty.found_in_messages", "found in messages", "消息中有发现"},
    {"duty.waived", "waived in places", "有已豁免"},
    {"duty.undetermined", "undetermined", "无法确定"},
    {"duty.nothing_found", "checked, nothing found", "已核查，未见问题"},
    {"authorities_missing",
     "Cells that say not stored: the facts of some requests of the row are not "
     "kept, or do not say it; complaints and fraud take decisions by people "
     "(`simwarden audit decide`). They stay for you to fill in.",
     "标为未存储的格：该行部分申请的事实未保留或未记录；投诉与欺诈需人工决定（"
     "`simwarden audit decide`）。请自行填写。"},

    // ---- 5 findings
    {"table.families", "Findings by family and severity", "按类别与严重程度"},
    {"table.pareto", "The rules that hit most", "命中最多的规则"},
    {"figure.pareto", "The rules that hit most; the line adds their shares up",
     "命中最多的规则；折线为累计比例"},
    {"alt.pareto",
     "Bars of hits by rule, most first, with a line of the cumulative share. "
     "The numbers are in the table that follows.",
     "各规则命中数条形图，由多到少，折线为累计比例。数据见下表。"},
    {"table.rules", "Rules", "规则"},
    {"rules_note",
     "Hits that count, in records. Rates are per 10,000 requests, or messages, "
     "as the rule asks; the change is theirs against the previous period.",
     "计入的命中（按记录）。每万条以该规则所问的申请或消息为分母；变化为其与上"
     "一"
     "期间之差。"},
    {"no_rules", "No rule hit a record.", "没有规则命中。"},
    {"table.scores", "Scores above zero", "大于零的得分"},
    {"figure.scores", "Scores above zero", "大于零的得分"},
    {"alt.scores",
     "Bars of records by score in steps of ten, requests and messages stacked. "
     "The numbers are in the table that follows.",
     "按得分（每十分一档）的记录数柱状图。数据见下表。"},
    {"scores_note",
     "Not drawn are those with the score 0: requests {}, messages {}.",
     "另有{}件申请和{}条消息得分为0，未绘出。"},
    {"table.shadow", "Hits of rules on trial, which did not count",
     "试行规则的命中（不计入）"},
    {"no_shadow", "No rule on trial hit a record.", "没有试行规则命中。"},

    // ---- 6 cases
    {"table.cases", "Records that were refused, or hit by a critical rule",
     "被拒绝或命中重大规则的记录"},
    {"cases_note", "The worst {} of {}.", "最严重的{}件，共{}件。"},
    {"no_cases", "There is no critical case.", "没有重大个案。"},

    // ---- 7 to 11
    {"values_note",
     "Only records with a finding that names the fact: these are no shares of "
     "all records.",
     "仅含发现项提及该事实的记录，并非全部记录中的比例。"},
    {"table.channel_rules", "Findings on channels and delivery",
     "渠道与寄递的发现"},
    {"table.channel_values", "Channels as findings name them",
     "发现项所提及的渠道"},
    {"channels_missing",
     "Not in the store: the channel of records without a finding, so that the "
     "shares of official, authorised and unverified channels and a mix of "
     "factors by channel cannot be told. It takes the facts "
     "request.channel.type, request.channel.official_status and the hour of "
     "each record.",
     "库中没有：无发现项的记录所经渠道，因此无法给出官方、授权、未核实渠道的比"
     "例及各渠道核验方式构成。需存储每条记录的request.channel.type、request."
     "channel.official_status与时间。"},
    {"table.verification_rules", "Findings on identity and authentication",
     "身份与认证的发现"},
    {"table.verification_values", "Checks as findings name them",
     "发现项所提及的核验"},
    {"verification_missing",
     "Not in the store: documents, biometrics, alternative paths and factors "
     "of records without a finding, so that shares, and how people on "
     "alternative paths fare, cannot be told. It takes "
     "request.identity.document.type, .presented_as, .read_method, "
     "request.identity.biometric.result, request.identity.alternative_path and "
     "request.auth.factors of each record.",
     "库中没有：无发现项的记录所用证件、生物特征、替代路径与认证方式，因此无法"
     "给出比例，也无法说明替代路径人群的待遇。需逐条存储request.identity."
     "document.type、.presented_as、.read_method、request.identity.biometric."
     "result、request.identity.alternative_path与request.auth.factors。"},
    {"table.notice_rules", "Findings on notice, holds and porting",
     "通知、限制与携号转出的发现"},
    {"notice_missing",
     "Not in the store: times of notices, of activation and of porting, so "
     "that the delay from notice to activation and from swap to port cannot be "
     "drawn. It takes request.notifications, request.activated_at and "
     "request.outcome.port_out_at of each record.",
     "库中没有：通知、激活与携出的时间，因此无法绘出通知至激活、换卡至携出的间"
     "隔。需逐条存储request.notifications、request.activated_at与request."
     "outcome.port_out_at。"},
    {"table.velocity_rules", "Findings on velocity and collusion",
     "频次与勾结的发现"},
    {"table.repeats", "How often the same number comes back",
     "同一号码的申请次数"},
    {"figure.repeats", "How often the same number comes back in the period",
     "同一号码在期内的申请次数"},
    {"alt.repeats",
     "Bars of numbers by how many requests they had. The numbers are in the "
     "table that follows.",
     "按申请次数统计号码数的柱状图。数据见下表。"},
    {"several_keys",
     "Pseudonyms were made with {} site keys. A number has another pseudonym "
     "under each, so that one which comes back under another key is counted "
     "as another number here.",
     "假名由{}"
     "个站点密钥生成。同一号码在不同密钥下假名不同，故换钥后再现者在此计为"
     "另一号码。"},
    {"repeats_note",
     "By pseudonym: what was stored under another site key is another number.",
     "按假名统计：站点密钥不同则视为不同号码。"},
    {"table.funnel_requests", "Sources of requests against control limits",
     "申请来源与控制限"},
    {"table.funnel_messages", "Sources of messages against control limits",
     "消息来源与控制限"},
    {"figure.funnel_requests",
     "Share of requests held or refused by source, against its volume",
     "各来源申请被拦下比例与数量"},
    {"figure.funnel_messages",
     "Share of messages held or refused by source, against its volume",
     "各来源消息被拦下比例与数量"},
    {"alt.funnel_requests",
     "A funnel plot: each dot is a source of requests, with the limits of 95 "
     "and 99.8 % around the common share. The numbers are in the table that "
     "follows.",
     "漏斗图：每点为一个申请来源，附95%与99.8%控制限。数据见下表。"},
    {"alt.funnel_messages",
     "A funnel plot: each dot is a source of messages, with the limits of 95 "
     "and 99.8 % around the common share. The numbers are in the table that "
     "follows.",
     "漏斗图：每点为一个消息来源，附95%与99.8%控制限。数据见下表。"},
    {"funnel_note",
     "A dot outside the limits is a reason to look, not a proof. The limits "
     "are a normal approximation and too narrow for small volumes.",
     "落在限外只是查看的理由，并非证明。控制限为正态近似，数量小时偏窄。"},
    {"limit_95", "limits of 95 %", "95%控制限"},
    {"limit_998", "limits of 99.8 %", "99.8%控制限"},
    {"outside_998", "outside 99.8 %", "超出99.8%"},
    {"axis_records", "records of the source", "该来源的记录数"},
    {"inside_95", "inside", "限内"},
    {"above_95", "above 95 %", "高于95%限"},
    {"below_95", "below 95 %", "低于95%限"},
    {"above_998", "above 99.8 %", "高于99.8%限"},
    {"below_998", "below 99.8 %", "低于99.8%限"},
    {"table.agent_values", "Staff as findings name them", "发现项所提及的人员"},
    {"velocity_missing",
     "Not in the store: the agent, store, device, address and document of "
     "records without a finding, so that agents cannot be held against control "
     "limits and clusters cannot be drawn. It takes kept "
     "facts (`screen --db` keeps them unless told otherwise).",
     "库中没有：无发现项的记录之员工、网点、设备、地址与证件，因此无法对员工"
     "作控制限比较，也无法绘出聚类。需保留事实（`screen --db`默"
     "认保留）。"},
    {"table.message_rules", "Rules that hit messages", "命中消息的规则"},
    {"table.signs", "What gave messages away", "消息中的迹象"},
    {"signs_note",
     "Messages with a finding whose evidence is a span of this kind.",
     "发现项证据含此类片段的消息。"},
    {"no_requests", "There are no requests in the period.", "期内没有申请。"},
    {"no_messages", "There are no messages in the period.", "期内没有消息。"},

    // ---- 12 to 16
    {"table.sampling", "Sampling plan", "抽样方案"},
    {"sampling_note",
     "Drawn by a generator with the seed {} (splitmix64 over the number of the "
     "verdict): the same store and seed give the same sample. The error rate "
     "is the upper end of the Wilson interval at 95 %.",
     "以种子{}"
     "抽取（对判定编号作splitmix64）：库与种子相同，则样本相同。差错率为95%"
     "威尔逊区间上限。"},
    {"table.sample", "The sample", "样本"},
    {"table.wilson", "What errors in a sample show", "样本差错说明什么"},
    {"wilson_note",
     "Wilson's two-sided 95 % interval. One-sided, 59 records without an error "
     "show an error rate below 5 %, 299 below 1 %, at 95 % confidence.",
     "双侧95%威尔逊区间。单侧而言，95%置信度下59条无差错说明差错率低于5%"
     "，299条则低于1%。"},
    {"table.waivers", "Hits that a waiver covers", "豁免所覆盖的命中"},
    {"no_waivers", "No hit was waived.", "没有命中获得豁免。"},
    {"retention_span",
     "The store holds verdicts on records from {} to {} in this period.",
     "库中本期判定所涉记录自{}至{}。"},
    {"table.retention", "How long what is kept", "各类数据留存期限"},
    {"holds.excerpts", "masked texts, evidence and kept facts",
     "脱敏文本、证据与留存的事实"},
    {"holds.subjects", "record ids and pseudonyms", "记录编号与假名"},
    {"holds.verdicts", "the rows: action, score, time",
     "判定行：处置、分值、时间"},
    {"holds.notes", "notes of decisions", "人工决定的备注"},
    {"holds.cases", "texts kept under a case number", "按案件编号留存的文本"},
    {"age.days", "{} days", "{}天"},
    {"age.months", "{} months", "{}个月"},
    {"age.years", "{} years", "{}年"},
    {"early", "too early", "过早"},
    {"own_day", "until the day of its case", "至该案件所定日期"},
    {"retention_note",
     "Kept for: as the order given to this report or the last purge says; – "
     "where neither does. Oldest: the first day whose records still have it, "
     "in "
     "the whole store. Overdue: by the day of this report that is longer than "
     "ordered. Blocks go as a whole: a younger record or one without a time "
     "keeps what stands beside it.",
     "留存期：依本报告所附规定或最近一次清除之规定，均无则为“–”。最早：仍存有该"
     "类数据的最早日期（全库）。逾期：至本报告之日已超过所定期限；数据块整体清"
     "除，其中较新或无时间的记录会使同块记录一并留存。"},
    {"table.purges", "What was deleted, by whom", "删除日志"},
    {"no_purges",
     "Nothing was deleted by `audit purge`. The store would hold the log.",
     "`audit purge`未删除任何内容；如有删除，库中必有日志。"},
    {"table.glossary", "Words", "术语"},
    {"meaning.pass", "No rule asks anybody to look.", "没有规则要求查看。"},
    {"meaning.review", "Somebody should look at it.", "应有人查看。"},
    {"meaning.hold", "Not to be carried out before somebody has decided.",
     "在有人决定之前不得办理。"},
    {"meaning.refuse",
     "Not to be carried out; advice to a person, never an automatic refusal.",
     "不予办理；仅为对人的建议，绝非自动拒绝。"},
    {"hit", "hit", "命中"},
    {"meaning.hit", "A duty was not proven, or a sign of fraud was seen.",
     "义务未获证明，或出现欺诈迹象。"},
    {"undetermined", "undetermined", "无法确定"},
    {"meaning.undetermined",
     "A sign could not be looked for: a fact was not recorded, or the "
     "condition "
     "ended in an error.",
     "因事实未记录或条件求值出错，无法判断有无迹象。"},
    {"not_recorded", "not recorded", "未记录"},
    {"meaning.not_recorded",
     "The record does not hold the fact; a duty that needs it counts as not "
     "met.",
     "记录中没有该事实；需要它的义务视为未满足。"},
    {"waived", "waived", "已豁免"},
    {"meaning.waived", "A hit that somebody took the responsibility for.",
     "有人承担责任的命中。"},
    {"shadow", "shadow", "试行"},
    {"meaning.shadow", "The rule is on trial: shown, never counted.",
     "规则试行：仅显示，不计入。"},
    {"ruleset", "ruleset", "规则集"},
    {"meaning.ruleset", "Packs, profile and lists that judged together.",
     "共同判定的规则包、配置与名单。"},
    {"digest", "digest", "摘要"},
    {"meaning.digest", "SHA-256 of bytes: other bytes, another digest.",
     "对字节计算的SHA-256：字节不同，摘要即不同。"},
    {"subject", "subject", "主体"},
    {"meaning.subject",
     "Keyed pseudonym of a telephone number or a sender; it cannot be turned "
     "back without the site key.",
     "号码或发送方的带密钥假名；没有站点密钥无法还原。"},
    {"stopped", "stopped", "拦下"},
    {"meaning.stopped", "Held or refused.", "暂停或拒绝。"},
    {"complete", "complete", "完整"},
    {"meaning.complete", "Seen = judged + unreadable + duplicate.",
     "共见 = 已判定 + 无法读取 + 重复。"},
    {"limits_advice",
     "Verdicts are advice to people. A hit is no proof of fraud, and a pass no "
     "proof of honesty.",
     "判定是对人的建议。命中并非欺诈的证明，通过也非诚实的证明。"},
    {"limits_personal",
     "Numbers, documents and texts are masked; pseudonyms are personal data "
     "still. Before publishing make the report anew with --publish.",
     "号码、证件与文本均已脱敏，但假名仍属个人信息。公开前请用--"
     "publish重新生成。"},
    {"limits_policy",
     "The texts of the rules are in the policies; `simwarden policy docs` "
     "prints them. A change of rules between two periods shows as a change of "
     "figures: compare the rulesets on the cover.",
     "规则文本见策略，可用`simwarden policy "
     "docs`生成。两期之间规则的变动会表现为数字的变动：请比较封面所列规则集。"},
    {"limits_duties",
     "Obligations are said in our own words, with the confidence that their "
     "files state; they are no legal advice. They are read from the policies "
     "at the time of the report, findings name those at the time of judging.",
     "义务以我们自己的话表述，可信度见其文件，不构成法律意见。义务取自生成报告"
     "时的策略，发现项则按判定时的策略。"},
    {"limits_time",
     "Days and hours are those that the record itself carries, in its own "
     "zone.",
     "日期与钟点以记录自身所载时区为准。"},
};

const Word* find_word(std::string_view id) {
  static const std::map<std::string_view, const Word*> index = [] {
    std::map<std::string_view, const Word*> made;
    for (const auto words : {text_words(), column_words(), people_words(),
                             record_words(), kept_words(), authority_words()}) {
      for (const Word& row : words) made[row.id] = &row;
    }
    return made;
  }();
  const auto found = index.find(id);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

std::span<const Word> text_words() {
  return kTexts;
}

bool has_word(std::string_view id) {
  return find_word(id) != nullptr;
}

std::string_view word(std::string_view language, std::string_view id) {
  const Word* found = find_word(id);
  CHECK(found != nullptr, "texts of a report are in the table");
  return language == "zh" ? found->zh : found->en;
}

}  // namespace simwarden
