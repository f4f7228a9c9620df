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

}  // namespace simwarden
