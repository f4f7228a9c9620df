// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

// What can be said of a condition before it sees a record.
namespace cel {

// A bound on the work of one evaluation, from the text of the expression and
// the extents of its facts.
struct Cost {
  uint64_t steps = 0;  // comparisons of two numbers, about
  // The smallest part in which more than half of them are spent.
  std::string dominant;
  uint64_t dominant_steps = 0;
};
// Steps of the worst record: about a tenth of a second.
inline constexpr uint64_t kCostMax = 20'000'000;

// The answers that a condition can give: true, false, or none because a fact
// is missing or something fails.
struct Outcomes {
  bool yes = true;
  bool no = true;
  bool nothing = true;
};

}  // namespace cel
