// SPDX-License-Identifier: Apache-2.0
#include "contact/numbers.h"

#include <algorithm>

#include "contact/ascii.h"

namespace simwarden {
namespace {

// ") - " is the longest that anybody writes between two groups.
constexpr size_t kSeparatorMax = 3;

bool is_dash(char32_t c) {
  return c >= 0x2010 && c <= 0x2015;
}

// Where the next group begins, or `i` when the run ends here.
size_t next_group(std::string_view t, size_t i, bool plus) {
  size_t k = i;
  for (size_t n = 0; n < kSeparatorMax; ++n) {
    const CodePoint p = code_point_at(t, k);
    const bool sign = p.c < 0x80 && is_one_of(static_cast<char>(p.c), " -.()");
    // A middle dot parts lists, but not behind a plus.
    const bool dot = plus && (p.c == 0xB7 || p.c == 0x2022);
    if (!sign && !dot && !is_dash(p.c)) return i;
    k += p.size;
    if (is_digit(at(t, k))) return k;
  }
  return i;
}

}  // namespace

NumberRun read_number(std::string_view t, size_t i) {
  NumberRun run;
  size_t k = i;
  if (at(t, k) == '+') {
    run.plus = true;
    ++k;
    if (at(t, k) == ' ') ++k;
  }
  if (at(t, k) == '(') ++k;
  if (at(t, k) == '+' && !run.plus) {
    run.plus = true;
    ++k;
  }
  if (!is_digit(at(t, k))) return {};
  while (run.digits.size() < kRunDigitsMax) {
    const size_t begin = k;
    while (is_digit(at(t, k)) && run.digits.size() < kRunDigitsMax) {
      run.digits.push_back(t[k++]);
    }
    run.groups.push_back({begin, k});
    const size_t next = next_group(t, k, run.plus);
    if (next == k) break;
    k = next;
  }
  run.range = {i, run.groups.back().end};
  return run;
}

bool is_date(const NumberRun& run, std::string_view t) {
  if (run.plus || run.groups.size() < 3) return false;
  const auto size = [&](size_t i) {
    return run.groups[i].end - run.groups[i].begin;
  };
  const bool year_first = size(0) == 4 && size(1) <= 2 && size(2) <= 2;
  const bool year_last =
      size(0) <= 2 && size(1) <= 2 && (size(2) == 4 || size(2) == 2);
  const char sign = at(t, run.groups[0].end);
  return (year_first || year_last) && is_one_of(sign, "-.");
}

bool is_spaced(const NumberRun& run) {
  constexpr size_t kSpacedMin = 5;
  const auto alone =
      std::count_if(run.groups.begin(), run.groups.end(),
                    [](const Range& g) { return g.end - g.begin == 1; });
  const auto groups = static_cast<ptrdiff_t>(run.groups.size());
  return run.groups.size() >= kSpacedMin && alone * 4 >= groups * 3;
}

}  // namespace simwarden
