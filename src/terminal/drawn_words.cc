// SPDX-License-Identifier: Apache-2.0
#include "terminal/drawn_words.h"

#include "terminal/drawn_labels.h"

namespace simwarden {
namespace {

constexpr DrawnLabel kLabels[] = {
    {"{}  {} points  {}{}  profile {}\n", "{}  {}分  {}{}  配置 {}\n"},
    {"pass", "通过"},
    {"review", "复核"},
    {"hold", "暂停"},
    {"refuse", "拒绝"},
    {"request", "换卡请求"},
    {"message", "消息"},
    {"action", "判定"},
    {"points", "得分"},
    {"id", "编号"},
    {"rule", "规则"},
    {"reason", "原因"},
    {"critical", "重大"},
    {"high", "高"},
    {"medium", "中"},
    {"low", "低"},
    {"info", "提示"},
    {" and {} more", "等，另有{}项"},
    {"{} bytes {}–{} “{}”", "{} 字节{}–{}“{}”"},
    {" seen as “{}”", "，读作“{}”"},
    {"{} is not recorded", "{}未记录"},
    {"{} is null: known to be unknown", "{}为空值：已知其未知"},
    {"{} = {} (not a valid value)", "{} = {}（无效值）"},
    {"     waiver  {} until {}: {} (asked by {}, approved by {})\n",
     "     豁免  {}，至{}：{}（申请人{}，批准人{}）\n"},
    {"  waived: does not count", "  已豁免：不计分"},
    {"  shadow: shown, does not count", "  试运行：仅显示，不计分"},
    {"     why   {}\n", "     原因  {}\n"},
    {"     fact  {}\n", "     事实  {}\n"},
    {"     next  {}\n", "     下一步  {}\n"},
    {"     serves  {}\n", "     对应义务  {}\n"},
    {"\nPoints: ", "\n分数："},
    {"; together {}{}\n", "；合计{}{}\n"},
    {" (never more than 100)", "（至多100）"},
    {"\nBy paragraph; the others pass:\n", "\n按段落；其余通过：\n"},
    {"\nBy paragraph; of the others {} were not looked at, and the rest "
     "pass:\n",
     "\n按段落；其余中{}段未单独检查，另外的通过：\n"},
    {"  {} bytes {}–{}  {}  {} points  {}\n", "  {} 字节{}–{}  {}  {}分  {}\n"},
    {"\nNo rule hit.\n", "\n未命中任何规则。\n"},
    {"Would become {}", "将变为{}"},
    {"\n{} if\n", "\n{}，若\n"},
    {"  and no other rule begins to hit by that\n", "  且不因此命中其他规则\n"},
    {"\nNot recorded, but asked for by a duty: {}\n",
     "\n义务要求而未记录：{}\n"},
    {"\nNot a valid value: {} = {} (expected {})\n",
     "\n无效值：{} = {}（应为{}）\n"},
    {"\nNot looked into: {}\n", "\n未查看其内容：{}\n"},
    {"\nCould not be determined, facts are missing: {}\n",
     "\n因缺少事实而无法判断：{}\n"},
    {"\nCould not be determined, facts are missing:\n",
     "\n因缺少事实而无法判断：\n"},
    {"  {} ({})\n", "  {}（{}）\n"},
    {"\nNot asked, for they are of single countries and none is recorded: "
     "{}\n",
     "\n仅适用于个别国家或地区、因未记录国家而未判断：{}\n"},
    {"\nOnly rules about its wording hit. A likeness says how much the "
     "words are those of\nknown scams, not how sure this is: look "
     "for what it wants and where it leads.\n",
     "\n仅命中关于行文的规则。相似度表示用词与"
     "已知骗局有多像，并非判定的把握：请查看它要什么、引向何处。\n"},
    {"\nLooked at, and found:\n", "\n看过，所见如下：\n"},
    {"  contacts  {}\n", "  联系方式  {}\n"},
    {"  links     {}\n", "  链接      {}\n"},
    {"  words     {}\n", "  词语      {}\n"},
    {"  likeness  {} of 1 to known scams\n",
     "  相似度    与已知骗局{}（最高1）\n"},
    {"none", "无"},
    {"{} (official)", "{}（官方）"},
    {"\nTitles, reasons and next steps are in the language that they were "
     "stored in; screen with --language {} for this one.\n",
     "\n标题、原因和下一步为存入时的语言；如需本语言，筛查时请用 --language "
     "{}。\n"},
    {"{} not valid", "{}无效"},
    {"{} null", "{}为空值"},
    {"\nFailed, {}: {}\n", "\n求值失败，{}：{}\n"},
    {"\nCount over other records, not in this verdict: {}\n",
     "\n需跨记录计数，未计入本判定：{}\n"},
    {"Looked at alone: what rules count over other records is not in it, and "
     "may make it worse\n(rules named at the end: {}). With all records of "
     "the input:\n"
     "  simwarden screen --db FILE INPUT, then simwarden explain --db FILE "
     "--id "
     "ID\n",
     "仅单独查看：跨记录计数的规则未计入，计入后判定可能更重\n"
     "（此类规则{}条，列于末尾）。要连同输入中的全部记录：\n"
     "  simwarden screen --db FILE INPUT，再用 simwarden explain --db FILE "
     "--id "
     "ID\n"},
    {"the condition ended in an error", "条件求值出错"},
    {"\nVerdict {} of {}\n  record   {}, line {}\n  judged   by the run that "
     "began {}\n  ruleset  {}\n",
     "\n判定 {}，出自 {}\n  记录    {}，第{}行\n  判定于  {}开始的运行\n"
     "  规则集  {}\n"},
    {"  packs    {}\n", "  规则包  {}\n"},
    {"  decided  {}\n", "  决定    {}\n"},
    {"{} {} by {}", "{} {}，决定人{}"},
    {", about verdict {} ({})", "，针对判定 {}（{}）"},
    {", told at {}", "，告知于{}"},
    {", for {}", "，交由{}"},
    {", due {}", "，期限{}"},
    {"\nWhat proves this lies beside it; how to check it: docs/audit.md of "
     "simwarden, “One verdict”\n",
     "\n证明文件在本文件旁边；核验方法见 simwarden 的 docs/audit.md“One "
     "verdict”一节\n"},
    {"\nWhether this is as it was written: simwarden audit verify --db {0}\n"
     "Whether the rules of then say it again: simwarden replay --db {0} "
     "--verdict {1}\n",
     "\n是否与当初所写一致：simwarden audit verify --db {0}\n"
     "当时的规则是否得出同样结论：simwarden replay --db {0} --verdict {1}\n"},
    {"\nWhether this is as it was written: simwarden audit verify --db {}\n",
     "\n是否与当初所写一致：simwarden audit verify --db {}\n"},
    {"  in clear under the case {} until {}\n",
     "  明文    存于案件 {}，至 {}\n"},
    {"{}  {} points  of verdict {}: what is left\n",
     "{}  {}分  判定 {}：尚存部分\n"},
    {"  top rule {}\n", "  首要规则 {}\n"},
    {"  event    {}\n", "  事件    {}\n"},
    {"  purged   {}, with the class {}\n", "  已清除  {}，属于类别 {}\n"},
    {"  later    the record was judged again: verdict {} stands for it now\n",
     "  后续    该记录已再次判定：现以判定 {} 为准\n"},
    {"the record came late: what stood before it is not known",
     "记录迟到：此前的情况不明"},
    // Faults of conditions (cel/value/faults.h).
    {"no such overload", "值的类型不适用于该运算"},
    {"integer overflow", "整数溢出"},
    {"division by zero", "除数为零"},
    {"modulus by zero", "取模的除数为零"},
    {"no such key", "没有该键"},
    {"no such field", "没有该成员"},
    {"index out of range", "下标超出范围"},
    {"value cannot be converted", "值无法转换"},
    {"value out of range", "值超出范围"},
    {"unknown time zone", "未知时区"},
    {"time out of range", "时间超出范围"},
    {"invalid argument", "参数无效"},
    {"value grows beyond its bound", "值超出允许的大小"},
    {"more than 10000 loop steps", "循环超过10000步"},
    {"one of ", "下列之一："},
    {"true or false", "true或false"},
    {"a text", "文本"},
    {"a number", "数字"},
    {"a number, 0 or more", "不小于0的数字"},
    {"a number from 0 to 1", "0至1的数字"},
    {"a whole number", "整数"},
    {"a whole number, 0 or more", "不小于0的整数"},
    {"a whole number from 0 to 23", "0至23的整数"},
    {"a time with a zone, as in 2026-03-02T10:15:30+08:00",
     "带时区的时间，如2026-03-02T10:15:30+08:00"},
    {"a date, as in 2026-03-02", "日期，如2026-03-02"},
    {"a number with + and country code, as in +447700900123",
     "带+和国家代码的号码，如+447700900123"},
    {"two capital letters (ISO 3166-1)", "两个大写字母（ISO 3166-1）"},
    {"three capital letters (ISO 4217)", "三个大写字母（ISO 4217）"},
    {"64 hex digits", "64位十六进制数字"},
    {"a version, as in 1.0.0", "版本号，如1.0.0"},
    {"a host, as in www.example.com, or the http address of a page",
     "网站主机名，如www.example.com，或网页的http地址"},
    {"hours, as in 09:00-18:00 or Mo-Sa 09:00-18:00; 00:00-24:00 is all day",
     "时段，如09:00-18:00或Mo-Sa 09:00-18:00；全天写作00:00-24:00"},
};

}  // namespace

std::string_view drawn_word(std::string_view english,
                            std::string_view language) {
  if (!language.starts_with("zh")) return english;
  for (const auto labels :
       {std::span<const DrawnLabel>(kLabels), labels_of_runs()}) {
    for (const DrawnLabel& label : labels) {
      if (label.english == english) return label.chinese;
    }
  }
  return english;
}

}  // namespace simwarden
