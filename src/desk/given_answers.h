// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "door/ticket.h"
#include "windows/window.h"

// What one door answered, for who sends a record again because the answer did
// not come: it is judged by what it was judged by, and neither stored nor
// counted a second time (docs/serve.md, "Sent again").
//
//   GivenAnswers::Turn turn(answers, record);   // waits for who judges it now
//   if (turn.before()) …                        // it was given then
//   turn.give(answer);
namespace simwarden {

// All that a verdict depends on beside the record and the rules, and where it
// is stored.
struct GivenAnswer {
  std::weak_ptr<const void> rules;   // that judged
  std::weak_ptr<const void> counts;  // whose figures these are
  std::optional<std::chrono::system_clock::time_point> arrived;
  Timing timing = Timing::in_time;
  std::vector<WindowValue> values;  // none: no window looks at the record
  Ticket ticket;
  std::string stored_as;
};

// Thread-safe.
class GivenAnswers {
  struct Row {
    bool is_taken = false;
    uint64_t number = 0;  // of `order_`; 0: nothing was given yet
    GivenAnswer answer;
  };
  using Rows = std::unordered_map<std::string, Row>;

 public:
  using Clock = std::chrono::steady_clock;
  // Three arrays of as many records as a door takes at once; 10 MB, and as much
  // again where each has figures of twelve windows.
  static constexpr size_t kRecords = 32'768;
  // Who tries for longer has given up, or begins anew.
  static constexpr std::chrono::hours kFor{24};

  // The time in which a record is judged: whoever has the same waits for its
  // end.
  class Turn {
   public:
    // `record`: what tells it from all others. Empty, or of nobody's answers
    // (null): it is no record of before, and what is given is not kept.
    Turn(GivenAnswers* answers, std::string record,
         Clock::time_point now = Clock::now());
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    bool is_known_again() const { return answers_ != nullptr; }
    const std::optional<GivenAnswer>& before() const { return before_; }
    // In the place of the one before.
    void give(GivenAnswer answer);

   private:
    friend class GivenAnswers;
    GivenAnswers* answers_;
    Clock::time_point now_;
    Rows::value_type* row_ = nullptr;  // taken
    std::optional<GivenAnswer> before_;
    std::optional<GivenAnswer> given_;
  };

  // Those of before are no answers any more.
  void forget_all();
  size_t size() const;

 private:
  struct Order {
    uint64_t number;
    Clock::time_point at;
    Rows::value_type* row;
  };
  void take(Turn& turn, std::string record);
  void release(Turn& turn);
  bool put_in_order(Turn& turn);
  void forget_oldest();
  void forget_old(Clock::time_point now);

  mutable std::mutex mutex_;
  std::condition_variable released_;
  Rows rows_;
  // Of what was given, the oldest first. A record that was given anew stands
  // there twice; the newest number is its own, and its row stays as long.
  std::deque<Order> order_;
  uint64_t last_ = 0;
};

}  // namespace simwarden
