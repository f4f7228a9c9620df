// SPDX-License-Identifier: Apache-2.0
#include "app/replay_output.h"

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>

#include "app/output.h"
#include "app/replay_picture.h"
#include "diag/counted.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

namespace simwarden {

Result<std::unique_ptr<House>> open_side(const ReplayOptions& options,
                                         const ReplayPolicies& side) {
  PolicyOptions policy = options.policy;
  policy.paths = side.paths;
  policy.lists.insert(policy.lists.end(), side.lists.begin(), side.lists.end());
  auto house = House::open(policy);
  if (house) return house;
  return Error{house.error().trouble,
               fmt::format("{}: {}", side.name, house.error().what)};
}

void ReplayOutput::begin() {
  if (options_.format != ReportFormat::csv) return;
  write(replay_csv_heading(is_from_kept(options_)));
}

void ReplayOutput::write(std::string_view text) {
  if (failed_) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
    failed_ = output_is_lost(errno);
  }
}

Status ReplayOutput::finish(const ReplayReport& report) {
  switch (options_.format) {
    case ReportFormat::text:
      write(draw_replay(report, Paint{wants_colour(stdout)},
                        options_.policy.language));
      break;
    case ReportFormat::json: write(to_json(report)); break;
    case ReportFormat::csv:
      if (options_.quiet) break;
      say_text(draw_not_as_stored(report, options_.policy.language));
      say_text(draw_completeness(report, Paint{}, options_.policy.language));
      break;
  }
  if (!failed_ && std::fflush(stdout) != 0) failed_ = output_is_lost(errno);
  if (failed_) return *failed_;
  return Done{};
}

namespace {

// The change that --fail-on asks for is there.
bool is_alarming(ReplayAlarm fail_on, const ReplayTally& tally) {
  const bool raised = tally.raised() > 0;
  const bool lowered = tally.lowered() > 0;
  switch (fail_on) {
    case ReplayAlarm::raised: return raised;
    case ReplayAlarm::lowered: return lowered;
    case ReplayAlarm::changed: break;
  }
  return raised || lowered;
}

// Rules named in one line; all are counted.
constexpr size_t kUnansweredNamed = 8;

void say_unanswered(const ReplayOptions& options,
                    const std::set<std::string>& unanswered) {
  std::string names;
  size_t named = 0;
  for (const std::string& rule : unanswered) {
    if (named++ == kUnansweredNamed) break;
    names += (names.empty() ? "" : ", ") + rule;
  }
  if (unanswered.size() > kUnansweredNamed) names += ", …";
  say("simwarden: --fail-on is not answered for {} that differ between the "
      "policies and are not replayable: {}\n"
      "help: compare two runs of screen, or replay --db{}\n",
      how_many(unanswered.size(), "rule"), names,
      is_from_kept(options) ? " with --read-again" : "");
}

}  // namespace

int exit_code_of(const ReplayOptions& options, const ReplayTally& tally,
                 const std::set<std::string>& unanswered) {
  if (!options.fail_on) return kExitDone;
  if (is_alarming(*options.fail_on, tally)) return kExitFound;
  if (unanswered.empty()) return kExitDone;
  say_unanswered(options, unanswered);
  return kExitInput;
}

int say_replay_stopped(const ReplayReport& report) {
  say("simwarden: stopped; {} judged\n",
      how_many(report.tally.records(), "record"));
  return kExitInterrupted;
}

}  // namespace simwarden
