// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "record/verdict.h"
#include "report/people.h"
#include "report/period.h"

// What a report counts, as plain values: one pass over the store, memory that
// does not grow with the verdicts (but 8 bytes a request, see `repeats`).
//
//   const Result<Numbers> numbers = count_store("out.db", question);
//
// Each block of a source counts once: under the ruleset that judged it last.
namespace simwarden {

// Names that come out of a database (rules, facts, values …) are counted one
// by one up to here, then together as "(other)": a hostile store shall not
// fill the memory.
inline constexpr size_t kNamesMax = 10'000;
inline constexpr std::string_view kOther = "(other)";
// Values of one fact that are told apart.
inline constexpr size_t kValuesMax = 200;

struct ActionCounts {
  std::array<uint64_t, kActionNames.size()> by{};

  uint64_t operator[](Action action) const { return by[size_t(action)]; }
  uint64_t total() const { return by[0] + by[1] + by[2] + by[3]; }
  uint64_t flagged() const { return total() - by[0]; }
  uint64_t stopped() const { return by[2] + by[3]; }  // held or refused
};
// A request, a message.
using ByKind = std::array<ActionCounts, 2>;

struct RuleNumbers {
  std::string title;
  std::string family;
  std::string severity;
  uint64_t hits = 0;  // that count, in records
  uint64_t previous_hits = 0;
  uint64_t shadow_hits = 0;
  uint64_t waived_hits = 0;
  uint64_t undetermined = 0;
  bool asks_messages = false;
};

struct WaiverNumbers {
  std::string rule;
  std::string asked_by;
  std::string approved_by;
  std::string why;
  std::string until;
  uint64_t records = 0;
};

// Of one obligation or instrument under one profile, in records.
struct ControlNumbers {
  uint64_t not_met = 0;
  uint64_t undetermined = 0;
  uint64_t waived = 0;
};

struct CaseFinding {
  std::string rule;
  std::string title;
  std::string severity;
  std::string evidence;  // "request.reason = lost; …", masked
};

struct CriticalCase {
  int64_t verdict_id = 0;
  int64_t source = 0;
  uint64_t line = 0;
  std::string record_id;
  Kind kind = Kind::request;
  Action action = Action::refuse;
  double score = 0;
  std::string event_time;
  std::string subject;  // its pseudonym
  std::vector<CaseFinding> findings;
  CaseState decided = {};
};

struct SourceNumbers {
  int64_t source_id = 0;
  int64_t run_id = 0;
  std::string name;
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;
  std::string state;
  uint64_t bytes = 0;
  std::string digest;
  ByKind period{};  // its verdicts in the period
};

struct RunNumbers {
  int64_t run_id = 0;
  int64_t ruleset_id = 0;
  std::string program_version;
  std::string profile;
  std::string key_id;
  std::string started_at;
  std::string ended_at;
  std::string status;
};

struct RulesetNumbers {
  int64_t ruleset_id = 0;
  std::string digest;
  std::string packs;  // "sim-replacement@1.0.0, smishing@1.0.0"
  std::string first_seen_at;
  uint64_t verdicts = 0;  // in the period
};

// A record to be looked at by a person, chosen by chance.
struct SampleItem {
  uint64_t lot = 0;  // the smallest are the sample
  int64_t verdict_id = 0;
  int64_t source = 0;
  uint64_t line = 0;
  std::string record_id;
  CaseState decided = {};
};

struct Numbers {
  std::vector<RunNumbers> runs;
  std::vector<RulesetNumbers> rulesets;
  std::vector<SourceNumbers> sources;
  std::map<std::string, uint64_t> errors;          // by code, whole store
  std::map<std::string, uint64_t> invalid_fields;  // by fact, whole store

  ByKind totals{};
  ByKind previous{};
  std::map<int64_t, ByKind> days;  // since 1970, in the zone of the record
  // Profile -> month (1970-01 is 0) -> requests.
  std::map<std::string, std::map<int64_t, ActionCounts>> months;
  std::map<std::string, ByKind> profiles;
  // [Monday is 0][hour], in the zone of the record.
  std::array<std::array<ActionCounts, 24>, 7> week{};
  std::array<std::array<uint64_t, 10>, 2> scores{};  // 0-9, 10-19 … 90-100
  std::array<uint64_t, 2> score_zero{};
  std::map<int, uint64_t> zones;  // minutes east of UTC -> records

  std::map<std::string, RuleNumbers> rules;
  std::map<std::string, std::map<std::string, uint64_t>> families;  // severity
  std::map<std::string, uint64_t> not_recorded;  // fact -> records
  std::map<std::string, WaiverNumbers> waivers;
  // Control reference -> profile -> counts.
  std::map<std::string, std::map<std::string, ControlNumbers>> controls;
  // Fact -> value -> records with a finding that names it.
  std::map<std::string, std::map<std::string, uint64_t>> values;
  // What saw the spans in messages: "contact", "patterns.x" -> records.
  std::map<std::string, uint64_t> seen_by;

  uint64_t critical = 0;                           // all of them
  std::vector<CriticalCase> cases;                 // the worst, worst first
  std::array<uint64_t, 4> strata{};                // population by action
  std::array<std::vector<SampleItem>, 4> samples;  // by action, by lot
  // Requests of one number -> how many numbers have so many.
  std::map<uint64_t, uint64_t> repeats;

  PeopleNumbers people;

  uint64_t superseded = 0;  // judged again under a later ruleset
  uint64_t outside = 0;     // of the period
  uint64_t previous_period = 0;
  uint64_t no_time = 0;   // left out: nobody knows when it was
  uint64_t timeless = 0;  // counted, but on no day
  uint64_t not_kept = 0;  // verdicts without their findings
};

struct Question {
  ReportPeriod period;
  size_t cases_max = 50;
  size_t sample_size = 25;
  uint64_t seed = 1;
  // Rule -> the obligations that it serves.
  std::map<std::string, std::vector<std::string>> serves;
};

// Reads a store, also while a run is writing (it sees one moment).
Result<Numbers> count_store(const std::string& path, const Question& question);

}  // namespace simwarden
