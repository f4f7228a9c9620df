// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

namespace simwarden {
namespace {

constexpr Word kAuthorities[] = {
    {"table.fcc", "FCC, 47 CFR 64.2010(h)(8): SIM changes, one row a month",
     "FCC 47 CFR 64.2010(h)(8)：换卡，每月一行"},
    {"fcc_note",
     "Requests that were judged under the profile us-fcc, but for port_out, "
     "port_in and ownership_transfer (request_type), which are no SIM changes. "
     "The order of the columns is fixed. Filled in where every request of the "
     "month says its type. Successful: outcome.state is completed; failed: "
     "rejected, cancelled or failed; filled in where every request of the "
     "month says so. Fraud: what people confirmed, or outcome.fraud_confirmed. "
     "Hours and complaints are from decisions, hours else from the times of "
     "the records. Methods: factors that a successful change passed.",
     "按us-fcc配置判定的申请，不含port_out、port_in与ownership_transfer（"
     "request_"
     "type），三者不是换卡。列序固定。仅当当月每条申请均记有类型时填写。成功：o"
     "utcome.state为completed；失败："
     "rejected、cancelled或failed；仅当当月每条申请均有记录时填写。欺诈：人工确"
     "认或outcome.fraud_confirmed。小时数与投诉取自人工决定，小时数亦可取自记录"
     "时间。认证方式：成功换卡所通过者。"},
    {"no_fcc",
     "The FCC table is empty: no request with a time was judged under the "
     "profile us-fcc.",
     "FCC报表为空：没有按us-fcc配置判定且带时间的申请。"},
    {"table.ncc", "NCC: SIM swaps, one row a quarter", "NCC：换卡，每季度一行"},
    {"ncc_note",
     "Requests of every type that were judged under the profile ng-ncc. The "
     "order of the "
     "columns is fixed. Swaps are completed ones: by staff in own stores and "
     "by telephone, by agents in franchises, authorised outlets, at dealers "
     "and retail partners; filled in where every request of the quarter says "
     "both. Pass to refuse are verdicts of policy. Refused by the operator: "
     "outcome.decision is refuse; filled in where every request of the quarter "
     "has a decision. Of these, refusals count as reported in time when the "
     "regulator was told "
     "within 48 hours of the refusal (completed_at, else the request).",
     "按ng-"
     "ncc配置判定的各类申请。列序固定。换卡指已完成者：员工办理指自有门店与热线"
     "，代理办理指加盟店、授权网点、经销商与零售伙伴；仅当该季每条申请均有记录"
     "时填写。通过至拒绝各列为策略判定；运营商拒绝指outcome."
     "decision为refuse者，"
     "仅当该季每条申请均记有决定时填写。其中，拒绝（completed_"
     "at，未记录时按申请时间）后48小时内告知监管机构的视为按时上报。"},
    {"no_ncc",
     "The NCC table is empty: no request with a time was judged under the "
     "profile ng-ncc.",
     "NCC报表为空：没有按ng-ncc配置判定且带时间的申请。"},
    {"part_of", "part: {} to {}", "部分：{}至{}"},
    {"part_held", "records from {} to {}", "记录自{}至{}"},
    {"part_note",
     "Part: what of the row's time the report covers, or from when to when the "
     "store has requests under the profile, where these begin later or end "
     "earlier than the row.",
     "时段：报告只涵盖该行部分时间时为所涵盖的起止日；库中该配置的申请晚于该行"
     "起日或早于其止日时为这些申请的起止日。"},
    {"decided_some",
     "Fraudulent is not stored until it is decided what those were that were "
     "completed though policy held or refused them: {}.",
     "策略暂停或拒绝而仍办成的申请，未全部作出决定之前，欺诈得逞记为未存储：{}"
     "。"},
    {"decided_of", "{} {} of {} decided", "{}已决定{}起（共{}起）"},
    {"remedied_some",
     "The average is over the frauds whose time to the remedy is known: {}.",
     "平均值只含整改用时已知的诈骗：{}。"},
    {"remedied_of", "{} {} of {}", "{}为{}起（共{}起）"},
    {"remedied_before",
     "The average leaves out requests whose remedy is dated before what it "
     "remedies: {}.",
     "平均值不含整改时间早于所整改之事的申请：{}。"},
};

}  // namespace

std::span<const Word> authority_words() {
  return kAuthorities;
}

}  // namespace simwarden
