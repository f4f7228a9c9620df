// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

namespace simwarden {
namespace {

constexpr Word kKept[] = {
    // ---- 1
    {"operator", "operator", "运营商"},
    {"ordered_by", "ordered by", "委托人"},
    {"table.lists", "Lists that decided with the rules", "参与判定的名单"},
    {"lists_note",
     "SHA-256 of each file; version and day of checking as the file says.",
     "各文件的SHA-256；版本与核对日期按文件所载。"},
    {"sources_note",
     "The digest is SHA-256 over how a source was read and the text that was "
     "read, block after block, not over the file: sha256sum shows another "
     "one, and two files with the same rows may have the same. Bytes are "
     "those of the file.",
     "摘要是对读取方式及读入文本逐块计算的SHA-256，并非对文件本身：sha256sum"
     "的结果不同，行内容相同的两个文件可有同一摘要。字节数为文件的字节数。"},
    {"no_lists", "The store has the text of no list.", "库中没有名单文本。"},

    // ---- 3
    {"table.fraud_by_month", "Confirmed fraud by month", "各月已确认的欺诈"},
    {"figure.fraud_by_month",
     "Confirmed fraud, share of requests by month with Wilson's 95 % interval",
     "各月已确认欺诈占申请的比例及95%威尔逊区间"},
    {"alt.fraud_by_month",
     "A line of the share of requests of each month that were confirmed to be "
     "fraud, with a band for its interval. The numbers are in the table that "
     "follows.",
     "各月申请中已确认欺诈比例的折线图，带区间。数据见下表。"},
    {"fraud_note",
     "By the month of the request: what people have confirmed, or "
     "outcome.fraud_confirmed where facts are kept. Fraud of late months may "
     "not be known yet.",
     "按申请月份：人工确认者，或保留事实中的outcome.fraud_confirmed。近月的欺诈"
     "可能尚未发现。"},
    {"fraud_missing",
     "Not in the store: which requests were fraud. It takes decisions (`audit "
     "decide`) or outcome.fraud_confirmed in the records.",
     "库中没有：哪些申请为欺诈。需人工决定（`audit decide`）或记录中的"
     "outcome.fraud_confirmed。"},
    {"table.per_lines", "Rates per 10,000 lines", "每万号码比率"},
    {"per_lines_note", "Of {} lines, as given with the report.",
     "号码总数{}，由报告命令给出。"},
    {"rate.requests", "requests", "申请"},
    {"rate.stopped", "held or refused", "暂停或拒绝"},
    {"rate.fraud", "confirmed fraud", "已确认欺诈"},

    // ---- 2
    {"damage",
     "Blocks whose kept facts are not as they were written, or cannot be read: "
     "{}. Records of the period in none of the shares, times, agents, clusters "
     "and languages below for that: {}. Their verdicts are counted. `simwarden "
     "audit verify` says more.",
     "{}个数据块的保留事实与写入时不符或无法读取：期内{}"
     "条记录未计入以下的比例、"
     "时长、员工、聚类与语言，其判定仍计入。详见`simwarden audit verify`。"},
    {"table.damaged", "Blocks whose kept facts could not be read",
     "保留事实无法读取的数据块"},
    {"coverage_damaged",
     "Some kept facts are damaged and left out: section 2 names them.",
     "部分保留事实已损坏并略去，见第2节。"},
    {"table.mandatory", "Mandatory fields of requests", "申请的必填字段"},
    {"mandatory_note",
     "Of every request, whether a rule asked or not; the worst first. agent.id "
     "is mandatory where a person took the request. Unusable: null, or a value "
     "that the field does not allow.",
     "就全部申请计，不论规则是否询问；缺失最多者在前。agent.id仅在由人受理时必"
     "填。不可用指空值或字段所不容之值。"},
    {"mandatory_missing",
     "Not in the store: how many requests carry each mandatory field. It takes "
     "kept facts (`screen --db` keeps them unless told otherwise).",
     "库中没有：各必填字段的填写率。需保留事实（`screen --db`默认保留）。"},

    // ---- 10
    {"table.cluster_kinds", "Values that several numbers share",
     "多个号码共用的值"},
    {"clusters_note",
     "A cluster is one pseudonym that {} or more telephone numbers have in "
     "common. Families, companies and the shared addresses of mobile networks "
     "are clusters too: look before you judge. Numbers are told apart up to "
     "{}.",
     "聚类指{}"
     "个以上号码共用的同一假名。家庭、公司与移动网络的共用地址亦成聚类："
     "先查看再判断。号码最多区分至{}个。"},
    {"clusters_sampled",
     "There were too many values to hold: of at least one kind every {}th was "
     "looked at, chosen by its pseudonym, each with all its requests.",
     "值过多：至少有一类每{}个取一个查看，按假名选取，各计其全部申请。"},
    {"no_clusters", "No value is shared by {} or more numbers.",
     "没有由{}个以上号码共用的值。"},
    {"table.clusters", "Largest clusters", "最大的聚类"},
    {"figure.clusters", "Largest clusters, and what they have in common",
     "最大的聚类及其共有号码"},
    {"alt.clusters",
     "A dot for each of the largest clusters on a ring, as large as it has "
     "numbers, and threads between those that have numbers in common, as thick "
     "as these are many. The numbers are in the table that follows.",
     "环上每点为一个最大的聚类，大小为号码数；共有号码者以线相连，粗细为共有数"
     "。"
     "数据见下表。"},
    {"cluster_list_note",
     "The first four of each kind: D document, V device, E eSIM, A delivery "
     "address, N network address. Pseudonyms are cut to 8 digits; `audit "
     "export --facts` has them whole. Verdicts: of each number one, those "
     "first that were not stopped, at most {}; `explain --db` shows each. In "
     "common: other clusters, and how many numbers are in both.",
     "每类前四：D证件，V设备，E eSIM，A收货地址，N网络地址。假名截为8位，全文见"
     "`audit export "
     "--facts`。判定编号：每个号码一项，未被拦下者在前，至多{}项；以`explain "
     "--db`逐项查看。共有：其他聚类及同属两者的号码数。"},
    {"graph_threads", "threads: numbers in common", "连线：共有号码"},
    {"shared.document", "document", "证件"},
    {"shared.device", "device (IMEI)", "设备（IMEI）"},
    {"shared.eid", "eSIM (EID)", "eSIM（EID）"},
    {"shared.address", "delivery address", "收货地址"},
    {"shared.network", "network address", "网络地址"},

    // ---- 11
    {"messages_missing",
     "Not in the store: languages, transports, contacts and links of messages. "
     "It takes kept facts (`screen --db` keeps them unless told otherwise).",
     "库中没有：消息的语言、传输方式、联系方式与链接。需保留事实（`screen "
     "--db`默认保留）。"},
    {"coverage_messages",
     "Facts are kept of messages of the period: {} of {}; what follows is of "
     "these.",
     "保留事实的消息{}条，本期共{}条；以下仅就这些而言。"},
    {"coverage_messages_published",
     "The facts of some messages of the period are not kept; what follows is "
     "of the others.",
     "本期部分消息未保留事实；以下仅就其余消息而言。"},
    {"table.message_languages", "Messages by language, as the record says",
     "按记录所载语言的消息"},
    {"figure.message_languages", "Messages by language and verdict",
     "按语言与判定的消息"},
    {"alt.message_languages",
     "A bar for each language, cut into the shares of messages that passed, "
     "went to review, were held and were refused. The numbers are in the table "
     "that follows.",
     "每种语言一条，按通过、复核、暂停与拒绝的消息比例分段。数据见下表。"},
    {"table.message_transports", "Messages by transport", "按传输方式的消息"},
    {"figure.message_transports", "Messages by transport and verdict",
     "按传输方式与判定的消息"},
    {"alt.message_transports",
     "A bar for each transport, cut into the shares of messages that passed, "
     "went to review, were held and were refused. The numbers are in the table "
     "that follows.",
     "每种传输方式一条，按通过、复核、暂停与拒绝的消息比例分段。数据见下表。"},
    {"other_values", "others", "其他"},
    {"table.contacts_and_links", "Contacts and links in messages",
     "消息中的联系方式与链接"},
    {"contacts_note",
     "Messages with at least one, also where no rule minded. Official: an "
     "entry of the lists of official numbers, accounts and domains.",
     "至少含一个者，不论规则是否命中。官方指官方号码、账号与域名名单所列者。"},
    {"no_contacts", "No message shows a contact or a link.",
     "消息中没有联系方式或链接。"},
    {"contact.", "contact: {}", "联系方式：{}"},
    {"contact.official", "contact: official", "联系方式：官方"},
    {"contact.phone", "contact: telephone number", "联系方式：电话号码"},
    {"contact.email", "contact: e-mail address", "联系方式：邮箱"},
    {"contact.wechat", "contact: WeChat", "联系方式：微信"},
    {"contact.qq", "contact: QQ", "联系方式：QQ"},
    {"contact.telegram", "contact: Telegram", "联系方式：Telegram"},
    {"contact.whatsapp", "contact: WhatsApp", "联系方式：WhatsApp"},
    {"contact.line", "contact: LINE", "联系方式：LINE"},
    {"contact.signal", "contact: Signal", "联系方式：Signal"},
    {"contact.viber", "contact: Viber", "联系方式：Viber"},
    {"contact.zalo", "contact: Zalo", "联系方式：Zalo"},
    {"contact.discord", "contact: Discord", "联系方式：Discord"},
    {"contact.kakao", "contact: KakaoTalk", "联系方式：KakaoTalk"},
    {"contact.skype", "contact: Skype", "联系方式：Skype"},
    {"contact.messenger", "contact: Messenger", "联系方式：Messenger"},
    {"contact.instagram", "contact: Instagram", "联系方式：Instagram"},
    {"contact.handle", "contact: handle", "联系方式：账号"},
    {"link.", "link: {}", "链接：{}"},
    {"link.any", "link: any", "链接：任何"},
    {"link.official", "link: official", "链接：官方"},
    {"link.shortener", "link: short link", "链接：短链接"},
    {"link.image_host", "link: image host", "链接：图床"},
    {"link.free_hosting", "link: free hosting", "链接：免费托管"},
    {"link.is_ip", "link: bare IP address", "链接：裸IP地址"},
    {"link.mixed_script", "link: mixed alphabets", "链接：混用字母表"},
    {"link.disguised", "link: written in disguise", "链接：伪装书写"},
    {"link.lookalike", "link: looks like somebody else's host",
     "链接：仿冒他人域名"},
    {"table.lookalikes", "Hosts that look like somebody else's",
     "仿冒他人的域名"},
    {"lookalikes_note",
     "As they stand in the messages. Do not open them: they are evidence.",
     "按消息所载列出。请勿打开：仅为证据。"},
    {"masked_host", "masked", "已脱敏"},
    {"no_lookalikes", "No message links to a host that looks like another's.",
     "没有消息链接至仿冒域名。"},
    {"table.message_texts", "Masked texts of stopped messages",
     "被拦下消息的脱敏文本"},
    {"message_texts_note",
     "Up to {} held or refused messages, drawn by lot with seed {}; numbers "
     "and "
     "codes are masked, at most 160 characters each.",
     "以种子{1}抽取至多{0}条被暂停或拒绝的消息；号码与验证码已脱敏，每条至多160"
     "字符。"},
    {"no_texts", "No text of a held or refused message is kept.",
     "没有保留被暂停或拒绝消息的文本。"},

    // ---- columns
    {"column.version", "version", "版本"},
    {"column.list_checked", "checked", "核对"},
    {"column.fraud", "confirmed fraud", "已确认欺诈"},
    {"column.fraud_share", "share", "比例"},
    {"column.per_10000_lines", "per 10,000 lines", "每万号码"},
    {"column.block", "block", "数据块"},
    {"column.what", "what is wrong", "问题"},
    {"column.field", "field", "字段"},
    {"column.field_missing", "not recorded", "未记录"},
    {"column.field_unusable", "unusable", "不可用"},
    {"column.recorded", "recorded", "已记录"},
    {"column.recorded_share", "share recorded", "记录比例"},
    {"column.shared", "shared", "共用"},
    {"column.values", "different values", "不同的值"},
    {"column.clusters", "clusters", "聚类"},
    {"column.largest_cluster", "numbers in the largest", "最大者号码数"},
    {"column.cluster", "cluster", "聚类"},
    {"column.pseudonym", "pseudonym", "假名"},
    {"column.in_common", "in common", "共有"},
    {"column.language", "language", "语言"},
    {"column.transport", "transport", "传输方式"},
    {"column.messages_known", "messages", "消息数"},
    {"column.contact_or_link", "contact or link", "联系方式或链接"},
    {"column.host", "host", "域名"},
    {"column.imitates", "looks like", "仿冒"},
    {"column.text", "text", "文本"},

    // ---- what is deleted; the reason that a purge has by itself
    {"purge_reason.retention", "retention", "留存期满"},
    {"purged", "counted, but their findings were deleted since",
     "已计入，但发现项已删除"},
    {"not_kept", "counted, but stored without findings",
     "已计入，但存储时不含发现项"},
    {"lost_verdicts",
     "VERDICTS OF THE PERIOD WERE DELETED (section 15): all counts here are of "
     "those that are left, and too low. Rows of the tables for authorities "
     "that they were part of are not stored.",
     "本期的部分判定已被删除（见第15节）：此处各数仅计所余者，因而偏低。主管机"
     "关"
     "报表中涉及的各行为“未存储”。"},
    {"lost_findings",
     "The findings of {0} of the {1} records of the period are gone: {2} "
     "deleted (section 15), {3} not readable. What rules found in these "
     "records, and whether a duty was met, nobody can say any more; as "
     "critical cases only the refused ones of them are counted. What is said "
     "here about rules, findings and duties is of the other {4}.",
     "本期共{1}条记录，其中{0}条的发现项已不存在：{2}条已删除（见第15节），"
     "{3}条无法读取。这些记录中规则有何发现、义务是否满足，已无从得知；其中"
     "仅被拒绝的计入重大个案。本节有关规则、发现与义务的内容仅就其余{4}条记录"
     "而言。"},
    {"lost_findings_published",
     "The findings of some records of the period were deleted or cannot be "
     "read: what rules found in these, and whether a duty was met, nobody can "
     "say any more. What is said here about rules, findings and duties is of "
     "the others.",
     "本期部分记录的发现项已删除或无法读取：其中规则有何发现、义务是否满足，"
     "已无从得知。本节有关规则、发现与义务的内容仅就其余记录而言。"},
};

}  // namespace

std::span<const Word> kept_words() {
  return kKept;
}

}  // namespace simwarden
