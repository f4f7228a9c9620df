// SPDX-License-Identifier: Apache-2.0
#include "rollout/replay_report.h"

#include "notation/json_object.h"
#include "notation/json_text.h"

namespace simwarden {
namespace {

void append_side(std::string& out, const ReplaySide& side) {
  JsonObject keys(out);
  keys.text("digest", side.digest);
  keys.texts("packs", side.packs);
  keys.text("profile", side.profile);
  keys.close();
}

void append_matrix(std::string& out, const ReplayTally& tally) {
  JsonObject rows(out);
  for (size_t a = 0; a < kActionNames.size(); ++a) {
    JsonObject row(rows.key(kActionNames[a]));
    for (size_t b = 0; b < kActionNames.size(); ++b) {
      row.whole(kActionNames[b], tally.count(Action(a), Action(b)));
    }
    row.close();
  }
  rows.close();
}

using RuleRow = std::pair<std::string, ReplayTally::RuleCounts>;

void append_rule(std::string& out, const RuleRow& row) {
  const ReplayTally::RuleCounts& counts = row.second;
  JsonObject keys(out);
  keys.text("rule", row.first);
  keys.text("title", counts.title);
  keys.whole("hits_old", counts.hits_before);
  keys.whole("hits_new", counts.hits_after);
  keys.whole("gained", counts.gained);
  keys.whole("lost", counts.lost);
  keys.whole("raised", counts.raised);
  keys.whole("lowered", counts.lowered);
  keys.whole("shadow_old", counts.shadow_before);
  keys.whole("shadow_new", counts.shadow_after);
  keys.whole("waived_old", counts.waived_before);
  keys.whole("waived_new", counts.waived_after);
  keys.close();
}

void append_rule_shift(std::string& out, const RuleShift& shift) {
  JsonObject keys(out);
  keys.text("rule", shift.rule);
  keys.text("old", name_of(shift.before));
  keys.text("new", name_of(shift.after));
  keys.number("points_old", shift.points_before);
  keys.number("points_new", shift.points_after);
  keys.text("reason", shift.reason);
  keys.close();
}

void append_example(std::string& out, const ReplayExample& example) {
  JsonObject keys(out);
  keys.text("id", example.id);
  keys.text("kind", name_of(example.kind));
  keys.text("old", name_of(example.shift.before));
  keys.text("new", name_of(example.shift.after));
  if (example.shift.stored) {
    keys.text("stored", name_of(*example.shift.stored));
  }
  keys.number("score_old", example.shift.score_before);
  keys.number("score_new", example.shift.score_after);
  keys.each("rules", example.shift.rules, append_rule_shift);
  if (example.rules_left_out > 0) {
    keys.whole("rules_left_out", example.rules_left_out);
  }
  JsonObject source(keys.key("source"));
  source.text("name", example.source);
  source.whole("line", example.line);
  source.close();
  keys.close();
}

void append_source(std::string& out, const ReplaySource& source) {
  JsonObject keys(out);
  keys.text("name", source.name);
  keys.whole("seen", source.seen);
  keys.whole("judged", source.judged);
  keys.whole("unreadable", source.unreadable);
  keys.flag("whole", source.whole);
  keys.close();
}

void append_stored(std::string& out, const StoredCoverage& stored) {
  JsonObject keys(out);
  keys.text("name", stored.name);
  keys.whole("stored", stored.stored);
  keys.whole("rejudged", stored.rejudged);
  keys.text("why_not", stored.why_not);
  keys.close();
}

void append_kept(std::string& out, const KeptReplay& kept,
                 uint64_t old_not_as_stored) {
  JsonObject keys(out);
  keys.whole("judged", kept.judged);
  keys.whole("in_part", kept.in_part);
  keys.whole("as_stored", kept.as_stored);
  keys.whole("not_as_stored", kept.not_as_stored);
  keys.whole("old_action_not_as_stored", old_not_as_stored);
  keys.whole("nothing_kept", kept.nothing_kept);
  keys.whole("damaged", kept.damaged);
  keys.whole("no_ruleset", kept.no_ruleset);
  if (!kept.damaged_blocks.empty()) {
    keys.each("damaged_blocks", kept.damaged_blocks,
              [](std::string& list, const std::string& block) {
                append_json_string(list, block);
              });
  }
  using Row = std::pair<std::string, KeptReplay::Undecided>;
  const std::vector<Row> rows(kept.not_replayable.begin(),
                              kept.not_replayable.end());
  keys.each("not_replayable", rows, [](std::string& to, const Row& row) {
    JsonObject rule(to);
    rule.text("rule", row.first);
    rule.whole("records", row.second.records);
    const std::vector<std::string> facts(row.second.facts.begin(),
                                         row.second.facts.end());
    rule.each("facts", facts, [](std::string& list, const std::string& fact) {
      append_json_string(list, fact);
    });
    rule.close();
  });
  keys.close();
}

void append_not_counted(std::string& out,
                        const std::pair<std::string, uint64_t>& row) {
  JsonObject keys(out);
  keys.text("rule", row.first);
  keys.whole("records", row.second);
  keys.text("why", kNotCounted);
  keys.close();
}

}  // namespace

std::string to_json(const ReplayReport& report) {
  const ReplayTally& tally = report.tally;
  std::vector<RuleRow> rules;
  for (const auto& row : tally.rules()) {
    if (row.second.changed()) rules.push_back(row);
  }
  std::vector<ReplayExample> examples;
  for (const auto& [change, some] : tally.examples()) {
    examples.insert(examples.end(), some.begin(), some.end());
  }
  std::string out;
  JsonObject keys(out);
  append_side(keys.key("old"), report.before);
  append_side(keys.key("new"), report.after);
  keys.whole("records", tally.records());
  keys.whole("raised", tally.raised());
  keys.whole("lowered", tally.lowered());
  keys.whole("same_action", tally.same_action());
  keys.whole("other_words", tally.wording());
  keys.whole("without_a_rule", tally.without_a_rule());
  append_matrix(keys.key("actions"), tally);
  keys.each("rules", rules, append_rule);
  keys.each("examples", examples, append_example);
  keys.each("sources", report.sources, append_source);
  keys.each("stored", report.stored, append_stored);
  if (report.kept) {
    append_kept(keys.key("kept"), *report.kept, tally.not_as_stored());
  }
  if (!report.not_counted.empty()) {
    const std::vector<std::pair<std::string, uint64_t>> rows(
        report.not_counted.begin(), report.not_counted.end());
    keys.each("not_replayable", rows, append_not_counted);
  }
  keys.close();
  out += '\n';
  return out;
}

}  // namespace simwarden
