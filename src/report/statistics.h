// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

// Intervals and limits of shares.
namespace simwarden {

inline constexpr double kZ95 = 1.959963985;   // two-sided 95 %
inline constexpr double kZ998 = 3.090232306;  // two-sided 99.8 %

struct Interval {
  double low = 0;
  double high = 0;
};

// Wilson's score interval of `part` of `whole`; 0 to 1 for a whole of 0.
Interval wilson(uint64_t part, uint64_t whole, double z = kZ95);

// Where the share of a unit with `volume` records lies by chance alone, when
// all units have the same true share: the limits of a funnel plot
// (Spiegelhalter 2005), normal approximation, cut to 0 to 1.
Interval control_limits(double share, uint64_t volume, double z);

// How many of `volume` have the mark by chance alone, when each has it with the
// probability `share`: the fewest and the most that are no surprise. Fewer
// than `low`, or more than `high`, have together with all that is more extreme
// a probability below `tail` (0.025: two-sided 95 %). Exact, binomial.
struct CountRange {
  uint64_t low = 0;
  uint64_t high = 0;
};
CountRange binomial_range(double share, uint64_t volume, double tail);

inline constexpr double kTail95 = 0.025;  // on either side
inline constexpr double kTail998 = 0.001;

}  // namespace simwarden
