// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
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
  std::chrono::nanoseconds took{};
};

// rspamd keeps as many.
inline constexpr size_t kLatelyMax = 200;
// Rules in a row of it: what a screen shows.
inline constexpr size_t kLatelyRulesMax = 32;
// Of the record's name, which is its sender's choice.
inline constexpr size_t kLatelyIdBytesMax = 128;

// Verdicts that are counted together. One thread at a time; its memory stays.
class SittingTally {
 public:
  // REQUIRES: !is_full()
  void add(const Verdict& verdict, std::chrono::nanoseconds took);
  // Of a self-test nothing is counted but that it was one: its verdict is
  // nobody's, and what was told is not the verdict.
  void add_self_test() { ++self_tests_; }
  // Likewise of a record that was sent again.
  void add_repeat() { ++repeats_; }
  bool is_full() const { return count_ == kLatelyMax; }
  bool is_empty() const { return count_ + self_tests_ + repeats_ == 0; }
  void clear();

  // Without time and door.
  std::span<const Lately> rows() const { return {rows_.data(), count_}; }
  // Rules that acted, once for each time.
  std::span<const std::string> hits() const { return hits_; }
  uint64_t self_tests() const { return self_tests_; }
  uint64_t repeats() const { return repeats_; }

 private:
  std::vector<Lately> rows_;  // those behind `count_` wait to be used
  size_t count_ = 0;
  std::vector<std::string> hits_;
  uint64_t self_tests_ = 0;
  uint64_t repeats_ = 0;
};

struct DoorFigures {
  std::string version;  // of the program
  std::chrono::system_clock::time_point began;
  uint64_t judged = 0;
  std::array<uint64_t, kActionNames.size()> actions{};  // by Action
  std::map<std::string, uint64_t, std::less<>> hits;    // by rule
  std::chrono::nanoseconds spent{};                     // on judging, in all
  uint64_t learned = 0;        // decisions that were taken from `learn`
  std::vector<Lately> newest;  // the newest first
};

// Counts. Thread-safe.
class FigureKeeper {
 public:
  explicit FigureKeeper(std::string version);
  void count(const SittingTally& tally, std::string_view door);
  void count_learned();
  DoorFigures figures() const;

 private:
  mutable std::mutex mutex_;
  DoorFigures figures_;         // without `newest`
  std::vector<Lately> newest_;  // a ring of kLatelyMax
};

}  // namespace simwarden
