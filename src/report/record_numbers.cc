// SPDX-License-Identifier: Apache-2.0
#include "report/record_numbers.h"

#include <algorithm>
#include <cmath>

namespace simwarden {

void Delays::add(int64_t seconds) {
  if (seconds < 0) {
    ++before_;
    return;
  }
  ++counted_;
  const auto minute = uint64_t(seconds) / 60;
  if (minute >= kDelayMinutesMax) {
    ++longer_;
    return;
  }
  if (minutes_.empty()) minutes_.resize(kDelayMinutesMax);
  ++minutes_[minute];
}

uint64_t Delays::between(size_t from, size_t to) const {
  uint64_t sum = 0;
  for (size_t at = from; at < std::min(to, minutes_.size()); ++at) {
    sum += minutes_[at];
  }
  return sum;
}

std::optional<size_t> Delays::quantile(double share) const {
  if (counted_ == 0) return std::nullopt;
  const auto rank = uint64_t(std::ceil(share * double(counted_)));
  uint64_t sum = 0;
  for (size_t at = 0; at < minutes_.size(); ++at) {
    sum += minutes_[at];
    if (sum >= std::max<uint64_t>(rank, 1)) return at;
  }
  return std::nullopt;
}

}  // namespace simwarden
