// SPDX-License-Identifier: Apache-2.0
#include "app/replay_picture.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/output.h"
#include "diag/columns.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "terminal/drawn_verdict.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

constexpr uint32_t kReasonColumns = 90;
constexpr std::string_view kNotReplayable =
    "Not replayable: left out of both sides where it matters\n";

std::string blanks_beside(std::string_view text, uint32_t columns) {
  const uint32_t used = display_columns(text);
  return std::string(columns > used ? columns - used : 0, ' ');
}

// A number's head stands above its end.
std::string at_right(std::string_view text, uint32_t columns) {
  return blanks_beside(text, columns) + std::string(text);
}

std::string at_left(std::string_view text, uint32_t columns) {
  return std::string(text) + blanks_beside(text, columns);
}

std::string side_line(std::string_view name, const ReplaySide& side,
                      std::string_view in) {
  if (side.digest.empty()) {
    return drawn(in, "{}  the rulesets that judged, profile {}\n",
                 drawn_word(name, in), side.profile);
  }
  return drawn(in, "{}  {}  {}  profile {}\n", drawn_word(name, in),
               side.digest.substr(0, sizeof("sha256:") - 1 + 12),
               fmt::format("{}", fmt::join(side.packs, ", ")), side.profile);
}

void draw_matrix(std::string& out, const ReplayTally& tally, const Paint& paint,
                 std::string_view in) {
  out += paint.bold(drawn_word("\nActions: old down, new across\n", in));
  out += fmt::format("  {:<8}", "");
  for (const std::string_view action : kActionNames) {
    out += at_right(drawn_word(action, in), 12);
  }
  out += '\n';
  for (size_t a = 0; a < kActionNames.size(); ++a) {
    out += "  " + paint(colour_of(kActionNames[a]),
                        at_left(drawn_word(kActionNames[a], in), 8));
    for (size_t b = 0; b < kActionNames.size(); ++b) {
      const std::string cell = fmt::format(
          "{:>12}", with_thousands(tally.count(Action(a), Action(b))));
      const bool moved = a != b && tally.count(Action(a), Action(b)) > 0;
      out += moved ? paint.bold(cell) : paint.dim(cell);
    }
    out += '\n';
  }
}

std::string trial(std::string_view word, uint64_t before, uint64_t after,
                  std::string_view in) {
  if (before == after) return "";
  return fmt::format("  {} {} → {}", drawn_word(word, in),
                     with_thousands(before), with_thousands(after));
}

void draw_rules(std::string& out, const ReplayTally& tally, const Paint& paint,
                std::string_view in) {
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
  out += paint.bold(drawn_word("\nRules\n", in));
  out += "  " + at_left(drawn_word("rule", in), 12) +
         at_right(drawn_word("hits old", in), 10) +
         at_right(drawn_word("hits new", in), 10);
  for (const char* head : {"gained", "lost", "raised", "lowered"}) {
    out += at_right(drawn_word(head, in), 9);
  }
  out += fmt::format("  {}\n", drawn_word("title", in));
  for (const auto& [id, c] : rows) {
    out += fmt::format("  {:<12}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}  {}{}{}\n", id,
                       with_thousands(c.hits_before),
                       with_thousands(c.hits_after), with_thousands(c.gained),
                       with_thousands(c.lost), with_thousands(c.raised),
                       with_thousands(c.lowered), printable_text(c.title),
                       trial("in shadow", c.shadow_before, c.shadow_after, in),
                       trial("waived", c.waived_before, c.waived_after, in));
  }
}

std::string standing_text(const RuleShift& shift, std::string_view in) {
  const auto word = [in](Standing standing) {
    return drawn_word(
        standing == Standing::none ? "nothing" : name_of(standing), in);
  };
  if (shift.before == shift.after) {
    return drawn(in, "{} → {} points", shift.points_before, shift.points_after);
  }
  return fmt::format("{} → {}", word(shift.before), word(shift.after));
}

void draw_example(std::string& out, const ReplayExample& example,
                  const Paint& paint, std::string_view in) {
  out += drawn(in, "  {}  {}  {} → {} points\n",
               paint.bold(printable_text(example.id)),
               paint.dim(fmt::format("{}:{}", escaped_text(example.source),
                                     example.line)),
               example.shift.score_before, example.shift.score_after);
  if (example.shift.is_not_as_stored()) {
    out += drawn(in, "    stored as {}\n",
                 drawn_word(name_of(*example.shift.stored), in));
  }
  for (const RuleShift& rule : example.shift.rules) {
    out += fmt::format(
        "    {:<12}{}  {}\n", rule.rule, at_left(standing_text(rule, in), 18),
        cut_to_columns(printable_text(rule.reason), kReasonColumns));
  }
  if (example.rules_left_out > 0) {
    out += drawn(in, "    and {} more rules\n", example.rules_left_out);
  }
  if (example.shift.rules.empty()) {
    out +=
        drawn_word("    the same rules: thresholds or floors are others\n", in);
  }
}

void draw_examples(std::string& out, const ReplayTally& tally,
                   const Paint& paint, std::string_view in) {
  for (const auto& [change, examples] : tally.examples()) {
    const auto [before, after] = change;
    if (examples.empty()) continue;
    const std::string title =
        before == after
            ? drawn(in, "{0} as before, for other reasons or points: {1}",
                    drawn_word(name_of(before), in),
                    how_many(tally.same_action(after), "record"),
                    with_thousands(tally.same_action(after)))
            : drawn(in, "{0} → {1}: {2}", drawn_word(name_of(before), in),
                    drawn_word(name_of(after), in),
                    how_many(tally.count(before, after), "record"),
                    with_thousands(tally.count(before, after)));
    out += fmt::format("\n{}\n", paint.bold(title));
    for (const ReplayExample& example : examples) {
      draw_example(out, example, paint, in);
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
                         const Paint& paint, std::string_view in) {
  if (kept.not_replayable.empty()) return;
  out += paint.bold(drawn_word(kNotReplayable, in));
  out += "  " + at_left(drawn_word("rule", in), 12) +
         at_right(drawn_word("records", in), 9) +
         fmt::format(
             "  {}\n",
             drawn_word("because this is masked, or would be another now", in));
  for (const auto& [rule, undecided] : kept.not_replayable) {
    std::vector<std::string> facts;
    for (const std::string& fact : undecided.facts) {
      facts.push_back(fact + std::string(drawn_word(why_not_known(fact), in)));
    }
    out +=
        fmt::format("  {:<12}{:>9}  {}\n", rule,
                    with_thousands(undecided.records), fmt::join(facts, ", "));
  }
  out += '\n';
}

void draw_not_counted(std::string& out, const ReplayReport& report,
                      const Paint& paint, std::string_view in) {
  if (report.not_counted.empty()) return;
  out += paint.bold(drawn_word(kNotReplayable, in));
  out += "  " + at_left(drawn_word("rule", in), 12) +
         at_right(drawn_word("records", in), 9) +
         drawn(in, "  because it {}\n", drawn_word(kNotCounted, in));
  for (const auto& [rule, records] : report.not_counted) {
    out += fmt::format("  {:<12}{:>9}\n", rule, with_thousands(records));
  }
  out += '\n';
}

void draw_kept(std::string& out, const KeptReplay& kept, std::string_view in) {
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
          : drawn(in, " + damaged {}", with_thousands(kept.damaged));
  out += drawn(
      in,
      "  stored {} = judged again {} + nothing kept {}{} + ruleset not usable "
      "{}"
      "\n  of {}: {} by all rules, {} without rules that are not replayable\n",
      with_thousands(kept.judged + lost), with_thousands(kept.judged),
      with_thousands(kept.nothing_kept), damaged,
      with_thousands(kept.no_ruleset), with_thousands(kept.judged),
      with_thousands(kept.judged - kept.in_part), with_thousands(kept.in_part));
  if (kept.outside > 0) {
    out += drawn(in, "  {} others were not asked for\n",
                 with_thousands(kept.outside));
  }
  out += drawn(
      in, "  under their own rulesets: {} as they were stored, {} otherwise\n",
      with_thousands(kept.as_stored), with_thousands(kept.not_as_stored));
  for (const std::string& difference : kept.differences) {
    out += fmt::format("    {}\n", escaped_text(difference));
  }
}

}  // namespace

std::string draw_completeness(const ReplayReport& report, const Paint& paint,
                              std::string_view in) {
  std::string out;
  if (report.kept) draw_not_replayable(out, *report.kept, paint, in);
  draw_not_counted(out, report, paint, in);
  out += paint.bold(drawn_word("Completeness\n", in));
  if (report.kept) {
    draw_kept(out, *report.kept, in);
    return out;
  }
  for (const ReplaySource& source : report.sources) {
    out +=
        drawn(in, "  {}: seen {} = judged by both {} + unreadable {}{}{}\n",
              escaped_text(source.name), with_thousands(source.seen),
              with_thousands(source.judged), with_thousands(source.unreadable),
              drawn_word(source.adds_up() ? "" : "  DOES NOT ADD UP", in),
              drawn_word(source.whole ? "" : "  (not read to its end)", in));
  }
  uint64_t stored = 0;
  uint64_t again = 0;
  for (const StoredCoverage& source : report.stored) {
    stored += source.stored;
    again += source.rejudged;
    if (source.why_not.empty()) continue;
    out += drawn(in, "  {}: {} stored verdicts cannot be judged again: {}\n",
                 escaped_text(source.name),
                 with_thousands(source.stored - source.rejudged),
                 escaped_text(source.why_not));
  }
  if (report.stored.empty()) return out;
  out += drawn(in, "  stored {} = judged again {} + not judged again {}\n",
               with_thousands(stored), with_thousands(again),
               with_thousands(stored - again));
  return out;
}

std::string draw_not_as_stored(const ReplayReport& report,
                               std::string_view in) {
  const uint64_t records = report.tally.not_as_stored();
  if (records == 0) return {};
  return drawn(in,
               "{0}: the old action is not the one that is stored. It is what "
               "the old policies say without the rules that are not replayable "
               "there\n",
               how_many(records, "record"), with_thousands(records));
}

std::string draw_replay(const ReplayReport& report, const Paint& paint,
                        std::string_view in) {
  const ReplayTally& tally = report.tally;
  std::string out = side_line("old", report.before, in);
  out += side_line("new", report.after, in);
  if (report.before.digest == report.after.digest) {
    out += drawn_word("Both are the same ruleset.\n", in);
  }
  out += drawn(
      in,
      "\n{0}: {2} with another action ({3} raised, {4} lowered), {5} with the "
      "same action for other reasons or points\n",
      how_many(tally.records(), "record"), with_thousands(tally.records()),
      with_thousands(tally.changed()), with_thousands(tally.raised()),
      with_thousands(tally.lowered()), with_thousands(tally.same_action()));
  out += draw_not_as_stored(report, in);
  if (tally.wording() > 0) {
    out += drawn(in, "{0} decided alike in other words\n",
                 how_many(tally.wording(), "record"),
                 with_thousands(tally.wording()));
  }
  if (tally.without_a_rule() > 0) {
    out += drawn(in, "{} get another action by thresholds or floors alone\n",
                 with_thousands(tally.without_a_rule()));
  }
  draw_matrix(out, tally, paint, in);
  draw_rules(out, tally, paint, in);
  draw_examples(out, tally, paint, in);
  return out + "\n" + draw_completeness(report, paint, in);
}

std::string replay_csv_heading(bool stored) {
  return fmt::format(
      "id,kind,source,line,old_action,new_action,old_score,new_score,"
      "gained,lost,other{}\n",
      stored ? ",stored_action" : "");
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
      fmt::format(",{},{},{},{},{},{},{},{}", verdict.position.line,
                  name_of(shift.before), name_of(shift.after),
                  shift.score_before, shift.score_after, gained, lost, other);
  if (shift.stored) out += fmt::format(",{}", name_of(*shift.stored));
  out += '\n';
}

}  // namespace simwarden
