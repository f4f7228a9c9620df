// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/additions.h"
#include "store/decision.h"

// Decisions of people, in the store. A later one is one more row: nothing that
// was decided is overwritten.
namespace simwarden {

// As many as a desk reviews in a spreadsheet; each is looked up and linked.
inline constexpr size_t kDecisionsMax = 100'000;

struct DecisionFault {
  size_t at = 0;  // which of the decisions
  std::string what;
};

// All or none: with faults nothing was stored.
struct DecisionsStored {
  std::vector<int64_t> ids;  // decision_id of each that was stored
  std::vector<DecisionFault> faults;
  // Left out, with Repeated::store only counted: what one person decides about
  // one verdict, row by row, and the newest of what is stored of it says the
  // same.
  size_t repeated = 0;
  // What has not come by this machine's clock, by which it was decided and
  // stored: the newest decision before, or an event. Empty: all has.
  std::string ahead_of_clock;
};

enum class Repeated : uint8_t { store, leave_out };

struct DecisionTerms {
  Repeated repeated = Repeated::store;
  bool four_eyes = false;  // store/four_eyes.h
  bool look_only = false;  // tells faults, stores nothing
};

// Part of a transaction of the store. REQUIRES: at most kDecisionsMax.
Result<DecisionsStored> write_decisions(Database& database, Chain& chain,
                                        std::span<const Decision> decisions,
                                        const DecisionTerms& terms = {});

// The same for a database that is not open.
Result<DecisionsStored> decide(const std::string& path,
                               std::span<const Decision> decisions,
                               const DecisionTerms& terms = {});

struct OpenCase {
  int64_t verdict_id = 0;
  std::string source;
  int64_t line = 0;
  std::string record_id;
  std::string kind;
  std::string action;
  double score = 0;
  std::string top_rule;
  std::string outcome;  // "": nobody has decided
  std::string decided_at;
  std::string decided_by;
  std::string owner;
  std::string due;
  std::string note;
};

enum class CaseChoice : uint8_t {
  open,       // the newest decision leaves it open
  undecided,  // held or refused, and nobody has decided
  // Held or refused, the newest decision lets it through, and one person alone
  // vouches for it.
  one_person,
};

// Those due first come first; undecided ones the worst first. At most
// `cases_max`; how many there are is in `total`. Reads only.
struct OpenCases {
  std::vector<OpenCase> cases;
  uint64_t total = 0;
};
Result<OpenCases> open_cases(const std::string& path, CaseChoice choice,
                             size_t cases_max);

}  // namespace simwarden
