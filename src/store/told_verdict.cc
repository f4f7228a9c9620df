// SPDX-License-Identifier: Apache-2.0
#include "store/told_verdict.h"

#include <algorithm>
#include <string>

#include <simdjson.h>

// Each function here reads what the function of the same thing in
// record/verdict_json.cc writes; a test holds one against the other.
namespace simwarden {
namespace {

namespace dom = simdjson::dom;

std::string text_at(const dom::element& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

double number_at(const dom::element& object, std::string_view key) {
  double number = 0;
  if (object[key].get(number) != simdjson::SUCCESS) return 0;
  return number;
}

uint32_t whole_at(const dom::element& object, std::string_view key) {
  uint64_t whole = 0;
  if (object[key].get(whole) != simdjson::SUCCESS) return 0;
  return uint32_t(std::min<uint64_t>(whole, UINT32_MAX));
}

// Hands each element of the array to `read`, which makes a T of it.
template <typename T>
std::vector<T> each_at(const dom::element& object, std::string_view key,
                       T (*read)(const dom::element&)) {
  std::vector<T> made;
  dom::array array;
  if (object[key].get(array) != simdjson::SUCCESS) return made;
  for (const dom::element element : array) made.push_back(read(element));
  return made;
}

std::string text_of(const dom::element& element) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

// The place of `name` among `names`; nothing when it is not there.
template <typename Names>
std::optional<size_t> place_of(std::string_view name, const Names& names) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return size_t(found - std::begin(names));
}

Action action_at(const dom::element& object, std::string_view key) {
  return Action(place_of(text_at(object, key), kActionNames).value_or(0));
}

void read_value(const dom::element& from, Evidence& evidence) {
  dom::element value;
  if (from["value"].get(value) != simdjson::SUCCESS) return;
  evidence.quoted = value.is_string();
  evidence.value = evidence.quoted ? text_of(value) : simdjson::minify(value);
}

Evidence evidence_of(const dom::element& from) {
  constexpr std::string_view kStates[] = {"", "not_recorded", "null",
                                          "invalid"};
  Evidence evidence;
  evidence.fact = text_at(from, "fact");
  evidence.state =
      Evidence::State(place_of(text_at(from, "state"), kStates).value_or(0));
  evidence.begin = whole_at(from, "begin");
  evidence.end = whole_at(from, "end");
  evidence.text = text_at(from, "text");
  evidence.seen_as = text_at(from, "seen_as");
  evidence.by = text_at(from, "by");
  read_value(from, evidence);
  return evidence;
}

std::optional<WaiverNote> waiver_at(const dom::element& object) {
  dom::element from;
  if (object["waiver"].get(from) != simdjson::SUCCESS) return std::nullopt;
  return WaiverNote{.id = text_at(from, "id"),
                    .asked_by = text_at(from, "asked_by"),
                    .approved_by = text_at(from, "approved_by"),
                    .why = text_at(from, "why"),
                    .until = text_at(from, "until")};
}

Finding finding_of(const dom::element& from) {
  Finding finding;
  finding.rule = text_at(from, "rule");
  if (text_at(from, "outcome") == name_of(Outcome::waived)) {
    finding.outcome = Outcome::waived;
  }
  finding.family = text_at(from, "family");
  finding.severity = text_at(from, "severity");
  finding.score = number_at(from, "score");
  finding.title = text_at(from, "title");
  finding.reason = text_at(from, "reason");
  finding.remedy = text_at(from, "remedy");
  finding.evidence = each_at(from, "evidence", evidence_of);
  finding.controls = each_at(from, "controls", text_of);
  bool shadow = false;
  finding.shadow = from["shadow"].get(shadow) == simdjson::SUCCESS && shadow;
  finding.waiver = waiver_at(from);
  return finding;
}

BlockVerdict block_of(const dom::element& from) {
  return {.block = whole_at(from, "block"),
          .fact = text_at(from, "fact"),
          .begin = whole_at(from, "begin"),
          .end = whole_at(from, "end"),
          .action = action_at(from, "action"),
          .score = number_at(from, "score"),
          .rules = each_at(from, "rules", text_of)};
}

// Earlier builds wrote the rule alone.
FailedRule failed_of(const dom::element& from) {
  if (from.is_string()) return {text_of(from), ""};
  return {text_at(from, "rule"), text_at(from, "error")};
}

InvalidField invalid_of(const dom::element& from) {
  return {.fact = text_at(from, "fact"),
          .value = text_at(from, "value"),
          .expected = text_at(from, "expected")};
}

ClosedNote closed_of(const dom::element& from) {
  return {.attachment = whole_at(from, "attachment"),
          .name = text_at(from, "name"),
          .reading = text_at(from, "reading")};
}

}  // namespace

std::optional<Verdict> read_verdict(std::string_view json) {
  dom::parser parser;
  dom::element from;
  if (parser.parse(json.data(), json.size()).get(from) != simdjson::SUCCESS ||
      !place_of(text_at(from, "action"), kActionNames)) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.id = text_at(from, "id");
  verdict.kind = text_at(from, "kind") == name_of(Kind::message)
                     ? Kind::message
                     : Kind::request;
  verdict.action = action_at(from, "action");
  verdict.score = number_at(from, "score");
  verdict.findings = each_at(from, "findings", finding_of);
  verdict.blocks = each_at(from, "blocks", block_of);
  verdict.blocks_left = whole_at(from, "blocks_left");
  verdict.undetermined = each_at(from, "undetermined", text_of);
  verdict.failed = each_at(from, "failed", failed_of);
  verdict.not_recorded = each_at(from, "not_recorded", text_of);
  verdict.invalid = each_at(from, "invalid", invalid_of);
  verdict.closed = each_at(from, "closed", closed_of);
  verdict.closed_left = whole_at(from, "closed_left");
  verdict.would_pass_if = each_at(from, "would_pass_if", text_of);
  verdict.would_become = action_at(from, "would_become");
  return verdict;
}

}  // namespace simwarden
