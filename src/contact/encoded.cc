// SPDX-License-Identifier: Apache-2.0

#include "contact/finders.h"
#include "text/look_around.h"

// Base64, hashes and tokens hold every short word sooner or later: "T/G", "+v",
// "vx/". Nobody can read these runs, so that nobody can follow what seems to
// stand in them. They are told from names by how often they change between
// small letters, capitals and digits: a name changes a few times, a code at
// more than half of its places (hex a little less).
namespace simwarden {
namespace {

// Shorter runs are names as well.
constexpr size_t kRunMin = 20;
// MIME lines have 76 characters; this many tell enough.
constexpr size_t kReach = 120;

enum class Class { none, small, capital, digit, sign };

Class class_of(char c) {
  if (is_small(c)) return Class::small;
  if (is_capital(c)) return Class::capital;
  if (is_digit(c)) return Class::digit;
  const bool sign = c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
  return sign ? Class::sign : Class::none;
}

bool in_alphabet(char c) {
  return class_of(c) != Class::none;
}

bool breaks_line(char c) {
  return c == '\n' || c == '\r';
}

// The run of the alphabet around `i`, within reach.
Range run_around(std::string_view raw, size_t i) {
  Range run{i, i};
  while (run.begin > 0 && i - run.begin < kReach &&
         in_alphabet(raw[run.begin - 1])) {
    --run.begin;
  }
  while (run.end < raw.size() && run.end - i < kReach &&
         in_alphabet(raw[run.end])) {
    ++run.end;
  }
  return run;
}

bool is_encoded(std::string_view raw, Range run) {
  if (run.end - run.begin < kRunMin) return false;
  size_t pairs = 0;
  size_t changes = 0;
  for (size_t i = run.begin + 1; i < run.end; ++i) {
    const Class left = class_of(raw[i - 1]);
    const Class right = class_of(raw[i]);
    if (left == Class::sign || right == Class::sign) continue;
    ++pairs;
    changes += left == right ? 0 : 1;
  }
  return changes * 10 >= pairs * 3 && changes > 0;
}

// The first character beyond the line break that stands at `i`.
size_t behind_break(std::string_view raw, size_t i) {
  if (i < raw.size() && raw[i] == '\r') ++i;
  return i < raw.size() && raw[i] == '\n' ? i + 1 : i;
}

size_t before_break(std::string_view raw, size_t i) {
  if (i > 0 && raw[i - 1] == '\n') --i;
  return i > 0 && raw[i - 1] == '\r' ? i - 1 : i;
}

}  // namespace

// The last line of an encoded block is short: it is judged by its neighbour.
bool is_inside_encoded(std::string_view raw, Span span) {
  const Range run = run_around(raw, span.begin);
  if (run.begin == run.end) return false;
  if (is_encoded(raw, run)) return true;
  const bool starts = run.begin == 0 || breaks_line(raw[run.begin - 1]);
  const bool ends = run.end == raw.size() || breaks_line(raw[run.end]);
  if (!starts || !ends) return false;
  return is_encoded(raw, run_around(raw, before_break(raw, run.begin))) ||
         is_encoded(raw, run_around(raw, behind_break(raw, run.end)));
}

}  // namespace simwarden
