// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/numbers.h"

// Days put together into as many stretches as a person can look at.
namespace simwarden {

enum class Stretch : uint8_t { day, week, month, year };

struct Bucket {
  std::string label;  // "2026-03-02" (a day, or the Monday of a week),
                      // "2026-03", "2026"
  ActionCounts counts{};
};

struct Buckets {
  Stretch stretch = Stretch::day;
  std::vector<Bucket> rows;  // in order; empty ones inside are there
};

// More are never drawn beside each other: the stretch becomes longer. Where
// even years are more, those without records are left out.
inline constexpr size_t kBucketsMax = 92;

// From the first to the last day with records of the kind.
Buckets make_buckets(const std::map<int64_t, ByKind>& days, size_t kind);

// "2026-02", of the months since 1970-01.
std::string month_text(int64_t month);

}  // namespace simwarden
