// SPDX-License-Identifier: Apache-2.0
#include "report/tally_verdict.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <simdjson.h>

#include "record/event_time.h"

namespace simwarden {
namespace {

namespace dom = simdjson::dom;

constexpr int64_t kDaysToMonday = 3;  // 1970-01-01 was a Thursday
// Pieces of evidence shown of a finding of a case, and bytes of each value.
constexpr size_t kEvidenceShown = 4;
constexpr size_t kEvidenceBytes = 80;

// Facts whose values are counted: what a record's channel, identity check,
// notice and staff were, where a finding says so. Names end in a dot where
// everything below is meant.
constexpr std::string_view kCountedFacts[] = {
    "request.channel.",
    "request.identity.document.type",
    "request.identity.document.presented_as",
    "request.identity.document.read_method",
    "request.identity.document.authenticity_result",
    "request.identity.registry_check.result",
    "request.identity.matches_subscriber_record",
    "request.identity.biometric.type",
    "request.identity.biometric.result",
    "request.identity.alternative_path",
    "request.auth.weak_only",
    "request.agent.id",
    "request.agent.registered",
    "request.agent.override_used"};

bool is_counted(std::string_view fact) {
  return std::any_of(std::begin(kCountedFacts), std::end(kCountedFacts),
                     [fact](std::string_view wanted) {
                       return wanted.ends_with('.') ? fact.starts_with(wanted)
                                                    : fact == wanted;
                     });
}

// The place of `name`, or of "(other)" when there are too many names.
template <typename Value>
Value& bounded(std::map<std::string, Value>& map, std::string_view name,
               size_t names_max = kNamesMax) {
  const auto found = map.find(std::string(name));
  if (found != map.end()) return found->second;
  return map[map.size() < names_max ? std::string(name) : std::string(kOther)];
}

std::string_view text_at(const dom::element& object, const char* key) {
  std::string_view text;
  if (object[key].get_string().get(text) != simdjson::SUCCESS) return {};
  return text;
}

bool true_at(const dom::element& object, const char* key) {
  bool value = false;
  return object[key].get_bool().get(value) == simdjson::SUCCESS && value;
}

// The array at `key`; none is an empty one.
std::optional<dom::array> array_at(const dom::element& object,
                                   const char* key) {
  dom::array array;
  if (object[key].get_array().get(array) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return array;
}

template <typename Take>
void each_text(const dom::element& object, const char* key, Take take) {
  const auto array = array_at(object, key);
  if (!array) return;
  for (const dom::element element : *array) {
    std::string_view text;
    if (element.get_string().get(text) == simdjson::SUCCESS) take(text);
  }
}

std::string cut(std::string text) {
  if (text.size() <= kEvidenceBytes) return text;
  size_t end = kEvidenceBytes;
  while (end > 0 && (uint8_t(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// "copy", "true", "[]", "not recorded"; "" when there is no value.
std::string value_of(const dom::element& evidence) {
  const std::string_view state = text_at(evidence, "state");
  if (state == "not_recorded") return "not recorded";
  if (state == "null") return "null";
  dom::element value;
  if (evidence["value"].get(value) != simdjson::SUCCESS) {
    return std::string(text_at(evidence, "text"));
  }
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) {
    return std::string(text);
  }
  return simdjson::minify(value);
}

std::string evidence_text(const dom::element& finding) {
  std::string out;
  const auto array = array_at(finding, "evidence");
  if (!array) return out;
  size_t shown = 0;
  for (const dom::element evidence : *array) {
    if (shown++ == kEvidenceShown) return out + "; …";
    if (!out.empty()) out += "; ";
    out += fmt::format("{} = {}", text_at(evidence, "fact"),
                       cut(value_of(evidence)));
  }
  return out;
}

// The findings that count: hits of rules that are not on trial.
template <typename Take>
void each_hit(const dom::element& verdict, Take take) {
  const auto findings = array_at(verdict, "findings");
  if (!findings) return;
  for (const dom::element finding : *findings) {
    const bool counts =
        text_at(finding, "outcome") == "hit" && !true_at(finding, "shadow");
    if (counts) take(finding);
  }
}

void describe(RuleNumbers& rule, const dom::element& finding) {
  rule.title = text_at(finding, "title");
  rule.family = text_at(finding, "family");
  rule.severity = text_at(finding, "severity");
}

uint64_t mix(uint64_t x) {  // splitmix64
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

uint64_t hash_of(std::string_view text) {  // FNV-1a, mixed
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ uint8_t(c)) * 0x100000001b3ULL;
  return mix(hash);
}

// Worse first; of equals the one that was stored first.
bool is_worse(const CriticalCase& a, const CriticalCase& b) {
  if (a.action != b.action) return a.action > b.action;
  if (a.score != b.score) return a.score > b.score;
  return a.verdict_id < b.verdict_id;
}

bool by_lot(const SampleItem& a, const SampleItem& b) {
  return std::tie(a.lot, a.source, a.line) < std::tie(b.lot, b.source, b.line);
}

int64_t month_of(int64_t day) {
  const std::string date = date_text(day);  // "2026-03-02"
  return (std::stoll(date.substr(0, 4)) - 1970) * 12 +
         std::stoll(date.substr(5, 2)) - 1;
}

}  // namespace

struct VerdictTally::Parts {
  dom::parser parser;
  std::vector<char> buffer;
  dom::element verdict;  // of the row at hand
  bool parsed = false;
  // Of the row at hand: what counts a record once.
  std::set<std::string> rules;
  std::set<std::string> not_met;
  std::set<std::string> undetermined;
  std::set<std::pair<std::string, std::string>> values;
  std::set<std::string> seen_by;
  // Of requests: a hash of the pseudonym each, counted at the end.
  std::vector<uint64_t> subjects;

  void parse(std::string_view json) {
    parsed = false;
    if (json.empty()) return;
    if (buffer.size() < json.size() + simdjson::SIMDJSON_PADDING) {
      buffer.resize(2 * json.size() + simdjson::SIMDJSON_PADDING);
    }
    std::memcpy(buffer.data(), json.data(), json.size());
    parsed = parser.parse(buffer.data(), json.size(), false).get(verdict) ==
             simdjson::SUCCESS;
  }
};

VerdictTally::VerdictTally(Numbers& numbers, const Question& question)
    : numbers_(numbers),
      question_(question),
      parts_(std::make_unique<Parts>()) {}

VerdictTally::~VerdictTally() = default;

bool VerdictTally::add(const StoredVerdict& v) {
  const auto when = parse_timestamp(v.event_time);
  switch (question_.period.place(when)) {
    case ReportPeriod::Place::inside: add_inside(v, when); return true;
    case ReportPeriod::Place::previous: add_previous(v); return false;
    case ReportPeriod::Place::no_time: ++numbers_.no_time; return false;
    case ReportPeriod::Place::outside: break;
  }
  ++numbers_.outside;
  return false;
}

void VerdictTally::add_inside(const StoredVerdict& v,
                              const std::optional<Timestamp>& when) {
  const size_t kind = size_t(v.kind);
  const size_t action = size_t(v.action);
  ++numbers_.totals[kind].by[action];
  ++bounded(numbers_.profiles, v.profile)[kind].by[action];
  ++numbers_.sources[size_t(v.source)].period[kind].by[action];
  ++numbers_.rulesets[size_t(v.ruleset)].verdicts;
  if (v.score == 0) ++numbers_.score_zero[kind];
  const auto tens = size_t(std::clamp(v.score / 10, 0.0, 9.0));
  ++numbers_.scores[kind][tens];
  if (v.kind == Kind::request && !v.subject.empty()) {
    parts_->subjects.push_back(hash_of(v.subject));
  }
  add_time(v, when);
  draw_lot(v);
  parts_->parse(v.json);
  if (!parts_->parsed) {
    ++numbers_.not_kept;
    if (v.action == Action::refuse) offer_case(v);
    return;
  }
  add_findings(v);
  add_undetermined(v);
}

void VerdictTally::add_time(const StoredVerdict& v,
                            const std::optional<Timestamp>& when) {
  if (!when) {
    ++numbers_.timeless;
    return;
  }
  const size_t action = size_t(v.action);
  const int64_t day = local_day(*when);
  ++numbers_.days[day][size_t(v.kind)].by[action];
  if (v.kind == Kind::request) {
    ++bounded(numbers_.months, v.profile)[month_of(day)].by[action];
  }
  const int64_t local = when->seconds + int64_t(when->zone_minutes) * 60;
  const auto hour = size_t((local - day * 86400) / 3600);
  const auto weekday = size_t(((day + kDaysToMonday) % 7 + 7) % 7);
  ++numbers_.week[weekday][std::min<size_t>(hour, 23)].by[action];
  ++numbers_.zones[when->zone_minutes];
}

void VerdictTally::add_hit(const dom::element& finding, Kind kind) {
  Parts& p = *parts_;
  const std::string rule(text_at(finding, "rule"));
  if (!p.rules.insert(rule).second) return;
  RuleNumbers& numbers = bounded(numbers_.rules, rule);
  describe(numbers, finding);
  numbers.asks_messages = kind == Kind::message;
  ++numbers.hits;
  ++bounded(bounded(numbers_.families, numbers.family), numbers.severity);
  each_text(finding, "controls",
            [&p](std::string_view control) { p.not_met.emplace(control); });
  const auto evidence = array_at(finding, "evidence");
  if (!evidence) return;
  for (const dom::element piece : *evidence) {
    const std::string_view fact = text_at(piece, "fact");
    if (is_counted(fact)) p.values.emplace(fact, cut(value_of(piece)));
    const std::string_view by = text_at(piece, "by");
    if (kind == Kind::message && !by.empty()) p.seen_by.emplace(by);
  }
}

void VerdictTally::add_findings(const StoredVerdict& v) {
  Parts& p = *parts_;
  p.rules.clear();
  p.not_met.clear();
  p.values.clear();
  p.seen_by.clear();
  bool critical = v.action == Action::refuse;
  each_hit(p.verdict, [&](const dom::element& finding) {
    critical = critical || text_at(finding, "severity") == "critical";
    add_hit(finding, v.kind);
  });
  for (const std::string& control : p.not_met) {
    ++bounded(bounded(numbers_.controls, control), v.profile).not_met;
  }
  for (const auto& [fact, value] : p.values) {
    ++bounded(bounded(numbers_.values, fact), value, kValuesMax);
  }
  for (const std::string& by : p.seen_by) ++bounded(numbers_.seen_by, by);
  if (critical) offer_case(v);
}

void VerdictTally::add_undetermined(const StoredVerdict& v) {
  Parts& p = *parts_;
  p.undetermined.clear();
  each_text(p.verdict, "undetermined", [this, &p](std::string_view rule) {
    ++bounded(numbers_.rules, rule).undetermined;
    const auto serves = question_.serves.find(std::string(rule));
    if (serves == question_.serves.end()) return;
    p.undetermined.insert(serves->second.begin(), serves->second.end());
  });
  each_text(p.verdict, "not_recorded", [this](std::string_view fact) {
    ++bounded(numbers_.not_recorded, fact);
  });
  for (const std::string& control : p.undetermined) {
    if (p.not_met.contains(control)) continue;  // it is not met anyway
    ++bounded(bounded(numbers_.controls, control), v.profile).undetermined;
  }
}

void VerdictTally::add_previous(const StoredVerdict& v) {
  ++numbers_.previous_period;
  ++numbers_.previous[size_t(v.kind)].by[size_t(v.action)];
  Parts& p = *parts_;
  p.parse(v.json);
  if (!p.parsed) return;
  p.rules.clear();
  each_hit(p.verdict, [this, &p](const dom::element& finding) {
    const std::string rule(text_at(finding, "rule"));
    if (!p.rules.insert(rule).second) return;
    RuleNumbers& numbers = bounded(numbers_.rules, rule);
    ++numbers.previous_hits;
    if (numbers.title.empty()) describe(numbers, finding);
  });
}

void VerdictTally::offer_case(const StoredVerdict& v) {
  ++numbers_.critical;
  std::vector<CriticalCase>& cases = numbers_.cases;
  CriticalCase made{v.verdict_id,
                    v.source,
                    v.line,
                    std::string(v.record_id),
                    v.kind,
                    v.action,
                    v.score,
                    std::string(v.event_time),
                    std::string(v.subject),
                    {},
                    {}};
  // A heap whose top is the mildest of the worst.
  const bool full = cases.size() >= question_.cases_max;
  if (question_.cases_max == 0) return;
  if (full && !is_worse(made, cases.front())) return;
  if (parts_->parsed) {
    each_hit(parts_->verdict, [&made](const dom::element& finding) {
      made.findings.push_back({std::string(text_at(finding, "rule")),
                               std::string(text_at(finding, "title")),
                               std::string(text_at(finding, "severity")),
                               evidence_text(finding)});
    });
  }
  if (full) {
    std::pop_heap(cases.begin(), cases.end(), is_worse);
    cases.pop_back();
  }
  cases.push_back(std::move(made));
  std::push_heap(cases.begin(), cases.end(), is_worse);
}

void VerdictTally::draw_lot(const StoredVerdict& v) {
  const size_t stratum = size_t(v.action);
  ++numbers_.strata[stratum];
  if (question_.sample_size == 0) return;
  std::vector<SampleItem>& sample = numbers_.samples[stratum];
  const uint64_t lot = mix(question_.seed ^ mix(uint64_t(v.verdict_id)));
  const bool full = sample.size() >= question_.sample_size;
  if (full && lot >= sample.front().lot) return;
  if (full) {
    std::pop_heap(sample.begin(), sample.end(), by_lot);
    sample.pop_back();
  }
  sample.push_back(
      {lot, v.verdict_id, v.source, v.line, std::string(v.record_id)});
  std::push_heap(sample.begin(), sample.end(), by_lot);
}

void VerdictTally::finish() {
  std::sort_heap(numbers_.cases.begin(), numbers_.cases.end(), is_worse);
  for (std::vector<SampleItem>& sample : numbers_.samples) {
    std::sort_heap(sample.begin(), sample.end(), by_lot);
  }
  std::vector<uint64_t>& subjects = parts_->subjects;
  std::sort(subjects.begin(), subjects.end());
  for (size_t i = 0; i < subjects.size();) {
    size_t end = i;
    while (end < subjects.size() && subjects[end] == subjects[i]) ++end;
    ++numbers_.repeats[end - i];
    i = end;
  }
}

}  // namespace simwarden
