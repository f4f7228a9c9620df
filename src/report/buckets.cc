// SPDX-License-Identifier: Apache-2.0
#include "report/buckets.h"

#include <fmt/format.h>

#include "record/time.h"

namespace simwarden {
namespace {

int64_t monday_of(int64_t day) {
  return day - ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
}

std::string label_of(int64_t day, Stretch stretch) {
  switch (stretch) {
    case Stretch::day: return date_text(day);
    case Stretch::week: return date_text(monday_of(day));
    case Stretch::month: return date_text(day).substr(0, 7);
    case Stretch::year: break;
  }
  return date_text(day).substr(0, 4);
}

int64_t span_of(int64_t first, int64_t last, Stretch stretch) {
  const int64_t days = last - first + 1;
  switch (stretch) {
    case Stretch::day: return days;
    case Stretch::week: return days / 7 + 2;
    case Stretch::month: return days / 28 + 2;
    case Stretch::year: break;
  }
  return days / 365 + 2;
}

}  // namespace

Buckets make_buckets(const std::map<int64_t, ByKind>& days, size_t kind) {
  Buckets made;
  std::map<int64_t, ActionCounts> filled;
  for (const auto& [day, counts] : days) {
    if (counts[kind].total() > 0) filled[day] = counts[kind];
  }
  if (filled.empty()) return made;
  const int64_t first = filled.begin()->first;
  const int64_t last = filled.rbegin()->first;
  while (made.stretch != Stretch::year &&
         span_of(first, last, made.stretch) > int64_t(kBucketsMax)) {
    made.stretch = Stretch(uint8_t(made.stretch) + 1);
  }
  std::map<std::string, ActionCounts> rows;  // labels sort as their times do
  if (span_of(first, last, made.stretch) <= int64_t(kBucketsMax)) {
    for (int64_t day = first; day <= last; ++day) {
      rows[label_of(day, made.stretch)];
    }
  }
  for (const auto& [day, counts] : filled) {
    ActionCounts& row = rows[label_of(day, made.stretch)];
    for (size_t action = 0; action < counts.by.size(); ++action) {
      row.by[action] += counts.by[action];
    }
  }
  for (const auto& [label, counts] : rows) {
    made.rows.push_back({label, counts});
  }
  return made;
}

std::string month_text(int64_t month) {
  const int64_t year = 1970 + (month >= 0 ? month : month - 11) / 12;
  return fmt::format("{:04}-{:02}", year, month - (year - 1970) * 12 + 1);
}

}  // namespace simwarden
