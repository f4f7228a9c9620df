// SPDX-License-Identifier: Apache-2.0
#include "contact/check_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "diag/ascii.h"

namespace simwarden {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int digit(char c) {
  return c - '0';
}

}  // namespace

bool passes_luhn(std::string_view digits) {
  if (!all_digits(digits)) return false;
  int sum = 0;
  bool twice = false;
  for (size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int d = twice ? digit(digits[i]) * 2 : digit(digits[i]);
    sum += d > 9 ? d - 9 : d;
  }
  return sum % 10 == 0;
}

bool is_iccid(std::string_view text) {
  if (!text.empty() && (text.back() == 'F' || text.back() == 'f')) {
    text.remove_suffix(1);
  }
  if (text.size() < 18 || text.size() > 20) return false;
  if (!text.starts_with("89")) return false;
  return text.size() == 18 ? all_digits(text) : passes_luhn(text);
}

bool is_eid(std::string_view digits) {
  if (digits.size() != 32 || !digits.starts_with("89")) return false;
  if (!all_digits(digits)) return false;
  int rest = 0;
  for (const char c : digits) rest = (rest * 10 + digit(c)) % 97;
  return rest == 1;
}

bool is_imei(std::string_view digits) {
  return digits.size() == 15 && passes_luhn(digits);
}

bool is_cn_resident_id(std::string_view text) {
  if (text.size() != 18 || !all_digits(text.substr(0, 17))) return false;
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                            3, 7, 9,  10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    sum += kWeights[i] * digit(text[i]);
  }
  const char check = text[17] == 'x' ? 'X' : text[17];
  return check == kChecks[static_cast<size_t>(sum % 11)];
}

bool is_aadhaar(std::string_view digits) {
  if (digits.size() != 12 || !all_digits(digits) || digits[0] < '2') {
    return false;
  }
  // Verhoeff: multiplication in the dihedral group D5, and its permutation.
  const auto multiply = [](int a, int b) {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - 5 - (b - 5) + 5) % 5;
  };
  constexpr int kPermutation[8][10] = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
      {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
      {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
      {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
  int check = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int d = digit(digits[digits.size() - 1 - i]);
    check = multiply(check, kPermutation[i % 8][d]);
  }
  return check == 0;
}

}  // namespace simwarden
