// SPDX-License-Identifier: Apache-2.0
#include "report/tally_verdict.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <fmt/format.h>
#include <simdjson.h>

#include "diag/characters.h"
#include "record/time.h"
#include "report/places.h"

namespace simwarden {

namespace dom = simdjson::dom;

// What is read of a finding, in one go over its members.
struct FindingView {
  std::string_view rule;
  std::string_view outcome;
  std::string_view title;
  std::string_view family;
  std::string_view severity;
  bool shadow = false;
  std::optional<dom::array> controls;
  std::optional<dom::array> evidence;

  explicit FindingView(const dom::object& finding) {
    for (const auto [key, value] : finding) take(key, value);
  }
  bool counts() const { return outcome == "hit" && !shadow; }

 private:
  void take(std::string_view key, const dom::element& value) {
    if (key == "rule") return read(value, rule);
    if (key == "outcome") return read(value, outcome);
    if (key == "title") return read(value, title);
    if (key == "family") return read(value, family);
    if (key == "severity") return read(value, severity);
    if (key == "controls") return read(value, controls);
    if (key == "evidence") return read(value, evidence);
    if (key == "shadow") shadow = value.is_bool() && bool(value);
  }
  static void read(const dom::element& value, std::string_view& into) {
    if (value.get_string().get(into) != simdjson::SUCCESS) into = {};
  }
  static void read(const dom::element& value, std::optional<dom::array>& into) {
    dom::array array;
    if (value.get_array().get(array) == simdjson::SUCCESS) into = array;
  }
};

namespace {

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

std::string_view text_at(const dom::element& object, const char* key) {
  std::string_view text;
  if (object[key].get_string().get(text) != simdjson::SUCCESS) return {};
  return text;
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

std::string shortened(const std::string& text) {
  if (text.size() <= kEvidenceBytes) return text;
  return std::string(cut(text, kEvidenceBytes)) + "…";
}

// "copy", "true", "[]", "not recorded"; "" when there is no value.
std::string value_of(const dom::element& evidence) {
  const std::string_view state = text_at(evidence, "state");
  if (state == "not_recorded") return std::string(kNotRecorded);
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

CaseFinding case_finding(const FindingView& finding) {
  CaseFinding made{.rule = std::string(finding.rule),
                   .title = std::string(finding.title),
                   .severity = std::string(finding.severity),
                   .evidence = {}};
  if (!finding.evidence) return made;
  for (const dom::element piece : *finding.evidence) {
    made.has_more = made.evidence.size() == kEvidenceShown;
    if (made.has_more) break;
    made.evidence.push_back(
        {std::string(text_at(piece, "fact")), shortened(value_of(piece))});
  }
  return made;
}

// The findings that count: hits of rules that are not on trial.
template <typename Take>
void each_hit(const dom::element& verdict, Take take) {
  const auto findings = array_at(verdict, "findings");
  if (!findings) return;
  for (const dom::element element : *findings) {
    dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS) continue;
    const FindingView finding(object);
    if (finding.counts()) take(finding);
  }
}

void assign(std::string& old, std::string_view now) {
  if (old != now) old = now;
}

void describe(RuleNumbers& rule, const FindingView& finding) {
  assign(rule.title, finding.title);
  assign(rule.family, finding.family);
  assign(rule.severity, finding.severity);
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
bool by_lot_of_text(const MessageText& a, const MessageText& b) {
  return by_lot(a.of, b.of);
}
uint64_t lot_of(const SampleItem& item) {
  return item.lot;
}
uint64_t lot_of(const MessageText& text) {
  return text.of.lot;
}

}  // namespace

// One value of a fact, and where it is counted; the text lives in its key.
using ValuePlaces = Places<uint64_t>;

struct VerdictTally::Parts {
  explicit Parts(Numbers& numbers)
      : rules(numbers.rules),
        families(numbers.families),
        not_recorded(numbers.not_recorded),
        profiles(numbers.profiles),
        months(numbers.months),
        request_days(numbers.request_days),
        seen_by(numbers.seen_by),
        facts(numbers.values),
        controls(numbers.controls) {}

  // Marks it; whether the record at hand comes to it for the first time.
  template <typename Place>
  bool is_first(Place& place) const {
    if (place.record == record) return false;
    place.record = record;
    return true;
  }
  void enter(const ByKind& counts, std::string_view name) {
    profile_at = &counts;
    const auto& known = profiles.all();
    const bool is_own = known.size() < kNamesMax ||
                        known.find(std::string(name)) != known.end();
    profile = is_own ? name : kOther;
  }
  ValuePlaces& values_of(std::string_view fact) {
    auto& counts = *facts.find(fact).value;
    const auto known = values.find(&counts);
    if (known != values.end()) return known->second;
    return values.try_emplace(&counts, counts, kValuesMax).first->second;
  }
  // An obligation, and where it is counted by profile.
  using OfProfile = std::map<std::string, ControlKinds>;
  struct Control {
    Places<OfProfile>::Place* place;
    Places<ControlKinds>* profiles;
    // Of the profile that was counted last.
    const void* profile = nullptr;
    ControlKinds* numbers = nullptr;
  };
  Control control_at(std::string_view name) {
    auto& place = controls.find(name);
    return {&place, &control_profiles
                         .try_emplace(place.value, *place.value, kProfilesMax)
                         .first->second};
  }
  // Counts the record, if it is the first time for this obligation.
  ControlNumbers* first_of(Control& control, Kind kind) const {
    if (!is_first(*control.place)) return nullptr;
    if (control.profile != profile_at) {
      control.profile = profile_at;
      control.numbers = &control.profiles->at(profile);
    }
    return &(*control.numbers)[size_t(kind)];
  }

  // A rule that could not be answered, and what it serves.
  struct Unanswered {
    std::string rule;
    RuleNumbers* numbers = nullptr;
    std::vector<Control> serves;
  };
  // Every verdict has some, and the same ones again and again: found without
  // hashing them whole.
  Unanswered& unanswered_of(std::string_view rule, const Question& question) {
    uint64_t letters = rule.size();
    std::memcpy(&letters, rule.data(), std::min(rule.size(), sizeof(letters)));
    Unanswered*& last =
        last_unanswered[(letters * 0x9e3779b97f4a7c15ULL) >> kPlacesShift];
    if (last != nullptr && last->rule == rule) return *last;
    RuleNumbers* numbers = &rules.at(rule);
    const auto [known, fresh] = unanswered.try_emplace(numbers);
    last = &known->second;
    if (!fresh) return *last;
    *last = {std::string(rule), numbers, {}};
    const auto found = question.serves.find(last->rule);
    if (found == question.serves.end()) return *last;
    for (const std::string& control : found->second) {
      last->serves.push_back(control_at(control));
    }
    return *last;
  }

  dom::parser parser;
  std::vector<char> buffer;
  dom::element verdict;  // of the row at hand
  bool parsed = false;
  uint64_t record = 0;  // how many rows came so far

  Places<RuleNumbers> rules;
  Places<std::map<std::string, uint64_t>> families;
  Places<KindCounts> not_recorded;
  Places<ByKind> profiles;
  Places<std::map<int64_t, ActionCounts>> months;
  Places<DaySpan> request_days;
  Places<uint64_t> seen_by;
  Places<std::map<std::string, uint64_t>> facts;
  std::unordered_map<const void*, ValuePlaces> values;
  Places<OfProfile> controls;
  std::unordered_map<const void*, Places<ControlKinds>> control_profiles;
  // Those that `profiles` tells apart, and kOther.
  static constexpr size_t kProfilesMax = kNamesMax + 1;
  std::unordered_map<const RuleNumbers*, Unanswered> unanswered;
  static constexpr int kPlacesShift = 54;
  std::array<Unanswered*, size_t{1} << (64 - kPlacesShift)> last_unanswered{};
  // Of the record at hand: its place, and the name that it is counted under.
  const void* profile_at = nullptr;
  std::string profile;
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
      parts_(std::make_unique<Parts>(numbers)) {}

VerdictTally::~VerdictTally() = default;

bool VerdictTally::add(const StoredVerdict& v) {
  ++parts_->record;
  if (v.kind == Kind::request && v.when) {
    parts_->request_days.at(v.profile).add(local_time(*v.when).day);
  }
  switch (question_.period.place(v.when)) {
    case ReportPeriod::Place::inside: add_inside(v); return true;
    case ReportPeriod::Place::previous: add_previous(v); return false;
    case ReportPeriod::Place::no_time: ++numbers_.no_time; return false;
    case ReportPeriod::Place::outside: break;
  }
  ++numbers_.outside;
  return false;
}

void VerdictTally::add_inside(const StoredVerdict& v) {
  const size_t kind = size_t(v.kind);
  const size_t action = size_t(v.action);
  ++numbers_.totals[kind].by[action];
  ByKind& profile = parts_->profiles.at(v.profile);
  if (parts_->profile_at != &profile) parts_->enter(profile, v.profile);
  ++profile[kind].by[action];
  ++numbers_.sources[size_t(v.source)].period[kind].by[action];
  ++numbers_.rulesets[size_t(v.ruleset)].verdicts;
  if (v.score == 0) ++numbers_.score_zero[kind];
  const auto tens = size_t(std::clamp(v.score / 10, 0.0, 9.0));
  ++numbers_.scores[kind][tens];
  if (v.kind == Kind::request && !v.subject.empty()) {
    parts_->subjects.push_back(hash_of(v.subject));
  }
  add_time(v);
  draw_lot(v);
  parts_->parse(v.json);
  if (!parts_->parsed) return add_without_findings(v);
  add_findings(v);
  add_undetermined(v);
}

void VerdictTally::add_without_findings(const StoredVerdict& v) {
  ++(v.purged ? numbers_.purged : numbers_.not_kept);
  ++numbers_.without_findings[parts_->profile][size_t(v.kind)];
  if (v.action == Action::refuse) offer_case(v);
}

void VerdictTally::add_time(const StoredVerdict& v) {
  const std::optional<Timestamp>& when = v.when;
  if (!when) {
    ++numbers_.timeless;
    return;
  }
  const size_t action = size_t(v.action);
  const auto [day, second] = local_time(*when);
  ++numbers_.days[day][size_t(v.kind)].by[action];
  if (v.kind == Kind::request) {
    ++parts_->months.at(v.profile)[month_of_day(day)].by[action];
  }
  const auto hour = size_t(second / 3600);
  const auto weekday = size_t(((day + kDaysToMonday) % 7 + 7) % 7);
  ++numbers_.week[weekday][hour].by[action];
  ++numbers_.zones[when->zone_minutes];
}

void VerdictTally::add_hit(const FindingView& finding, const StoredVerdict& v) {
  Parts& p = *parts_;
  auto& rule = p.rules.find(finding.rule);
  if (!p.is_first(rule)) return;
  RuleNumbers& numbers = *rule.value;
  describe(numbers, finding);
  numbers.asks[size_t(v.kind)] = true;
  ++numbers.hits;
  ++bounded(p.families.at(numbers.family), numbers.severity);
  if (finding.controls) add_controls(*finding.controls, v.kind);
  if (!finding.evidence) return;
  for (const dom::element piece : *finding.evidence) {
    add_evidence(piece, v.kind);
  }
}

void VerdictTally::add_controls(const dom::array& controls, Kind kind) {
  Parts& p = *parts_;
  for (const dom::element element : controls) {
    std::string_view name;
    if (element.get_string().get(name) != simdjson::SUCCESS) continue;
    Parts::Control control = p.control_at(name);
    ControlNumbers* first = p.first_of(control, kind);
    if (first != nullptr) ++first->not_met;
  }
}

void VerdictTally::add_evidence(const dom::element& piece, Kind kind) {
  Parts& p = *parts_;
  const std::string_view fact = text_at(piece, "fact");
  if (is_counted(fact)) {
    auto& value = p.values_of(fact).find(shortened(value_of(piece)));
    if (p.is_first(value)) ++*value.value;
  }
  if (kind != Kind::message) return;
  const std::string_view by = text_at(piece, "by");
  if (by.empty()) return;
  auto& seen = p.seen_by.find(by);
  if (p.is_first(seen)) ++*seen.value;
}

void VerdictTally::add_findings(const StoredVerdict& v) {
  bool critical = v.action == Action::refuse;
  each_hit(parts_->verdict, [&](const FindingView& finding) {
    critical = critical || finding.severity == "critical";
    add_hit(finding, v);
  });
  if (critical) offer_case(v);
}

// After add_findings(): an obligation that is not met is not undetermined.
void VerdictTally::add_undetermined(const StoredVerdict& v) {
  Parts& p = *parts_;
  each_text(p.verdict, "undetermined", [&](std::string_view rule) {
    auto& place = p.unanswered_of(rule, question_);
    ++place.numbers->undetermined[size_t(v.kind)];
    place.numbers->asks[size_t(v.kind)] = true;
    for (Parts::Control& control : place.serves) {
      ControlNumbers* first = p.first_of(control, v.kind);
      if (first != nullptr) ++first->undetermined;
    }
  });
  each_text(p.verdict, "not_recorded", [&](std::string_view fact) {
    ++p.not_recorded.at(fact)[size_t(v.kind)];
  });
}

// After add(): a record whose duty is not met, or cannot be told, by another
// rule stands there. Without findings nobody knows whether it was met.
void VerdictTally::add_waived(const std::string& rule, Kind kind) {
  if (!parts_->parsed) return;
  const auto serves = question_.serves.find(rule);
  if (serves == question_.serves.end()) return;
  for (const std::string& name : serves->second) {
    Parts::Control control = parts_->control_at(name);
    ControlNumbers* first = parts_->first_of(control, kind);
    if (first != nullptr) ++first->waived;
  }
}

void VerdictTally::add_found(const FoundNumbers& found) {
  if (!parts_->parsed || found.all() == 0) return;
  std::set<std::string_view> rules;
  each_hit(parts_->verdict,
           [&](const FindingView& finding) { rules.insert(finding.rule); });
  const auto add = [&found](FoundNumbers& sum) {
    sum.frauds += found.frauds;
    sum.false_alarms += found.false_alarms;
  };
  for (const std::string_view rule : rules) add(parts_->rules.at(rule).found);
  if (rules.empty()) add(numbers_.found_without_hit);
}

void VerdictTally::add_previous(const StoredVerdict& v) {
  ++numbers_.previous_period;
  ++numbers_.previous[size_t(v.kind)].by[size_t(v.action)];
  Parts& p = *parts_;
  p.parse(v.json);
  if (!p.parsed) {
    ++numbers_.previous_without_findings[size_t(v.kind)];
    return;
  }
  each_hit(p.verdict, [&](const FindingView& finding) {
    auto& rule = p.rules.find(finding.rule);
    if (!p.is_first(rule)) return;
    RuleNumbers& numbers = *rule.value;
    ++numbers.previous_hits;
    numbers.asks[size_t(v.kind)] = true;
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
    each_hit(parts_->verdict, [&made](const FindingView& finding) {
      made.findings.push_back(case_finding(finding));
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
  const uint64_t lot = mix(question_.seed ^ mix(uint64_t(v.verdict_id)));
  // A heap whose top is the first to go.
  const auto draw = [lot](auto& sample, size_t size, auto by, auto make) {
    const bool full = sample.size() >= size;
    if (size == 0 || (full && lot >= lot_of(sample.front()))) return;
    if (full) {
      std::pop_heap(sample.begin(), sample.end(), by);
      sample.pop_back();
    }
    sample.push_back(make());
    std::push_heap(sample.begin(), sample.end(), by);
  };
  const auto item = [&v, lot] {
    return SampleItem{lot, v.verdict_id, v.source, v.line,
                      std::string(v.record_id)};
  };
  draw(numbers_.samples[stratum], question_.sample_size, by_lot, item);
  if (v.kind == Kind::message && v.action >= Action::hold) {
    draw(numbers_.texts, kTextsMax, by_lot_of_text, [&] {
      return MessageText{item(), v.action, {}};
    });
  }
}

void VerdictTally::finish() {
  std::sort_heap(numbers_.cases.begin(), numbers_.cases.end(), is_worse);
  for (std::vector<SampleItem>& sample : numbers_.samples) {
    std::sort_heap(sample.begin(), sample.end(), by_lot);
  }
  std::sort_heap(numbers_.texts.begin(), numbers_.texts.end(), by_lot_of_text);
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
