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

// "Until further notice" is a changed rule: audits come by each year, and what
// five of them let pass is no exception any more.
constexpr int64_t kWaiverDaysMax = 5 * 366;
// Of a waiver without a first day: no record is of a time before simwarden.
constexpr int64_t kFirstDay = 20'454;  // 2026-01-01, since 1970-01-01

int64_t day_of(const CalendarTime& time) {
  constexpr int64_t kSecondsADay = 86'400;
  return time.day ? *time.day : time.moment.seconds / kSecondsADay;
}

void check_end(YamlReader& reader, const YamlNode& node, const Period& period) {
  if (!period.until) return;
  const int64_t first = period.from ? day_of(*period.from) : kFirstDay;
  if (day_of(*period.until) - first <= kWaiverDaysMax) return;
  reader.complain(
      *node.find("until"), "P209",
      fmt::format("{} is more than five years after {}", period.until->text,
                  period.from ? period.from->text : "2026-01-01"),
      {},
      period.from ? "an exception that lasts is a changed rule"
                  : "an exception that lasts is a changed rule; one of a later "
                    "time says from when: from");
}

std::string said_text(YamlReader& reader, const YamlNode& node,
                      std::string_view key) {
  std::string text = reader.text(node, key);
  const YamlNode* value = node.find(key);
  if (value != nullptr && is_text(*value)) check_said(reader, *value, key);
  return text;
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
  waiver.asked_by = said_text(reader, node, "asked_by");
  waiver.approved_by = said_text(reader, node, "approved_by");
  warn_of_one_person(reader, node, waiver);
  waiver.why = said_text(reader, node, "why");
  // A waiver without an end would be a changed rule.
  reader.require(node, "until");
  const Period period = read_period(reader, node, "from", "until");
  check_end(reader, node, period);
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
