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

}  // namespace simwarden
