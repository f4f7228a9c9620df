// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/verdict.h"
#include "store/database.h"

// One verdict out of the store, by the name that the daemon gave it or by its
// number.
namespace simwarden {

// "12-345": line 345 of source 12.
struct VerdictName {
  int64_t source = 0;
  int64_t line = 0;
};
// Nothing when it is no such name.
std::optional<VerdictName> read_verdict_name(std::string_view text);

struct StoredDecision {
  int64_t decision_id = 0;
  int64_t verdict_id = 0;        // that it was made about
  Action action = Action::pass;  // of that
  std::string decided_at;
  std::string stored_at;
  std::string decided_by;
  std::string outcome;
  std::string state;
  std::string owner;
  std::string due;
  std::string note;
};

// What the row says by itself, whatever was purged of the rest.
struct StoredTally {
  Action action = Action::pass;
  double score = 0;
  std::string top_rule;    // empty: none acted
  std::string event_time;  // empty: not recorded
};

// The purge that took a verdict's findings.
struct StoredPurge {
  std::string at;
  std::string of;  // the class of retention: "excerpts"
};

// Where the text of its record is kept in clear.
struct StoredCase {
  std::string number;
  std::string until;
};

struct FoundVerdict {
  int64_t verdict_id = 0;
  std::string source;
  int64_t line = 0;
  std::string ruleset;         // "sha256:…"
  std::string packs;           // of that: "sim-replacement@1.2.0, …"
  std::string profile;         // that it was judged by
  std::string run_started_at;  // of the run that judged it
  std::string json;            // without source; empty once purged
  StoredTally tally;
  bool at_door = false;              // of the daemon
  std::optional<StoredPurge> purge;  // of `json`
  int64_t later = 0;  // the verdict that stands for the record now; 0: this one
  // About this verdict and all others on its record, in the order of storing.
  std::vector<StoredDecision> decisions;
  std::vector<StoredCase> cases;  // with a text of this verdict
};

// Verdicts on records of one id that are told apart: more no person reads.
inline constexpr size_t kNamesakesMax = 20;

// Finds it in as many steps as the number of blocks has bits: there is no index
// over all rows. Nothing when there is none (any more).
// (find)*, one thread.
class VerdictFinder {
 public:
  static Result<std::unique_ptr<VerdictFinder>> open(const std::string& path);
  Result<std::optional<FoundVerdict>> find(const VerdictName& name);
  // That with this verdict_id.
  Result<std::optional<FoundVerdict>> find(int64_t verdict_id);
  // Those that stand now on records with this id, the newest first, at most
  // kNamesakesMax; looks at each row. None where `id` is empty.
  Result<std::vector<FoundVerdict>> find_record(std::string_view id);
  // The number behind the name; 0: there is no such verdict (any more).
  Result<int64_t> number_of(const VerdictName& name);
  // The purge that took the row itself; nothing when none did.
  Result<std::optional<StoredPurge>> taken_by(const VerdictName& name);
  Result<std::optional<StoredPurge>> taken_by(int64_t verdict_id);

 private:
  VerdictFinder() = default;
  // The block with the line; 0 when there is none.
  Result<int64_t> block_of(const VerdictName& name);
  Result<std::optional<FoundVerdict>> row_of(const VerdictName& name);
  // That of the row which the bound statement finds.
  static Result<std::optional<FoundVerdict>> row_of(Statement& statement);
  Result<std::optional<FoundVerdict>> with_decisions(
      Result<std::optional<FoundVerdict>> verdict);
  Status find_places();
  Status add_decisions(FoundVerdict& verdict);
  Status add_cases(FoundVerdict& verdict);
  Status find_later(FoundVerdict& verdict);
  Result<std::optional<StoredPurge>> taken_with(int64_t block,
                                                int64_t verdict_id);

  std::unique_ptr<Database> database_;
  std::unique_ptr<Statement> range_;
  std::unique_ptr<Statement> block_;
  std::unique_ptr<Statement> by_line_;
  std::unique_ptr<Statement> by_id_;
  std::unique_ptr<Statement> decisions_;
  // Made when they are asked.
  std::unique_ptr<Statement> of_record_;  // decisions
  std::unique_ptr<Statement> later_;
};

}  // namespace simwarden
