// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "record/verdict.h"

// What was judged since the program began, as peers' status pages show it.
namespace simwarden {

// One of the newest verdicts. Nothing of the record but its name.
struct Lately {
  std::chrono::system_clock::time_point at;
  std::string door;  // its name
  std::string id;    // of the record
  Action action = Action::pass;
  double score = 0;
  std::vector<std::string> rules;  // that acted, with the highest score first
  std::chrono::microseconds took{};
};

struct DoorFigures {
  std::string version;  // of the program
  std::chrono::system_clock::time_point began;
  uint64_t judged = 0;
  std::array<uint64_t, kActionNames.size()> actions{};  // by Action
  std::map<std::string, uint64_t, std::less<>> hits;    // by rule
  std::chrono::microseconds spent{};                    // on judging, in all
  std::deque<Lately> newest;                            // the newest first
};

// rspamd keeps as many.
inline constexpr size_t kLatelyMax = 200;
// Rules in a row of it: what a screen shows.
inline constexpr size_t kLatelyRulesMax = 32;
// Of the record's name, which is its sender's choice.
inline constexpr size_t kLatelyIdBytesMax = 128;

// Counts. Thread-safe.
class FigureKeeper {
 public:
  explicit FigureKeeper(std::string version);
  void count(const Verdict& verdict, std::string_view door,
             std::chrono::microseconds took);
  DoorFigures figures() const;

 private:
  mutable std::mutex mutex_;
  DoorFigures figures_;
};

}  // namespace simwarden
