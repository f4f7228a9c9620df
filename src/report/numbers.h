// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "record/verdict.h"
#include "report/people.h"
#include "report/period.h"
#include "report/record_numbers.h"
#include "store/retention.h"

// What a report counts, as plain values: one pass over the stores, memory that
// does not grow with the verdicts (but 8 bytes a request, see `repeats`).
//
//   const Result<Numbers> numbers = count_stores({"out.db"}, question);
//
// Each record of a source counts once: under the ruleset that judged it last,
// and where several stores have its block, in the first of them. What people
// decided about an earlier verdict counts for the later one.
namespace simwarden {

// Names that come out of a database (rules, facts, values …) are counted one
// by one up to here, then together as "(other)": a hostile store shall not
// fill the memory.
inline constexpr size_t kNamesMax = 10'000;
inline constexpr std::string_view kOther = "(other)";
// Values of one fact that are told apart.
inline constexpr size_t kValuesMax = 200;

// A request, a message.
using ByKind = std::array<ActionCounts, 2>;
using KindCounts = std::array<uint64_t, 2>;
using Kinds = std::array<bool, 2>;

// From the first day to the last one, since 1970.
struct DaySpan {
  int64_t first = std::numeric_limits<int64_t>::max();
  int64_t last = std::numeric_limits<int64_t>::min();

  void add(int64_t day) {
    first = std::min(first, day);
    last = std::max(last, day);
  }
};

// What people found in records in the end.
struct FoundNumbers {
  uint64_t frauds = 0;
  uint64_t false_alarms = 0;

  uint64_t all() const { return frauds + false_alarms; }
};

struct RuleNumbers {
  std::string title;
  std::string family;
  std::string severity;
  uint64_t hits = 0;  // that count, in records
  uint64_t previous_hits = 0;
  uint64_t shadow_hits = 0;
  uint64_t waived_hits = 0;
  KindCounts undetermined{};
  FoundNumbers found;  // in records that it hit
  Kinds asks{};        // about requests, about messages
};

struct WaiverNumbers {
  std::string rule;
  std::string asked_by;
  std::string approved_by;
  std::string why;
  std::string until;
  uint64_t records = 0;
};

// Of one obligation or instrument, in records: each in one of them, so that
// they and what was clear add up to the records.
struct ControlNumbers {
  uint64_t not_met = 0;
  uint64_t undetermined = 0;
  uint64_t waived = 0;

  uint64_t all() const { return not_met + undetermined + waived; }
  void add(const ControlNumbers& more) {
    not_met += more.not_met;
    undetermined += more.undetermined;
    waived += more.waived;
  }
};
// Of requests, of messages.
using ControlKinds = std::array<ControlNumbers, 2>;

// The value of a fact that the record did not have, among those of `values`
// and of evidence.
inline constexpr std::string_view kNotRecorded = "not recorded";

struct CaseEvidence {
  std::string fact;
  std::string value;  // masked, or kNotRecorded
};

struct CaseFinding {
  std::string rule;
  std::string title;
  std::string severity;
  std::vector<CaseEvidence> evidence;  // the first pieces
  bool has_more = false;               // than these
};

struct CriticalCase {
  int64_t verdict_id = 0;  // see verdict_label()
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

// "3"; of several stores "2.3": run 3 of store 2.
using Label = std::string;

struct SourceNumbers {
  Label run;
  std::string name;
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;
  std::string state;
  uint64_t bytes = 0;
  std::string digest;
  // The label of the run that read the same bytes to their end under the same
  // ruleset before; empty: none.
  Label same_as = {};
  ByKind period{};  // its verdicts in the period

  // Being read still, or broken off: its counts are what is stored of it.
  bool never_ended() const { return state == "never ended"; }
};

// One database. In the order of their first runs, so that a report does not
// depend on the order in which they were named.
struct StoreNumbers {
  std::string name;   // the file as it was named
  std::string head;   // of its chain
  std::string links;  // how many that has
  std::string key_ids;
  uint64_t runs = 0;
  uint64_t verdicts = 0;
  uint64_t twice = 0;  // of them: an earlier store has them
};

// What was deleted, as the store logs it.
struct PurgeNumbers {
  std::string at;
  std::string what;  // the class
  std::string before;
  std::string first_day;  // of the events that went
  std::string last_day;
  std::string keep;  // how long was ordered
  std::string who;
  std::string reason;
  uint64_t blocks = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;
};

// Texts that are kept in clear under a number, and who read them.
struct CaseFileNumbers {
  std::string number;
  std::string opened_at;
  std::string opened_by;
  std::string until;
  uint64_t texts = 0;
  uint64_t left = 0;  // not purged yet
};
struct OpeningNumbers {
  std::string at;
  std::string number;
  std::string who;
  std::string why;
  uint64_t texts = 0;
};

struct RunNumbers {
  Label run;
  Label ruleset;
  std::string program_version;
  std::string profile;
  std::string key_id;
  std::string started_at;
  std::string ended_at;
  std::string status;
};

struct RulesetNumbers {
  Label ruleset;
  std::string digest;
  std::string packs;  // "sim-replacement@1.0.0, smishing@1.0.0"
  std::string first_seen_at;
  uint64_t verdicts = 0;  // in the period
};

// A list whose text decided.
struct ListNumbers {
  Label ruleset;
  std::string path;
  std::string version;  // as the file says; may be empty
  std::string checked;
  std::string sha256;  // of the file
};

// A record to be looked at by a person, chosen by chance.
struct SampleItem {
  uint64_t lot = 0;        // the smallest are the sample
  int64_t verdict_id = 0;  // see verdict_label()
  int64_t source = 0;
  uint64_t line = 0;
  std::string record_id;
  CaseState decided = {};
};

// What is shown of a message: a masked piece of its text.
struct MessageText {
  SampleItem of;
  Action action = Action::hold;
  std::string excerpt;  // empty: not kept, or it cannot be read
};
inline constexpr size_t kTextsMax = 10;

// Two databases that are copies of one up to a link, and both went on
// (store_forks.h).
struct StoreFork {
  size_t first = 0;  // of the stores, from 0
  size_t second = 0;
  int64_t link = 0;  // the last one that they have in common
};

struct Numbers {
  std::vector<StoreNumbers> stores;
  std::vector<StoreFork> forks;
  std::string newest;  // when something was stored last in any of them
  std::vector<PurgeNumbers> purges;  // oldest first
  std::vector<CaseFileNumbers> case_files;
  std::vector<OpeningNumbers> openings;
  // By class of retention: the first day whose records still have it.
  std::array<std::string, kRetentionClassCount> oldest;
  std::string first_until;  // of cases whose texts are there
  std::vector<RunNumbers> runs;
  std::vector<RulesetNumbers> rulesets;
  std::vector<ListNumbers> lists;
  std::vector<SourceNumbers> sources;
  std::map<std::string, uint64_t> errors;          // by code, whole store
  std::map<std::string, uint64_t> invalid_fields;  // by fact, whole store

  ByKind totals{};
  ByKind previous{};
  std::map<int64_t, ByKind> days;  // since 1970, in the zone of the record
  // Profile -> month (1970-01 is 0) -> requests.
  std::map<std::string, std::map<int64_t, ActionCounts>> months;
  // Profile -> the days of its requests, inside the period or not.
  std::map<std::string, DaySpan> request_days;
  std::map<std::string, ByKind> profiles;
  // [Monday is 0][hour], in the zone of the record.
  std::array<std::array<ActionCounts, 24>, 7> week{};
  std::array<std::array<uint64_t, 10>, 2> scores{};  // 0-9, 10-19 … 90-100
  std::array<uint64_t, 2> score_zero{};
  std::map<int, uint64_t> zones;  // minutes east of UTC -> records

  std::map<std::string, RuleNumbers> rules;
  FoundNumbers found_without_hit;  // in records that no rule hit
  std::map<std::string, std::map<std::string, uint64_t>> families;  // severity
  std::map<std::string, KindCounts> not_recorded;  // fact -> records
  std::map<std::string, WaiverNumbers> waivers;
  // Control reference -> profile, one of `profiles` -> counts.
  std::map<std::string, std::map<std::string, ControlKinds>> controls;
  // Fact -> value -> records with a finding that names it.
  std::map<std::string, std::map<std::string, uint64_t>> values;
  // What saw the spans in messages: "contact", "patterns.x" -> records.
  std::map<std::string, uint64_t> seen_by;

  uint64_t critical = 0;                           // all of them
  std::vector<CriticalCase> cases;                 // the worst, worst first
  std::array<uint64_t, 4> strata{};                // population by action
  std::array<std::vector<SampleItem>, 4> samples;  // by action, by lot
  std::vector<MessageText> texts;  // of stopped messages, by lot
  // Requests of one number -> how many numbers have so many.
  std::map<uint64_t, uint64_t> repeats;

  PeopleNumbers people;
  RecordNumbers records;

  uint64_t twice = 0;       // stored in an earlier store too
  uint64_t superseded = 0;  // judged again: a later verdict counts
  // Counted as often as they were judged: they have neither an id nor a time.
  uint64_t nameless_twice = 0;
  uint64_t counted_alike = 0;  // counted beside one that may be the same
  uint64_t outside = 0;        // of the period
  uint64_t previous_period = 0;
  uint64_t no_time = 0;   // left out: nobody knows when it was
  uint64_t timeless = 0;  // counted, but on no day
  // Of the records that count, those whose findings are not there: deleted, or
  // they cannot be read. Nobody can say what was found in them.
  uint64_t purged = 0;
  uint64_t not_kept = 0;
  // The same by profile, one of `profiles`.
  std::map<std::string, KindCounts> without_findings;
  KindCounts previous_without_findings{};

  uint64_t counted() const { return totals[0].total() + totals[1].total(); }
  uint64_t with_findings() const { return counted() - purged - not_kept; }
  // Of requests or of messages.
  uint64_t with_findings(size_t kind) const {
    uint64_t sum = totals[kind].total();
    for (const auto& [profile, kinds] : without_findings) sum -= kinds[kind];
    return sum;
  }
  uint64_t with_findings(const Kinds& of) const {
    return (of[0] ? with_findings(0) : 0) + (of[1] ? with_findings(1) : 0);
  }
  uint64_t previous_with_findings(const Kinds& of) const {
    uint64_t sum = 0;
    for (size_t kind = 0; kind < of.size(); ++kind) {
      if (!of[kind]) continue;
      sum += previous[kind].total() - previous_without_findings[kind];
    }
    return sum;
  }
};

struct Question {
  ReportPeriod period;
  size_t cases_max = 50;
  size_t sample_size = 25;
  uint64_t seed = 1;
  // Rule -> the obligations that it serves.
  std::map<std::string, std::vector<std::string>> serves;
};

// "17"; of several stores "2.17": verdict 17 of store 2.
Label verdict_label(const Numbers& numbers, int64_t verdict_id);

// Reads stores, also while a run is writing (it sees one moment of each).
Result<Numbers> count_stores(const std::vector<std::string>& paths,
                             const Question& question);

}  // namespace simwarden
