// SPDX-License-Identifier: Apache-2.0
#include "policy/waiver_reader.h"

#include <fmt/format.h>

#include "policy/calendar.h"
#include "policy/condition.h"
#include "policy/names.h"
#include "record/person.h"

namespace simwarden {
namespace {

// Whoever approves what he asked for himself has asked nobody. Rulesets of
// before have such waivers: they still load.
void warn_of_one_person(YamlReader& reader, const YamlNode& node,
                        const Waiver& waiver) {
  if (person_key(waiver.asked_by).empty()) return;
  if (!same_person(waiver.asked_by, waiver.approved_by)) return;
  Issue issue = reader.file().issue(
      "P207", node.find("approved_by")->place,
      fmt::format("{} asked for this waiver", waiver.approved_by), "one person",
      "let another person approve it");
  issue.severity = Severity::warning;
  reader.issues().add(std::move(issue));
}

WaiverDraft read_one(YamlReader& reader, const YamlNode& node) {
  WaiverDraft draft;
  Waiver& waiver = draft.waiver;
  waiver.file = reader.file().name();
  waiver.place = draft.rule_place = node.place;
  reader.keys(node, {"id", "rule", "when", "asked_by", "approved_by", "why",
                     "from", "until"});
  if (node.type != YamlNode::Type::mapping) return draft;
  waiver.id = reader.text(node, "id");
  if (const YamlNode* id = node.find("id")) {
    waiver.place = id->place;
    if (is_text(*id) && !is_rule_id(id->scalar)) {
      reader.complain(*id, "P110", fmt::format("{} is not an id", id->scalar),
                      {}, "letters, digits and dashes, such as W-2026-017");
    }
  }
  waiver.rule = reader.text(node, "rule");
  if (const YamlNode* rule = node.find("rule")) draft.rule_place = rule->place;
  waiver.asked_by = reader.text(node, "asked_by");
  waiver.approved_by = reader.text(node, "approved_by");
  warn_of_one_person(reader, node, waiver);
  waiver.why = reader.text(node, "why");
  // A waiver without an end would be a changed rule.
  reader.require(node, "until");
  const Period period = read_period(reader, node, "from", "until");
  waiver.from = period.from;
  if (period.until) waiver.until = *period.until;
  // Nor does one for all records exist: that is what a rule's status is for.
  if (reader.require(node, "when")) draft.when = node.find("when");
  return draft;
}

}  // namespace

std::vector<WaiverDraft> read_waivers(const SourceText& file,
                                      const YamlNode& root, Issues& issues) {
  YamlReader reader(file, issues);
  std::vector<WaiverDraft> drafts;
  reader.keys(root, {"waivers"});
  if (root.type != YamlNode::Type::mapping) return drafts;
  if (!reader.require(root, "waivers")) return drafts;
  const YamlNode& waivers = *root.find("waivers");
  if (waivers.type != YamlNode::Type::sequence) {
    reader.complain(waivers, "Y120", "waivers is not a list", {},
                    "- id: …, rule: …, when: …");
    return drafts;
  }
  for (const YamlNode& item : waivers.items) {
    drafts.push_back(read_one(reader, item));
  }
  return drafts;
}

void read_scope(const SourceText& file, WaiverDraft& draft,
                const cel::Environment& environment, Issues& issues) {
  if (draft.when == nullptr) return;
  YamlReader reader(file, issues);
  auto when = read_condition(reader, *draft.when, environment);
  if (when) draft.waiver.when = std::move(*when);
}

}  // namespace simwarden
