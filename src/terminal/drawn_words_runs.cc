// SPDX-License-Identifier: Apache-2.0
#include "terminal/drawn_labels.h"

// What screen and replay say of many records.
namespace simwarden {
namespace {

constexpr DrawnLabel kLabels[] = {
    {"error", "错误"},
    {"Records by action\n", "记录按判定\n"},
    {"Rules that hit most", "命中最多的规则"},
    {"On trial: hits of rules in shadow, which did not count",
     "试运行：仅显示、不计分的规则命中"},
    {"Waived: hits that did not count", "已豁免：不计分的命中"},
    {"\nLook at these first: by action, points, number of rules\n",
     "\n请先查看：依判定、得分、命中规则数排列\n"},
    {"  {} {} points  {}  {}\n", "  {} {}分  {}  {}\n"},
    {"    next: {}\n", "    下一步：{}\n"},
    {"\nCompleteness\n", "\n完整性\n"},
    {"Completeness\n", "完整性\n"},
    {"{}: seen {} = judged {} + unreadable {} + duplicate {}",
     "{}：所见{} = 已判定{} + 无法读取{} + 重复{}"},
    {"  DOES NOT ADD UP", "  数目不符"},
    {"\n  unreadable, the first: {}", "\n  首个无法读取：{}"},
    {"  (could not be opened)", "  （无法打开）"},
    {"  (nothing of it was read: see its message)",
     "  （未读取任何内容：见其提示）"},
    {"  (not read to its end)", "  （未读至末尾）"},
    {"  (nothing is in it)", "  （其中没有内容）"},
    {"\n{0}, {2} in {3:.2f} s: {4} records/s\n",
     "\n{1}条记录，{2}，用时{3:.2f}秒：每秒{4}条\n"},
    {"policies: {}\n", "策略：{}\n"},
    {"verdicts: {}\n", "判定结果：{}\n"},
    {"database: {}\n", "数据库：{}\n"},
    {"old", "旧"},
    {"new", "新"},
    {"{}  the rulesets that judged, profile {}\n",
     "{}  当时所用的规则集，配置 {}\n"},
    {"{}  {}  {}  profile {}\n", "{}  {}  {}  配置 {}\n"},
    {"Both are the same ruleset.\n", "两者为同一规则集。\n"},
    {"\n{0}: {2} with another action ({3} raised, {4} lowered), {5} with the "
     "same action for other reasons or points\n",
     "\n{1}条记录：{2}条判定改变（{3}条变严，{4}条变宽），"
     "{5}条判定相同而原因或分数不同\n"},
    {"{0}: the old action is not the one that is stored. It is what the old "
     "policies say without the rules that are not replayable there\n",
     "{1}"
     "条记录的旧判定与库中所存不同：旧判定由旧策略得出，不含在该记录上无法重演"
     "的规则\n"},
    {"    stored as {}\n", "    库中为 {}\n"},
    {"{0} decided alike in other words\n", "{1}条记录判定相同而措辞不同\n"},
    {"{} get another action by thresholds or floors alone\n",
     "{}条仅因阈值或最低判定而改变\n"},
    {"\nActions: old down, new across\n", "\n判定：行为旧，列为新\n"},
    {"\nRules\n", "\n规则\n"},
    {"hits old", "旧命中"},
    {"hits new", "新命中"},
    {"gained", "新增"},
    {"lost", "失去"},
    {"raised", "变严"},
    {"lowered", "变宽"},
    {"title", "标题"},
    {"records", "记录"},
    {"in shadow", "试运行"},
    {"shadow", "试运行"},
    {"waived", "已豁免"},
    {"hit", "命中"},
    {"nothing", "无"},
    {"{} → {} points", "{} → {}分"},
    {"  {}  {}  {} → {} points\n", "  {}  {}  {} → {}分\n"},
    {"    and {} more rules\n", "    另有{}条规则\n"},
    {"    the same rules: thresholds or floors are others\n",
     "    规则相同：阈值或最低判定不同\n"},
    {"{0} as before, for other reasons or points: {1}",
     "{0}不变，原因或分数不同：{2}条记录"},
    {"{0} → {1}: {2}", "{0} → {1}：{3}条记录"},
    {"Not replayable: left out of both sides where it matters\n",
     "无法重放：有影响之处两边均不计入\n"},
    {"because this is masked, or would be another now",
     "因为下列内容已遮蔽，或现在会不同"},
    {"  because it {}\n", "  因为该规则{}\n"},
    {"counts over records, which replay of files does not",
     "跨记录计数，而重放文件时不计数"},
    {" (not counted so then)", "（当时未如此计数）"},
    {" (not the patterns of then)", "（非当时的模式）"},
    {" (not the phrases of then)", "（非当时的短语）"},
    {" + damaged {}", " + 损坏{}"},
    {"  stored {} = judged again {} + nothing kept {}{} + ruleset not usable "
     "{}\n  of {}: {} by all rules, {} without rules that are not replayable\n",
     "  库存{} = 重新判定{} + 未保留事实{}{} + 规则集不可用{}\n"
     "  其中{}：{}按全部规则，{}不计无法重放的规则\n"},
    {"  {} others were not asked for\n", "  另有{}条不在所问之列\n"},
    {"  under their own rulesets: {} as they were stored, {} otherwise\n",
     "  按各自的规则集：{}与库存一致，{}不一致\n"},
    {"  {}: seen {} = judged by both {} + unreadable {}{}{}\n",
     "  {}：所见{} = 两边均已判定{} + 无法读取{}{}{}\n"},
    {"  {}: {} stored verdicts cannot be judged again: {}\n",
     "  {}：{}条库存判定无法重新判定：{}\n"},
    {"  stored {} = judged again {} + not judged again {}\n",
     "  库存{} = 重新判定{} + 未重新判定{}\n"},
};

}  // namespace

std::span<const DrawnLabel> labels_of_runs() {
  return kLabels;
}

}  // namespace simwarden
