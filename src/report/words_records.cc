// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

namespace simwarden {
namespace {

constexpr Word kRecords[] = {
    {"coverage",
     "Facts are kept of requests of the period: {} of {}; shares and times "
     "below are of these. The others were stored by an older version or "
     "with --keep verdicts, or their facts were purged.",
     "保留事实的申请{}件，本期共{}"
     "件；以下比例与时长仅就这些而言。其余由旧版本或"
     "以--keep verdicts存储，或事实已清除。"},
    {"coverage_published",
     "The facts of some requests of the period are not kept; shares and times "
     "below are of the others.",
     "本期部分申请未保留事实；以下比例与时长仅就其余申请而言。"},
    {"requests_missing",
     "Not in the store: type, reason, channel and SIM of requests, and times "
     "from request or notice to activation. It takes kept facts (`screen --db` "
     "keeps them unless told otherwise).",
     "库中没有：申请的类型、原因、渠道与卡型，以及申请或通知至激活的时长。需保"
     "留事实（`screen --db`默认保留）。"},

    // ---- 3
    {"table.requests_by", "Requests by type, reason, channel, SIM and outcome",
     "按类型、原因、渠道、卡型与结果的申请"},
    {"table.delays", "How long it took", "时长"},
    {"delays_note",
     "To the whole minute below; nearest rank. What ends before it begins is "
     "counted apart. The first notice counts that announces the change (event "
     "request_received or before_activation, sent or delivered).",
     "向下取整至分钟，按最近秩。终点早于起点者另计。通知取首个预告换卡的通知（"
     "事"
     "件为request_received或before_activation，状态为sent或delivered）。"},
    {"interval.request", "request to activation", "申请至激活"},
    {"interval.notice", "first notice to activation", "首次通知至激活"},
    {"interval.port", "activation to port-out", "激活至携出"},
    {"interval.remedy", "fraud reported to number given back",
     "欺诈报告至号码归还"},

    // ---- 7
    {"table.channel_shares", "Official, authorised and unverified channels",
     "官方、授权与未核实渠道"},
    {"table.channel_status", "Standing of the channel by its type",
     "各类渠道的官方状态"},
    {"figure.channel_status", "Standing of the channel by its type",
     "各类渠道的官方状态"},
    {"alt.channel_status",
     "A bar for each type of channel, cut into the shares of requests over "
     "blacklisted, unofficial, unverified, authorised and official ones. The "
     "numbers are in the table that follows.",
     "每类渠道一条，按黑名单、非官方、未核实、授权与官方的申请比例分段。数据见"
     "下"
     "表。"},
    {"table.flow", "From the channel over the verification to the verdict",
     "渠道、核验与判定的流向"},
    {"figure.flow", "From the channel over the verification to the verdict",
     "渠道、核验与判定的流向"},
    {"alt.flow",
     "Bands from the types of channels on the left to how the applicant was "
     "verified in the middle and on to the verdicts on the right, as wide as "
     "there are requests. The numbers are in the table that follows.",
     "由左侧渠道类型经中间核验方式至右侧判定的流带，宽度为申请数。数据见下表"
     "。"},
    {"flow_note",
     "Step 1: from channel to verification; step 2: from verification to "
     "verdict. A request stands at the strongest verification that it shows: a "
     "document is an original, a certified copy or a digital one that did not "
     "fail the check for forgery; a biometric is a match; weak is auth."
     "weak_only. Small channels and kinds are put together.",
     "第1步：渠道至核验；第2步：核验至判定。每件申请归于其所显示的最强核验：证"
     "件"
     "指原件、认证副本或数字证件且未被判为伪造；生物特征指比对一致；弱因素指aut"
     "h."
     "weak_only。较小的渠道与方式已合并。"},
    {"flow_channel", "channel", "渠道"},
    {"flow_verified", "verified by", "核验方式"},
    {"flow_verdict", "verdict", "判定"},
    {"other_channels", "other channels", "其他渠道"},
    {"other_checks", "other", "其他"},
    {"verified.document_and_biometric", "document and biometric",
     "证件与生物特征"},
    {"verified.document", "document", "证件"},
    {"verified.biometric", "biometric", "生物特征"},
    {"verified.factors", "codes, app or PIN", "验证码、应用或密码"},
    {"verified.weak", "weak factors only", "仅弱因素"},
    {"verified.nothing", "nothing recorded", "无记录"},

    // ---- 8
    {"table.verification_shares", "Checks of all requests", "全部申请的核验"},
    {"code_to_replaced", "passed code to the number being replaced",
     "通过发往被换号码的验证码"},
    {"table.factors", "Authentication factors", "认证因素"},
    {"no_factors", "No request names a factor.", "没有申请载明认证因素。"},
    {"table.factor_mix", "Passed factors by channel", "各渠道通过的认证因素"},
    {"figure.factor_mix", "Passed factors by channel", "各渠道通过的认证因素"},
    {"alt.factor_mix",
     "A bar for each type of channel, cut into the shares of the kinds of "
     "factors that were passed there. The numbers are in the table that "
     "follows.",
     "每类渠道一条，按所通过认证因素的种类分段。数据见下表。"},
    {"factor_mix_note",
     "A request may pass several. A code is one by SMS, voice or e-mail, or a "
     "call back; knowledge is a PIN, a password or questions.",
     "一件申请可通过多个因素。验证码含短信、语音、邮件与回拨；知识类含PIN、密码"
     "与问答。"},

    // ---- 9
    {"table.notice_by_channel", "Notice before the activation, by channel",
     "激活前通知，按渠道"},
    {"notice_note",
     "Of requests with a time of activation: those with a notice that was sent "
     "or delivered before it and announces the change. Wilson's interval at "
     "95 %.",
     "就有激活时间的申请而言：此前已发出或送达预告换卡通知者。95%威尔逊区间。"},
    {"no_activated", "No request of the period names a time of activation.",
     "期内申请均无激活时间。"},
    {"table.notice_delay", "From the first notice to the activation",
     "首次通知至激活"},
    {"figure.notice_delay", "From the first notice to the activation",
     "首次通知至激活"},
    {"alt.notice_delay",
     "Bars of activated requests by the time between the first notice and the "
     "activation; those without a notice before it are marked on the left. The "
     "numbers are in the table that follows.",
     "按首次通知至激活的时长统计已激活申请的柱状图；此前无通知者标于左侧。数据"
     "见下表。"},
    {"notice_delay_note",
     "Requests with a time of activation. After: the first notice was sent "
     "when the new SIM was live already.",
     "有激活时间的申请。“之后”指首次通知发出时新卡已激活。"},
    {"bin.none", "none", "无"},
    {"bin.after", "after", "之后"},
    {"bin.1m", "< 1 min", "<1分钟"},
    {"bin.5m", "1–5 min", "1–5分钟"},
    {"bin.15m", "5–15 min", "5–15分钟"},
    {"bin.1h", "15–60 min", "15–60分钟"},
    {"bin.4h", "1–4 h", "1–4小时"},
    {"bin.24h", "4–24 h", "4–24小时"},
    {"bin.3d", "1–3 d", "1–3天"},
    {"bin.90d", "3–90 d", "3–90天"},
    {"bin.longer", "> 90 d", ">90天"},
    {"table.notice_responses", "What customers answered to notices",
     "客户对通知的答复"},
    {"no_responses", "No request names a notice.", "没有申请载明通知。"},
    {"table.holds", "Holds and resets after the change", "换卡后的限制与重置"},
    {"holds_note",
     "Bars: until after the activation, of requests with a time of activation. "
     "Resets: of requests that say whether.",
     "限制：至激活之后，就有激活时间的申请计。重置：就载明是否重置的申请计。"},
    {"hold.sms_bar", "text messages barred", "短信受限"},
    {"hold.port_bar", "port-out barred", "携出受限"},
    {"control.call_forward_reset", "call forwarding cleared", "清除呼叫转移"},
    {"control.voicemail_pin_reset", "PIN of the voice mail reset",
     "重置语音信箱密码"},
    {"control.relying_parties_notified", "banks and others told",
     "已告知银行等"},
    {"table.swap_to_port", "From the activation to the port-out, in days",
     "激活至携出（天）"},
    {"figure.swap_to_port", "From the activation to the port-out, in days",
     "激活至携出（天）"},
    {"alt.swap_to_port",
     "Bars of numbers that left by the days since the new SIM was live; the "
     "first seven days are marked. The numbers are in the table that follows.",
     "按新卡激活后天数统计携出号码的柱状图；前七天已标出。数据见下表。"},
    {"swap_to_port_note",
     "Requests with a time of activation and of port-out. Day 1 is the first "
     "24 hours.",
     "有激活时间与携出时间的申请。第1天为最初24小时。"},
    {"no_ports", "No request of the period names a time of port-out.",
     "期内申请均无携出时间。"},

    // ---- 10
    {"table.funnel_agents", "Agents against control limits", "员工与控制限"},
    {"figure.funnel_agents",
     "Share of requests held or refused by agent, against volume",
     "各员工申请被拦下比例与数量"},
    {"alt.funnel_agents",
     "A funnel plot: each dot is an agent, with the exact limits of 95 and "
     "99.8 % around the common share. The numbers are in the table that "
     "follows.",
     "漏斗图：每点为一名员工，附95%与99.8%精确控制限。数据见下表。"},
    {"table.funnel_outlets", "Outlets against control limits", "网点与控制限"},
    {"figure.funnel_outlets",
     "Share of requests held or refused by outlet, against volume",
     "各网点申请被拦下比例与数量"},
    {"alt.funnel_outlets",
     "A funnel plot: each dot is an outlet, with the exact limits of 95 and "
     "99.8 % around the common share. The numbers are in the table that "
     "follows.",
     "漏斗图：每点为一个网点，附95%与99.8%精确控制限。数据见下表。"},
    {"units_note",
     "Limits are exact (binomial, the tail on each side at most 2.5 % and "
     "0.1 %) around the common share. A dot outside is a reason to look, not a "
     "proof: of 1,000 honest ones two lie outside 99.8 %. {} of {} are shown, "
     "the largest and those outside; the others are one row. Of more than {} "
     "in a store the others are only in that row.",
     "控制限为围绕总体比例的精确二项限（单侧尾概率至多2.5%与0.1%）。落在限外只"
     "是查看的理由，并非证明：1000个诚实者中会有两个超出99.8%。显示{}个，共{}"
     "个，"
     "为数量最大者与限外者；其余合为一行。库中超过{}个时，其余仅计入该行。"},
    {"other_units", "(others)", "（其余）"},
    {"table.agents_outside", "Agents outside 99.8 %", "超出99.8%的员工"},
    {"table.outlets_outside", "Outlets outside 99.8 %", "超出99.8%的网点"},
    {"no_agents_outside", "No agent lies outside the limits of 99.8 %.",
     "没有员工超出99.8%控制限。"},
    {"no_outlets_outside", "No outlet lies outside the limits of 99.8 %.",
     "没有网点超出99.8%控制限。"},
    {"units_outside_note", "{} of {}, the highest share first.",
     "共示{}个，总计{}个，比例高者在前。"},
    {"overall_share", "common share", "总体比例"},
    {"axis_requests", "requests", "申请数"},

    // ---- columns
    {"column.requests_known", "requests", "申请数"},
    {"column.interval", "", ""},
    {"column.ends_before", "ends before it begins", "终点早于起点"},
    {"column.channel", "channel", "渠道"},
    {"column.blacklisted", "blacklisted", "黑名单"},
    {"column.unofficial", "unofficial", "非官方"},
    {"column.unverified", "unverified", "未核实"},
    {"column.authorised", "authorised", "授权"},
    {"column.official", "official", "官方"},
    {"column.status_not_recorded", "not recorded", "未记录"},
    {"column.step", "step", "步"},
    {"column.from", "from", "自"},
    {"column.to", "to", "至"},
    {"column.factor", "factor", "因素"},
    {"column.factors_asked", "asked", "要求"},
    {"column.factors_passed", "passed", "通过"},
    {"column.passed_share", "share passed", "通过比例"},
    {"column.code_to_replaced", "code to the replaced number",
     "发往被换号码的验证码"},
    {"column.code_elsewhere", "code elsewhere", "其他验证码"},
    {"column.factor_knowledge", "knowledge", "知识"},
    {"column.factor_app", "app, passkey", "应用、通行密钥"},
    {"column.factor_document", "document", "证件"},
    {"column.factor_biometric", "biometric", "生物特征"},
    {"column.factor_other", "other", "其他"},
    {"column.delay", "time before the activation", "早于激活"},
    {"column.without_notice_before", "no notice before", "此前无通知"},
    {"column.with_notice_before", "notice before the activation",
     "激活前有通知"},
    {"column.activated", "activated", "已激活"},
    {"column.noticed", "notice before", "此前有通知"},
    {"column.response", "response", "答复"},
    {"column.notices", "notices", "通知数"},
    {"column.measure", "", ""},
    {"column.of", "of", "总数"},
    {"column.days_after", "day", "天"},
    {"column.within_7_days", "within 7 days", "7天内"},
    {"column.after_7_days", "later", "之后"},
    {"column.agent", "agent", "员工"},
    {"stratum.critical", "critical cases, all (section 6)",
     "重大个案，全部（第6节）"},
    {"stratum.critical_some", "critical cases, the worst (section 6; --cases)",
     "重大个案，取最严重者（第6节；--cases）"},
    {"stratum.beside", "critical case", "重大个案"},
    {"stratum.overrides", "overrides, all (section 10)",
     "越过管控的申请，全部（第10节）"},
    {"stratum.overrides_some", "overrides, the oldest (section 10)",
     "越过管控的申请，取最早者（第10节）"},
    {"nameless_twice",
     "of them without an id and a time, in sources that were judged more than "
     "once: counted each time",
     "其中无编号亦无时间、其来源多次判定：每次均计入"},
    {"counted_alike",
     "of them with the id, time and number of another one, in another line or "
     "source: counted each time",
     "其中编号、时间和号码与另一行或另一来源的记录相同：每次均计入"},
    {"table.overrides", "Override log", "越过管控记录"},
    {"overrides_note",
     "Requests that record it: {}; a control was overridden in {}, without a "
     "reason in {}. Shown here are the oldest {}. Look at each: what people "
     "find "
     "is stored as a decision about its verdict.",
     "在记录了该项的{}件申请中，{}件越过了管控，其中{}"
     "件未记录理由。显示最早的{}"
     "件。请逐件核查：结论以对该判定的决定留存。"},
    {"no_overrides", "No control was overridden; requests that record it: {}.",
     "在记录了该项的{}件申请中，没有越过管控的。"},
    {"no_overrides_published", "No control is recorded as overridden.",
     "没有越过管控的记录。"},
    {"override_reason_masked", "recorded, not kept", "有记录，未留存"},
    {"column.created_at", "requested", "申请时间"},
    {"column.override_reason", "reason", "理由"},
    {"column.outlet", "outlet", "网点"},
};

}  // namespace

std::span<const Word> record_words() {
  return kRecords;
}

}  // namespace simwarden
