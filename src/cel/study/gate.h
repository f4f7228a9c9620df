// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/answer.h"
#include "cel/run/program.h"
#include "cel/study/look.h"

// Which cheap looks at facts settle a condition before it is asked.
//
//   has(request.channel.type) && request.channel.type == 'website' && …
//
// is false unless the channel's type is website, whatever else is recorded: a
// look at one fact spares the rest. A gate is a few looks, each with what it
// must find to keep the gate shut; while it is shut, the condition gives one
// of the wanted answers. What cannot be seen from the text alone never shuts a
// gate.
namespace cel {

class Compiled;

// A set of answers, bits of Answer (answer.h). To a gate an error is as good as
// a missing fact: the condition says neither yes nor no.
using Answers = uint8_t;
inline constexpr Answers kNothing = kAnswerMissing | kAnswerError;

// A look and what it is compared with. Of a state that is compared with no
// bound there is no text.
struct Sight {
  Look look;
  Compare compare = Compare::equal;
  Bound bound = {};
  // What is compared, as it is written.
  std::string text = {};
  // Of the fact whose states are told apart.
  const FactStates* states = nullptr;
  double price = 0;
};

// What the gates of a rule see, each once. Latches refer to it.
class Sights {
 public:
  // Null when there is none yet.
  const Sight* find(const Look& look, std::string_view text) const;
  const Sight* add(Sight sight) {
    return &kept_.emplace_back(std::move(sight));
  }

 private:
  std::deque<Sight> kept_;
};

// A set of states, a bit each; the one behind the last is that of a fact that
// fails.
using States = uint64_t;
inline constexpr size_t kStatesMax = 63;
inline bool has_state(States states, size_t state) {
  return (states >> state & 1) != 0;
}

struct Latch {
  const Sight* sight = nullptr;
  // Of a state that is compared with no bound: which ones keep it shut.
  States shut = 0;
  // Of all others: the answers of `look compare bound` that do; of a setting
  // those of the bound itself.
  Answers answers = 0;
  double share = 0;  // of records that find it shut, about
};

// Shut while all of its latches are. Without any it is always shut.
struct Gate {
  std::vector<Latch> latches;
  double open = 0;   // the share of records for which it opens, about
  double price = 0;  // of all its latches
};

// Gates of which any one will do; the ones that open least come first.
using Ways = std::vector<Gate>;
// More are not looked for.
inline constexpr size_t kWaysMax = 12;

// What all() or exists() asks of each element of a list: the gates that, while
// one is shut, make it answer so. The looks are at members of the element and
// at other facts.
struct Each {
  // The gates of kNotYes are those of exists(), of kNotNo those of all().
  enum Said : uint8_t { kNo, kYes, kNotYes, kNotNo, kNeither };
  static constexpr size_t kSaid = 5;
  bool is_all = false;
  std::array<Ways, kSaid> ways;
};

// Which gates settle a condition, and what stands in their way.
class GateFinder {
 public:
  // Keeps `program`, `states` and `sights` by reference; what `states` returns
  // and `sights` must outlive the gates.
  // REQUIRES: compile() made the program, and its type is bool.
  GateFinder(const Program& program, const StatesOf& states, Sights& sights);
  GateFinder(const GateFinder&) = delete;
  GateFinder& operator=(const GateFinder&) = delete;
  ~GateFinder();

  // The gates that, while any one is shut, make the condition give one of
  // `answers`; none when there are none. Valid while the finder lives.
  const Ways& gates_of(Answers answers);
  // The parts that leave it without a gate, as they are written.
  // REQUIRES: gates_of() found none.
  std::vector<std::string> parts_without_gate(Answers answers);

 private:
  class Walk;
  const Compiled& program_;
  std::unique_ptr<Walk> walk_;
};

}  // namespace cel
