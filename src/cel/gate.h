// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.h"

// Which cheap questions settle a condition before it is asked.
//
//   has(request.channel.type) && request.channel.type == 'website' && …
//
// is false unless the channel's type is website, whatever else is recorded: a
// look at one fact spares the rest. A gate is a few facts with the states that
// keep it shut; while it is shut, the condition has one known answer. What
// cannot be seen from the text alone never shuts a gate.
namespace cel {

// The states of a fact that a gate can tell apart, in this order:
//   boolean  false, true, no value
//   choice   each of its choices, no value
//   list     empty, not empty, no value
//   other    some value, no value
// "No value" is whatever no other state is: not recorded, null, failed.
struct FactStates {
  enum class Is : uint8_t { boolean, choice, list, other };
  Is is = Is::other;
  std::vector<std::string_view> choices = {};
  // How often a record is in which state, about; together 1.
  std::vector<double> shares;
  // What it takes to tell the state, in steps (cost.h).
  double price = 1;

  size_t count() const { return shares.size(); }
};

// Of a slot; null when nothing can be told.
using StatesOf = std::function<const FactStates*(uint32_t slot)>;

struct Latch {
  uint32_t slot = 0;
  std::vector<bool> shut;  // by state
};

// Shut while all of its latches are. Without any it is always shut.
struct Gate {
  std::vector<Latch> latches;
  double open = 0;   // the share of records for which it opens, about
  double price = 0;  // of all its latches
};

// The gate that, while it is shut, makes the condition answer `answer`; nothing
// when there is none. `states` is asked during the call only.
// REQUIRES: compile() made the program, and its type is bool.
std::optional<Gate> gate_of(const Program& program, bool answer,
                            const StatesOf& states);

// The parts that leave it without a gate, as they are written.
// REQUIRES: gate_of() found none.
std::vector<std::string> parts_without_gate(const Program& program, bool answer,
                                            const StatesOf& states);

// The better one of two gates that settle the same question each by itself.
std::optional<Gate> better(std::optional<Gate> a, std::optional<Gate> b);

}  // namespace cel
