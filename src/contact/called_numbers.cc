// SPDX-License-Identifier: Apache-2.0
#include "contact/called_numbers.h"

#include <algorithm>
#include <string_view>

#include "spelling/numbers.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Behind "call": codes seldom have as many.
constexpr size_t kCalledMin = 7;
constexpr size_t kDigitsMax = 15;  // ITU-T E.164, 6.2.1
// Of national numbers without a zero in front: more digits are two numbers.
constexpr size_t kWithoutZeroMax = 12;
// A longer first group may be a code with something else behind it.
constexpr size_t kFirstGroupMax = 5;

// A line, or a sentence, ends between two groups.
bool ends_between(const Scene& scene, Range gap) {
  const std::string_view written = scene.raw(gap);
  return written.find('\n') != written.npos ||
         scene.slice(gap).find(". ") != std::string_view::npos;
}

NumberRun number_in_line(const Scene& scene, size_t i) {
  const NumberRun run = read_number(scene.text(), i);
  for (size_t n = 1; n < run.groups(); ++n) {
    const Range gap{run.group(n - 1).end, run.group(n).begin};
    if (ends_between(scene, gap)) return run.first(n);
  }
  return run;
}

// "call 6123 4567", "WhatsApp: 61234567".
bool is_called(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  for (size_t n = 0; n < kSignsMax && is_one_of(before(t, i), " :.-("); ++n) {
    --i;
  }
  return told_before(Saying::call, t, i) != 0;
}

bool has_date_behind(std::string_view t, const NumberRun& run) {
  return is_date(read_number(t, run.group(1).begin), t);
}

bool is_grouped_number(std::string_view t, const NumberRun& run) {
  const size_t size = run.digits().size();
  if (run.groups() < 2 || size < kNationalDigitsMin) return false;
  if (is_date(run, t) || has_date_behind(t, run)) return false;
  const bool zero = run.digits()[0] == '0' || before(t, run.range.begin) == '(';
  return zero ||
         (size <= kWithoutZeroMax && run.group_size(0) <= kFirstGroupMax);
}

}  // namespace

size_t called_number_end(const Scene& scene, size_t i) {
  const std::string_view t = scene.text();
  const NumberRun run = number_in_line(scene, i);
  const size_t size = run.digits().size();
  if (size < kCalledMin || size > kDigitsMax) return i;
  return is_called(t, i) || is_grouped_number(t, run) ? run.range.end : i;
}

}  // namespace simwarden
