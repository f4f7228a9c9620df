// SPDX-License-Identifier: Apache-2.0
#include "report/statistics.h"

#include <algorithm>
#include <cmath>

namespace simwarden {

Interval wilson(uint64_t part, uint64_t whole, double z) {
  if (whole == 0) return {0, 1};
  const double n = double(whole);
  const double p = double(part) / n;
  const double below = 1 + z * z / n;
  const double middle = (p + z * z / (2 * n)) / below;
  const double half =
      z / below * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {part == 0 ? 0 : std::max(0.0, middle - half),
          part == whole ? 1 : std::min(1.0, middle + half)};
}

Interval control_limits(double share, uint64_t volume, double z) {
  if (volume == 0) return {0, 1};
  const double half = z * std::sqrt(share * (1 - share) / double(volume));
  return {std::max(0.0, share - half), std::min(1.0, share + half)};
}

namespace {

double log_probability(double share, double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
         k * std::log(share) + (n - k) * std::log1p(-share);
}

// The smallest k with P(X <= k) >= tail. Sums from where the terms are too
// small to matter, some standard deviations below the likeliest k.
uint64_t lowest(double share, uint64_t volume, double tail) {
  constexpr double kNegligible = 1e-9;  // of the tail
  const double n = double(volume);
  double k = std::min(n, std::floor((n + 1) * share));
  double term = std::exp(log_probability(share, n, k));
  const double down = (1 - share) / share;
  while (k > 0 && term > kNegligible * tail) {
    term *= k / (n - k + 1) * down;
    --k;
  }
  double sum = term;
  while (sum < tail && k < n) {
    term *= (n - k) / (k + 1) / down;
    ++k;
    sum += term;
  }
  return uint64_t(k);
}

}  // namespace

CountRange binomial_range(double share, uint64_t volume, double tail) {
  if (volume == 0 || share <= 0) return {0, 0};
  if (share >= 1) return {volume, volume};
  return {lowest(share, volume, tail),
          volume - lowest(1 - share, volume, tail)};
}

}  // namespace simwarden
