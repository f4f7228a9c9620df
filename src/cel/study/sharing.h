// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cel/run/program.h"

// What programs that are asked together (suite.h) have in common, for a person.
namespace cel {

struct SharedCondition {
  std::string text;       // as the first program writes it
  uint32_t programs = 0;  // that ask it
};

struct Sharing {
  // The comparisons and calls that stand under && || ! and ?: outside of
  // loops and binds, and how many of them say something of their own.
  size_t conditions = 0;
  size_t different = 0;
  // Those that several programs ask, the most shared first; in a Suite they
  // are worked out once.
  std::vector<SharedCondition> shared;
};

// REQUIRES: compile() made the programs.
Sharing sharing_of(std::span<const Program* const> programs);

}  // namespace cel
