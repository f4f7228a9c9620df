// SPDX-License-Identifier: Apache-2.0
#include "spelling/numbers.h"

#include <algorithm>

#include "text/look_around.h"

namespace simwarden {
namespace {

// ") - " is the longest that anybody writes between two groups.
constexpr size_t kSeparatorMax = 3;

bool is_dash(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

// Stars and arrows, as adverts hide numbers from filters: 1★202★555★0123.
bool is_ornament(char32_t c) {
  return c == 0x2605 || c == 0x2606 || c == 0x2192 || c == 0x21E2 ||
         c == 0x2794 || c == 0x27A1 || c == 0x2726 || c == 0x25C6;
}

// "][" between two groups in brackets.
bool is_bracket(std::string_view t, size_t i) {
  constexpr std::string_view kClosing = ")]}>";
  constexpr std::string_view kOpening = "([{<";
  return (is_one_of(at(t, i), kClosing) && is_one_of(at(t, i + 1), kOpening)) ||
         (is_one_of(at(t, i), kOpening) && is_one_of(before(t, i), kClosing));
}

// One digit stands before `i`, and one at `next`.
bool is_alone(std::string_view t, size_t i, size_t next) {
  return i > 0 && !is_alnum(before(t, i - 1)) && is_digit(at(t, next)) &&
         !is_alnum(at(t, next + 1));
}

// "+1_202_555_0143": the sign that parts all groups behind a plus; '\0' when
// none does. Two signs at least, and no list of whole numbers; commas also part
// thousands.
char sign_of_groups(std::string_view t, size_t i) {
  constexpr size_t kGroupMax = 5;
  constexpr size_t kGroupsMin = 3;
  constexpr size_t kGroupsMax = 8;
  char sign = '\0';
  size_t groups = 0;
  bool thousands = true;
  for (; groups < kGroupsMax; ++groups) {
    const size_t end = std::min(t.find_first_not_of("0123456789", i), t.size());
    if (end == i || end - i > kGroupMax) return '\0';
    thousands = thousands && (groups == 0 || end - i == 3);
    const bool more = is_one_of(at(t, end), "_*/=,~:;#^'") &&
                      (sign == '\0' || at(t, end) == sign) &&
                      is_digit(at(t, end + 1));
    if (!more) {
      const bool amount = sign == ',' && thousands;
      return groups + 1 >= kGroupsMin && !amount ? sign : '\0';
    }
    sign = at(t, end);
    i = end + 1;
  }
  return '\0';
}

// Where the next group begins, or `i` when the run ends here.
size_t next_group(std::string_view t, size_t i, bool plus) {
  size_t k = i;
  for (size_t n = 0; n < kSeparatorMax; ++n) {
    const CodePoint p = code_point_at(t, k);
    const bool sign =
        p.c < 0x80 &&
        (is_one_of(static_cast<char>(p.c), " -.()") || is_bracket(t, k));
    // A middle dot parts lists, but not behind a plus, nor single digits.
    const bool dot =
        (plus || is_alone(t, i, k + p.size)) && (p.c == 0xB7 || p.c == 0x2022);
    const bool odd = p.c < 0x80 &&
                     is_one_of(static_cast<char>(p.c), "/*_~|=^") &&
                     is_alone(t, i, k + p.size);
    if (!sign && !dot && !odd && !is_dash(p.c) && !is_ornament(p.c)) return i;
    k += p.size;
    if (is_digit(at(t, k))) return k;
  }
  return i;
}

// "888-555-0177", "900 555 123": of North America and Spain, free of charge.
// Whose they are nobody can say, and hot lines of honest firms are such.
bool is_toll_free(std::string_view shape, std::string_view digits) {
  if (shape == "3 3 4 ") return digits[0] == '8' && digits[1] == digits[2];
  return shape == "3 3 3 " && digits.starts_with("90");
}

}  // namespace

NumberRun NumberRun::first(size_t count) const {
  NumberRun run = *this;
  while (run.count_ > count) run.size_ -= run.group_size(--run.count_);
  run.range.end = run.group(run.count_ - 1).end;
  return run;
}

NumberRun NumberRun::alone(size_t group) const {
  size_t begin = 0;
  for (size_t i = 0; i < group; ++i) begin += group_size(i);
  NumberRun run;
  run.range = this->group(group);
  run.push_group(run.range.begin, run.range.end);
  for (size_t i = 0; i < group_size(group); ++i) {
    run.push_digit(digits_[begin + i]);
  }
  return run;
}

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
  const char sign = run.plus ? sign_of_groups(t, k) : '\0';
  run.odd = sign != '\0';
  while (run.digits().size() < kRunDigitsMax) {
    const size_t begin = k;
    while (is_digit(at(t, k)) && run.digits().size() < kRunDigitsMax) {
      run.push_digit(t[k++]);
    }
    run.push_group(begin, k);
    const bool signed_group = sign != '\0' && at(t, k) == sign;
    const size_t next = signed_group ? k + 1 : next_group(t, k, run.plus);
    if (signed_group && !is_digit(at(t, next))) break;
    if (next == k) break;
    k = next;
  }
  run.range = {i, run.group(run.groups() - 1).end};
  return run;
}

bool is_date(const NumberRun& run, std::string_view t) {
  if (run.plus || run.groups() < 3) return false;
  const size_t first = run.group_size(0);
  const size_t second = run.group_size(1);
  const size_t third = run.group_size(2);
  const bool year_first =
      first == 4 && run.digits()[0] != '0' && second <= 2 && third <= 2;
  const bool year_last =
      first <= 2 && second <= 2 && (third == 4 || third == 2);
  return (year_first || year_last) && is_one_of(at(t, run.group(0).end), "-.");
}

bool is_grouped_by_thousands(const NumberRun& run, std::string_view t) {
  if (run.plus || run.groups() < 2 || run.group_size(0) > 3) return false;
  for (size_t i = 1; i < run.groups(); ++i) {
    if (run.group_size(i) != 3) return false;
    if (before(t, run.group(i).begin) != '.') return false;
  }
  return true;
}

bool is_spaced(const NumberRun& run) {
  constexpr size_t kSpacedMin = 5;
  size_t alone = 0;
  for (size_t i = 0; i < run.groups(); ++i) {
    alone += run.group_size(i) == 1 ? 1 : 0;
  }
  return run.groups() >= kSpacedMin && alone * 4 >= run.groups() * 3;
}

bool is_counting(std::string_view digits) {
  constexpr size_t kStepsMax = 12;
  for (const size_t first : {size_t{1}, size_t{2}}) {
    int number = 0;
    for (const char c : digits.substr(0, first)) number = 10 * number + c - '0';
    for (const int step : {1, -1}) {
      std::string counted;
      int next = number;
      for (size_t n = 0; n < kStepsMax && next >= 0; ++n, next += step) {
        if (counted.size() >= digits.size()) break;
        counted += std::to_string(next);
      }
      if (counted == digits) return true;
    }
  }
  return false;
}

bool is_national_without_zero(const NumberRun& run) {
  // North America, India, Spain and Poland, Hong Kong and Singapore.
  static constexpr std::array<std::string_view, 7> kShapes = {
      "3 3 4 ", "5 5 ", "10 ", "3 3 3 ", "9 ", "4 4 ", "8 "};
  if (run.digits()[0] < '2') return false;
  std::string shape;
  for (size_t i = 0; i < run.groups(); ++i) {
    shape += std::to_string(run.group_size(i)) + ' ';
  }
  const bool day = shape == "8 " && run.digits().starts_with("20");
  return !day && !is_toll_free(shape, run.digits()) &&
         std::find(kShapes.begin(), kShapes.end(), shape) != kShapes.end();
}

}  // namespace simwarden
