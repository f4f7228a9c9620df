// SPDX-License-Identifier: Apache-2.0
#include "notation/plain_scalar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "diag/ascii.h"
#include "diag/hex.h"

// Written by hand, not as regular expressions: every scalar of a list of a
// million hosts passes through here.
namespace simwarden {
namespace {

bool all_of_base(std::string_view digits, int base) {
  if (digits.empty()) return false;
  return std::all_of(digits.begin(), digits.end(), [base](char c) {
    const int digit = hex_digit(c);
    return digit >= 0 && digit < base;
  });
}

std::string_view without_sign(std::string_view s) {
  if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
  return s;
}

size_t count_digits(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  return n;
}

// [0-9]* ( "." [0-9]* )? ( [eE] [-+]? [0-9]+ )? with a digit before the "e".
bool is_decimal(std::string_view s) {
  size_t digits = count_digits(s);
  s.remove_prefix(digits);
  if (!s.empty() && s[0] == '.') {
    s.remove_prefix(1);
    const size_t fraction = count_digits(s);
    digits += fraction;
    s.remove_prefix(fraction);
  }
  if (digits == 0) return false;
  if (s.empty()) return true;
  if (s[0] != 'e' && s[0] != 'E') return false;
  const std::string_view exponent = without_sign(s.substr(1));
  return !exponent.empty() && count_digits(exponent) == exponent.size();
}

template <size_t N>
bool is_one_of(std::string_view s,
               const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), s) != words.end();
}

constexpr std::array<std::string_view, 5> kNulls = {"", "~", "null", "Null",
                                                    "NULL"};
constexpr std::array<std::string_view, 6> kBools = {"true",  "True",  "TRUE",
                                                    "false", "False", "FALSE"};
constexpr std::array<std::string_view, 6> kYesNo = {"yes", "no", "on",
                                                    "off", "y",  "n"};

PlainKind spelt_kind(std::string_view scalar) {
  if (scalar.starts_with("0x") && all_of_base(scalar.substr(2), 16)) {
    return PlainKind::integer;
  }
  if (scalar.starts_with("0o") && all_of_base(scalar.substr(2), 8)) {
    return PlainKind::integer;
  }
  const std::string_view body = without_sign(scalar);
  if (all_of_base(body, 10)) return PlainKind::integer;
  return is_decimal(body) ? PlainKind::number : PlainKind::text;
}

}  // namespace

PlainKind plain_kind(std::string_view scalar) {
  if (is_one_of(scalar, kNulls)) return PlainKind::null;
  if (is_one_of(scalar, kBools)) return PlainKind::boolean;
  const PlainKind kind = spelt_kind(scalar);
  const bool holds =
      kind == PlainKind::text || std::isfinite(plain_number(scalar));
  return holds ? kind : PlainKind::text;
}

bool is_yes_or_no(std::string_view scalar) {
  if (scalar.size() > 3) return false;
  return is_one_of(small_letters(scalar), kYesNo);
}

bool has_leading_zero(std::string_view scalar) {
  const std::string_view body = without_sign(scalar);
  return body.size() > 1 && body[0] == '0' && all_of_base(body, 10);
}

double plain_number(std::string_view scalar) {
  if (scalar.starts_with("0x") || scalar.starts_with("0o")) {
    double value = 0;
    const int base = scalar[1] == 'x' ? 16 : 8;
    for (const char c : scalar.substr(2)) value = value * base + hex_digit(c);
    return value;
  }
  // strtod tells a number beyond all doubles from one that is nearly none.
  const std::string body(without_sign(scalar));
  const double value = std::strtod(body.c_str(), nullptr);
  return scalar[0] == '-' ? -value : value;
}

}  // namespace simwarden
