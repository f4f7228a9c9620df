// SPDX-License-Identifier: Apache-2.0
#include "app/replay_picture.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/output.h"
#include "diag/columns.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "terminal/drawn_verdict.h"

namespace simwarden {
namespace {

constexpr uint32_t kReasonColumns = 90;

std::string side_line(std::string_view name, const ReplaySide& side) {
  if (side.digest.empty()) {
    return fmt::format("{}  the rulesets that judged, profile {}\n", name,
                       side.profile);
  }
  return fmt::format("{}  {}  {}  profile {}\n", name,
                     side.digest.substr(0, sizeof("sha256:") - 1 + 12),
                     fmt::join(side.packs, ", "), side.profile);
}

void draw_matrix(std::string& out, const ReplayTally& tally,
                 const Paint& paint) {
  out += paint.bold("\nActions: old down, new across\n");
  out += fmt::format("  {:<8}", "");
  for (const std::string_view action : kActionNames) {
    out += fmt::format("{:>12}", action);
  }
  out += '\n';
  for (size_t a = 0; a < kActionNames.size(); ++a) {
    out += "  " + paint(colour_of(kActionNames[a]),
                        fmt::format("{:<8}", kActionNames[a]));
    for (size_t b = 0; b < kActionNames.size(); ++b) {
      const std::string cell = fmt::format(
          "{:>12}", with_thousands(tally.count(Action(a), Action(b))));
      const bool moved = a != b && tally.count(Action(a), Action(b)) > 0;
      out += moved ? paint.bold(cell) : paint.dim(cell);
    }
    out += '\n';
  }
}

std::string trial(std::string_view word, uint64_t before, uint64_t after) {
  if (before == after) return "";
  return fmt::format("  {} {} → {}", word, with_thousands(before),
                     with_thousands(after));
}

void draw_rules(std::string& out, const ReplayTally& tally,
                const Paint& paint) {
  using Row = std::pair<std::string, ReplayTally::RuleCounts>;
  std::vector<Row> rows;
  for (const auto& row : tally.rules()) {
    if (row.second.changed()) rows.push_back(row);
  }
  if (rows.empty()) return;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const auto weight = [](const Row& row) {
      return row.second.raised + row.second.lowered;
    };
    return weight(a) > weight(b);
  });
  out += paint.bold("\nRules\n");
  out += fmt::format("  {:<12}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}  {}\n", "rule",
                     "hits old", "hits new", "gained", "lost", "raised",
                     "lowered", "title");
  for (const auto& [id, c] : rows) {
    out += fmt::format("  {:<12}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}  {}{}{}\n", id,
                       with_thousands(c.hits_before),
                       with_thousands(c.hits_after), with_thousands(c.gained),
                       with_thousands(c.lost), with_thousands(c.raised),
                       with_thousands(c.lowered), printable_text(c.title),
                       trial("in shadow", c.shadow_before, c.shadow_after),
                       trial("waived", c.waived_before, c.waived_after));
  }
}

std::string standing_text(const RuleShift& shift) {
  const auto word = [](Standing standing) {
    return standing == Standing::none ? std::string_view("nothing")
                                      : name_of(standing);
  };
  if (shift.before == shift.after) {
    return fmt::format("{} → {} points", shift.points_before,
                       shift.points_after);
  }
  return fmt::format("{} → {}", word(shift.before), word(shift.after));
}

void draw_example(std::string& out, const ReplayExample& example,
                  const Paint& paint) {
  out += fmt::format("  {}  {}  {} → {} points\n",
                     paint.bold(printable_text(example.id)),
                     paint.dim(fmt::format(
                         "{}:{}", escaped_text(example.source), example.line)),
                     example.shift.score_before, example.shift.score_after);
  for (const RuleShift& rule : example.shift.rules) {
    out += fmt::format(
        "    {:<12}{:<18}  {}\n", rule.rule, standing_text(rule),
        cut_to_columns(printable_text(rule.reason), kReasonColumns));
  }
  if (example.rules_left_out > 0) {
    out += fmt::format("    and {} more rules\n", example.rules_left_out);
  }
  if (example.shift.rules.empty()) {
    out += "    the same rules: thresholds or floors are others\n";
  }
}

void draw_examples(std::string& out, const ReplayTally& tally,
                   const Paint& paint) {
  for (const auto& [change, examples] : tally.examples()) {
    const auto [before, after] = change;
    if (examples.empty()) continue;
    const std::string title =
        before == after
            ? fmt::format("{} as before, for other reasons or points: {}",
                          name_of(before),
                          how_many(tally.same_action(after), "record"))
            : fmt::format("{} → {}: {}", name_of(before), name_of(after),
                          how_many(tally.count(before, after), "record"));
    out += fmt::format("\n{}\n", paint.bold(title));
    for (const ReplayExample& example : examples) {
      draw_example(out, example, paint);
    }
  }
}

}  // namespace

namespace {

// Why the facts of then do not answer for it.
std::string_view why_not_known(std::string_view fact) {
  if (fact.starts_with("windows.")) return " (not counted so then)";
  if (fact.starts_with("patterns.")) return " (not the patterns of then)";
  if (fact == "message.likeness" || fact == "message.reads_honest") {
    return " (not the phrases of then)";
  }
  return "";
}

void draw_not_replayable(std::string& out, const KeptReplay& kept,
                         const Paint& paint) {
  if (kept.not_replayable.empty()) return;
  out +=
      paint.bold("Not replayable: left out of both sides where it matters\n");
  out += fmt::format("  {:<12}{:>9}  {}\n", "rule", "records",
                     "because this is masked, or would be another now");
  for (const auto& [rule, undecided] : kept.not_replayable) {
    std::vector<std::string> facts;
    for (const std::string& fact : undecided.facts) {
      facts.push_back(fact + std::string(why_not_known(fact)));
    }
    out +=
        fmt::format("  {:<12}{:>9}  {}\n", rule,
                    with_thousands(undecided.records), fmt::join(facts, ", "));
  }
  out += '\n';
}

void draw_not_counted(std::string& out, const ReplayReport& report,
                      const Paint& paint) {
  if (report.not_counted.empty()) return;
  out +=
      paint.bold("Not replayable: left out of both sides where it matters\n");
  out += fmt::format("  {:<12}{:>9}  because it {}\n", "rule", "records",
                     kNotCounted);
  for (const auto& [rule, records] : report.not_counted) {
    out += fmt::format("  {:<12}{:>9}\n", rule, with_thousands(records));
  }
  out += '\n';
}

void draw_kept(std::string& out, const KeptReplay& kept) {
  for (const std::string& why : kept.why_no_ruleset) {
    out += fmt::format("  {}\n", printable_lines(why, "  "));
  }
  for (const std::string& block : kept.damaged_blocks) {
    out += fmt::format("  {}\n", escaped_text(block));
  }
  const uint64_t lost = kept.nothing_kept + kept.damaged + kept.no_ruleset;
  const std::string damaged =
      kept.damaged == 0
          ? ""
          : fmt::format(" + damaged {}", with_thousands(kept.damaged));
  out += fmt::format(
      "  stored {} = judged again {} + nothing kept {}{} + ruleset not usable "
      "{}"
      "\n  of {}: {} by all rules, {} without rules that are not replayable\n",
      with_thousands(kept.judged + lost), with_thousands(kept.judged),
      with_thousands(kept.nothing_kept), damaged,
      with_thousands(kept.no_ruleset), with_thousands(kept.judged),
      with_thousands(kept.judged - kept.in_part), with_thousands(kept.in_part));
  if (kept.outside > 0) {
    out += fmt::format("  {} others were not asked for\n",
                       with_thousands(kept.outside));
  }
  out += fmt::format(
      "  under their own rulesets: {} as they were stored, {} otherwise\n",
      with_thousands(kept.as_stored), with_thousands(kept.not_as_stored));
  for (const std::string& difference : kept.differences) {
    out += fmt::format("    {}\n", escaped_text(difference));
  }
}

}  // namespace

std::string draw_completeness(const ReplayReport& report, const Paint& paint) {
  std::string out;
  if (report.kept) draw_not_replayable(out, *report.kept, paint);
  draw_not_counted(out, report, paint);
  out += paint.bold("Completeness\n");
  if (report.kept) {
    draw_kept(out, *report.kept);
    return out;
  }
  for (const ReplaySource& source : report.sources) {
    out += fmt::format(
        "  {}: seen {} = judged by both {} + unreadable {}{}{}\n",
        escaped_text(source.name), with_thousands(source.seen),
        with_thousands(source.judged), with_thousands(source.unreadable),
        source.adds_up() ? "" : "  DOES NOT ADD UP",
        source.whole ? "" : "  (not read to its end)");
  }
  uint64_t stored = 0;
  uint64_t again = 0;
  for (const StoredCoverage& source : report.stored) {
    stored += source.stored;
    again += source.rejudged;
    if (source.why_not.empty()) continue;
    out += fmt::format("  {}: {} stored verdicts cannot be judged again: {}\n",
                       escaped_text(source.name),
                       with_thousands(source.stored - source.rejudged),
                       escaped_text(source.why_not));
  }
  if (report.stored.empty()) return out;
  out += fmt::format("  stored {} = judged again {} + not judged again {}\n",
                     with_thousands(stored), with_thousands(again),
                     with_thousands(stored - again));
  return out;
}

std::string draw_replay(const ReplayReport& report, const Paint& paint) {
  const ReplayTally& tally = report.tally;
  std::string out = side_line("old", report.before);
  out += side_line("new", report.after);
  if (report.before.digest == report.after.digest) {
    out += "Both are the same ruleset.\n";
  }
  out += fmt::format(
      "\n{}: {} with another action ({} raised, {} lowered), {} with the same "
      "action for other reasons or points\n",
      how_many(tally.records(), "record"), with_thousands(tally.changed()),
      with_thousands(tally.raised()), with_thousands(tally.lowered()),
      with_thousands(tally.same_action()));
  if (tally.wording() > 0) {
    out += fmt::format("{} decided alike in other words\n",
                       how_many(tally.wording(), "record"));
  }
  if (tally.without_a_rule() > 0) {
    out += fmt::format("{} get another action by thresholds or floors alone\n",
                       with_thousands(tally.without_a_rule()));
  }
  draw_matrix(out, tally, paint);
  draw_rules(out, tally, paint);
  draw_examples(out, tally, paint);
  return out + "\n" + draw_completeness(report, paint);
}

std::string replay_csv_heading() {
  return "id,kind,source,line,old_action,new_action,old_score,new_score,"
         "gained,lost,other\n";
}

void append_csv_row(std::string& out, const Verdict& verdict,
                    const Shift& shift, std::string_view source) {
  std::string gained;
  std::string lost;
  std::string other;
  for (const RuleShift& rule : shift.rules) {
    std::string& to =
        rule.before != Standing::hit && rule.after == Standing::hit   ? gained
        : rule.before == Standing::hit && rule.after != Standing::hit ? lost
                                                                      : other;
    if (!to.empty()) to += ' ';
    to += rule.rule;
  }
  append_csv_cell(out, inert(escaped_text(verdict.id)));
  out += fmt::format(",{},", name_of(verdict.kind));
  append_csv_cell(out, inert(escaped_text(source)));
  out +=
      fmt::format(",{},{},{},{},{},{},{},{}\n", verdict.position.line,
                  name_of(shift.before), name_of(shift.after),
                  shift.score_before, shift.score_after, gained, lost, other);
}

}  // namespace simwarden
