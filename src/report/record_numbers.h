// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/factor_kinds.h"
#include "record/verdict.h"

// What a report counts of the kept facts (store/kept_records.h) of every
// request of the period, whether a rule found something or not.
namespace simwarden {

// Values of a choice that are told apart; the fields have at most 20.
inline constexpr size_t kChoicesMax = 64;
// Hosts that look like somebody else's, told apart by their first messages.
inline constexpr size_t kLookalikesMax = 2'000;
// Agents, and outlets, that are told apart: some MiB. Of more those with the
// smallest hashes of their pseudonyms are, whole and in whatever order they
// come; the others are counted together.
inline constexpr size_t kUnitsKnownMax = 100'000;
// Delays are exact to the minute up to here, and longer ones one number.
inline constexpr size_t kDelayMinutesMax = size_t{90} * 24 * 60;

struct ActionCounts {
  std::array<uint64_t, kActionNames.size()> by{};

  uint64_t operator[](Action action) const { return by[size_t(action)]; }
  uint64_t total() const { return by[0] + by[1] + by[2] + by[3]; }
  uint64_t flagged() const { return total() - by[0]; }
  uint64_t stopped() const { return by[2] + by[3]; }  // held or refused
};

// Value -> requests that have it; "": not recorded, or nothing of it is kept.
using ChoiceCounts = std::map<std::string, ActionCounts>;

// How long something took, from one time of a record to another.
class Delays {
 public:
  void add(int64_t seconds);

  uint64_t counted() const { return counted_; }  // without `before`
  uint64_t before() const { return before_; }    // ends before it begins
  // Of those of at least `from` and less than `to` minutes.
  uint64_t between(size_t from, size_t to) const;
  // Of those beyond kDelayMinutesMax.
  uint64_t longer() const { return longer_; }
  // The whole minutes that `share` of the delays do not exceed (nearest rank).
  // Nullopt without delays, or when the answer lies beyond kDelayMinutesMax.
  std::optional<size_t> quantile(double share) const;

 private:
  std::vector<uint64_t> minutes_;
  uint64_t counted_ = 0;
  uint64_t before_ = 0;
  uint64_t longer_ = 0;
};

// Of an agent or an outlet.
struct UnitNumbers {
  uint64_t requests = 0;
  uint64_t stopped = 0;
};
struct Units {
  std::map<std::string, UnitNumbers> known;
  UnitNumbers others;  // beyond kUnitsKnownMax
};

// The strongest that a request was verified by.
enum class Verified : uint8_t {
  document_and_biometric,
  document,
  biometric,
  factors,  // passed ones, not only weak ones
  weak,     // only weak ones
  nothing,  // that is recorded
};
inline constexpr size_t kVerified = 6;

inline constexpr std::array<std::string_view, 6> kStatuses = {
    "blacklisted", "unofficial", "unverified", "authorised", "official", ""};

// Of one type of channel.
struct ChannelNumbers {
  ActionCounts actions;
  std::array<uint64_t, kStatuses.size()> statuses{};
  std::array<uint64_t, kFactorKinds> factors{};  // passed ones
  std::array<std::array<uint64_t, kActionNames.size()>, kVerified> verified{};
  uint64_t activated = 0;  // with a time of activation
  uint64_t noticed = 0;    // of them with a notice sent before
};

struct FactorNumbers {
  uint64_t passed = 0;
  uint64_t asked = 0;
};

// Of a month, for the tables of authorities.
struct MonthNumbers {
  uint64_t known = 0;
  uint64_t with_type = 0;
  uint64_t stopped = 0;  // held or refused
  uint64_t complaints = 0;
  uint64_t to_remedy = 0;    // fraud, by people or in the record
  uint64_t remedied = 0;     // of them, in a time that is known
  double remedy_hours = 0;   // of those
  uint64_t ends_before = 0;  // remedies dated before what they remedy
  uint64_t with_state = 0;
  uint64_t successful = 0;
  uint64_t failed = 0;
  uint64_t with_fraud = 0;     // it is recorded whether it was
  uint64_t fraud = 0;          // confirmed, by people or in the record
  uint64_t decided_fraud = 0;  // of them, by people
  uint64_t fraudulent = 0;     // of the successful
  // Of the successful, those that policy would have held or refused; and those
  // of them of which people or the record say whether they were fraud.
  uint64_t doubtful = 0;
  uint64_t doubts_settled = 0;
  uint64_t with_channel = 0;
  uint64_t by_staff = 0;  // of the successful
  uint64_t by_agents = 0;
  uint64_t with_decision = 0;
  uint64_t refused = 0;   // by the operator
  uint64_t reported = 0;  // of them, to the regulator
  uint64_t reported_in_time = 0;
  std::set<std::string> methods;  // factors passed by the successful
};

// After a change, of those with a time of activation.
struct ControlsAfter {
  uint64_t activated = 0;
  uint64_t sms_barred = 0;  // until after the activation
  uint64_t port_barred = 0;
};

// How many requests have a field that every profile demands.
struct FieldNumbers {
  uint64_t asked = 0;     // requests that must have it
  uint64_t recorded = 0;  // of them
  uint64_t unusable = 0;  // null, or no value of its type
};

// Messages with at least one of something.
struct MessageNumbers {
  uint64_t known = 0;  // messages of the period whose facts are kept
  ChoiceCounts languages;
  ChoiceCounts transports;
  ChoiceCounts contacts;    // by kind
  ChoiceCounts link_signs;  // "shortener", "lookalike" …
  std::map<std::string, ActionCounts> lookalikes;  // "host\nwhom it imitates"
};

// A block whose kept facts could not be read, or not to their end.
struct DamagedBlock {
  std::string block;  // "7"; of several stores "2.7"
  std::string source;
  uint64_t records = 0;  // of the period, that were not read
  std::string what;
};
struct Damage {
  static constexpr size_t kNamedMax = 100;
  uint64_t blocks = 0;
  uint64_t records = 0;
  std::vector<DamagedBlock> named;
};

// One value that several numbers share.
struct Cluster {
  uint64_t value = 0;  // the beginning of its pseudonym
  uint64_t requests = 0;
  uint64_t stopped = 0;
  std::vector<uint64_t> subjects;  // hashes of the numbers, ascending
  bool more = false;               // numbers than are told apart
  // A request of each number; those first that were not stopped, then by
  // verdict. The first kClusterVerdictsMax.
  struct Example {
    bool stopped = false;
    int64_t verdict = 0;  // see verdict_label()
    auto operator<=>(const Example&) const = default;
  };
  std::vector<Example> examples;
};
// Documents, devices, EIDs, addresses, networks.
inline constexpr size_t kClusterKinds = 5;
struct ClusterNumbers {
  uint64_t values = 0;           // that were told apart
  uint64_t with = 0;             // requests with such a pseudonym
  uint64_t shared = 0;           // values that kClusterNumbersMin numbers share
  std::vector<Cluster> largest;  // by numbers, then requests, then value
  // Of all values so many were looked at: 1 / 2^halvings of them.
  unsigned halvings = 0;
};

// A request in which a control was overridden.
struct Override {
  int64_t created = 0;  // seconds since 1970; 0: not recorded
  int64_t verdict = 0;  // see verdict_label()
  int64_t source = 0;
  uint64_t line = 0;
  Action action = Action::pass;
  std::string created_at;  // as recorded
  std::string agent;       // the beginning of a pseudonym, or a short number
  std::string reason;      // masked; empty: not recorded, or not kept
  bool reason_recorded = false;
};
// A log that a person reads; of more the oldest are shown, all are counted.
inline constexpr size_t kOverridesMax = 500;
struct OverrideNumbers {
  uint64_t known = 0;  // it is recorded whether there was one
  uint64_t used = 0;
  uint64_t without_reason = 0;
  std::vector<Override> log;  // by time, then verdict
};

struct RecordNumbers {
  uint64_t known = 0;  // requests of the period whose facts are kept
  std::map<std::string, FieldNumbers> mandatory;  // by field
  // Fact -> its values.
  std::map<std::string, ChoiceCounts> choices;
  // Whether a passed code went to the number that is being replaced: "true",
  // "false"; "" without factors.
  ChoiceCounts code_to_replaced;
  std::map<std::string, ChannelNumbers> channels;  // "": not recorded
  std::map<std::string, FactorNumbers> factors;    // by type
  std::map<std::string, uint64_t> responses;       // to notices
  Delays request_to_activation;
  Delays notice_to_activation;
  uint64_t no_notice = 0;  // activated without any
  Delays fraud_to_remedy;  // as the record says it
  Delays swap_to_port;
  ControlsAfter after;
  Units agents;
  Units outlets;
  // Profile -> month (1970-01 is 0).
  std::map<std::string, std::map<int64_t, MonthNumbers>> months;
  // The same of those that are SIM changes, which ports and transfers to
  // another holder are not.
  std::map<std::string, std::map<int64_t, MonthNumbers>> sim_changes;
  std::array<ClusterNumbers, kClusterKinds> clusters;
  OverrideNumbers overrides;
  MessageNumbers messages;
  Damage damage;
};

}  // namespace simwarden
