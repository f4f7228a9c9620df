// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.h"
#include "diag/result.h"
#include "house/house.h"
#include "rollout/replay_report.h"

// What both ways to replay have in common: replay.cc, which reads the records
// again, and replay_kept.cc, which takes what a database keeps of them.
namespace simwarden {

// The policies of one side.
struct ReplayPolicies {
  const std::vector<std::string>& paths;
  const std::vector<std::string>& lists;  // above those of both
  std::string_view name;                  // "--old", "--new"
};
inline ReplayPolicies old_side(const ReplayOptions& o) {
  return {o.old_paths, o.lists.before, "--old"};
}
inline ReplayPolicies new_side(const ReplayOptions& o) {
  return {o.new_paths, o.lists.after, "--new"};
}
// An Error begins with the side's name.
Result<std::unique_ptr<House>> open_side(const ReplayOptions& options,
                                         const ReplayPolicies& side);

// From what the database keeps of the records.
inline bool is_from_kept(const ReplayOptions& options) {
  return !options.db.empty() && !options.read_again;
}

// A replay's standard output.
//   begin (write)* finish
class ReplayOutput {
 public:
  // Keeps `options` by reference.
  explicit ReplayOutput(const ReplayOptions& options) : options_(options) {}

  // The heading, of CSV.
  void begin();

  // Rows of CSV. Does nothing once a write failed.
  void write(std::string_view text);
  bool has_failed() const { return failed_.has_value(); }

  // Writes the report. Of CSV, whose rows are written by now, it says on
  // stderr what was judged. An Error is that of the first write that failed.
  Status finish(const ReplayReport& report);

 private:
  const ReplayOptions& options_;
  std::optional<Error> failed_;  // nothing more can be written
};

// The exit code of a replay that read all it was given: 1 where the change
// that --fail-on asks for is there; 4, and says why, where it is not, but
// rules that are `unanswered` (rollout/unanswered.h) may bring it.
int exit_code_of(const ReplayOptions& options, const ReplayTally& tally,
                 const std::set<std::string>& unanswered);

// Answers the exit code of a replay that was interrupted, and says so.
int say_replay_stopped(const ReplayReport& report);

}  // namespace simwarden
