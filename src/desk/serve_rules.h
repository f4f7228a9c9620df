// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/given_answers.h"
#include "desk/ledger.h"
#include "desk/live_counts.h"
#include "desk/meters.h"
#include "desk/serve_log.h"
#include "door/service.h"
#include "house/house.h"
#include "house/pool.h"
#include "judge/judge.h"
#include "kept/kept_writer.h"

// One ruleset of the daemon, with judges for every profile that a door has.
namespace simwarden {

// Where a verdict goes beside its answer. `ledger` null: it is not stored.
struct ServeSinks {
  Meters* meters = nullptr;
  FigureKeeper* figures = nullptr;
  ServeLog* log = nullptr;
  Ledger* ledger = nullptr;
  // Of each door, whatever rules are in force; null: nothing is known again.
  std::vector<std::unique_ptr<GivenAnswers>>* given = nullptr;
};

// A judge and what it writes with, lent to one question at a time: making one
// is dear.
struct Seat {
  Seat(const Plan& plan, const JudgeOptions& options, const SiteKey* key,
       const LiveCounts* counts)
      : judge(plan, options) {
    if (counts != nullptr) {
      questions.emplace(plan, counts->key(), options.profile);
    }
    if (key == nullptr) return;
    writer.emplace(*key);
    marks.emplace(*key);
  }
  // The record itself, or one of this seat's that says as well when it arrived:
  // `then`, or now.
  using Arrival = std::optional<std::chrono::system_clock::time_point>;
  const Record& with_arrival(const Record& record, Arrival then = {});

  Judge judge;
  std::optional<WindowQuestions> questions;
  LiveFigures figures;
  Record arrived;      // one that did not say when
  Arrival arrival;     // that it was said then; nothing: it said so itself
  TextPen keys;        // of the verdict
  SittingTally tally;  // of those that are not counted yet
  std::optional<KeptWriter> writer;
  std::optional<TokenMaker> marks;
};

class ServeRules : public std::enable_shared_from_this<ServeRules> {
 public:
  // Mistakes of the policies are in `issues`, and then an Error. `before`:
  // those in force; who counts the same windows goes on counting. Null: none.
  static Result<std::shared_ptr<ServeRules>> load(const ServeSettings& settings,
                                                  const ServeSinks& sinks,
                                                  const ServeRules* before,
                                                  Issues& issues);
  // The packs prove themselves before they judge anybody: an Error says what
  // the first case says that fails. Ends early, and proves nothing, where
  // `is_stopped` says so; null: never.
  Status prove(const std::function<bool()>& is_stopped = {}) const;
  // Begins their run in the store, and to count where it ended. Does nothing
  // without one. `before`: the rules in force; null: none.
  Status open_book(const ServeRules* before);

  std::shared_ptr<const InForce> at(const ListenerSettings& listener) const;

  const House& house() const { return *house_; }
  uint64_t scanner_exhausted() const;
  // Nothing when no pack has a window.
  std::optional<WindowFigures> window_figures() const;

 private:
  friend class RulesAtDoor;
  friend class SittingAtDoor;
  ServeRules(const ServeSettings& settings, const ServeSinks& sinks)
      : settings_(settings), sinks_(sinks) {}

  const ServeSettings& settings_;
  ServeSinks sinks_;
  std::unique_ptr<const House> house_;
  std::string document_;
  std::shared_ptr<LiveCounts> counts_;  // null: no pack has a window
  std::shared_ptr<Ledger::Book> book_;
  std::map<std::string, std::unique_ptr<Pool<Seat>>> pools_;  // by profile
  std::vector<std::unique_ptr<const InForce>> doors_;         // by listener
};

// Which policies the settings name.
PolicyOptions policy_options(const ServeSettings& settings);
// The first few mistakes, for a log line.
std::string mistakes_in(const Issues& issues);

}  // namespace simwarden
