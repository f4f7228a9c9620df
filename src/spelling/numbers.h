// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "spelling/respelling.h"

// Digits as people group them: "+1 (555) 010-0199", "138-0013-8000",
// "1 3 8 0 0 …".
namespace simwarden {

// An EID has 32 digits; more than this in one run is no number of ours.
inline constexpr size_t kRunDigitsMax = 48;

// Groups of digits with separators between them. A plain value without
// allocations.
class NumberRun {
 public:
  Range range;
  bool plus = false;
  bool odd = false;  // one sign parts it that seldom does: "+1_202_555_0143"

  bool empty() const { return size_ == 0; }
  std::string_view digits() const { return {digits_.data(), size_}; }
  // Of digits without a separator inside; sizes add up to digits().size().
  size_t groups() const { return count_; }
  Range group(size_t i) const { return {begins_[i], ends_[i]}; }
  size_t group_size(size_t i) const { return ends_[i] - begins_[i]; }

  void push_digit(char c) { digits_[size_++] = c; }
  void push_group(size_t begin, size_t end) {
    begins_[count_] = static_cast<uint32_t>(begin);
    ends_[count_++] = static_cast<uint32_t>(end);
  }
  // The first `count` groups, one at least.
  NumberRun first(size_t count) const;
  // A group as a run of its own, without the plus.
  NumberRun alone(size_t group) const;

 private:
  // Only the first size_ and count_ are set: runs are read by the thousand.
  std::array<char, kRunDigitsMax> digits_;
  std::array<uint32_t, kRunDigitsMax> begins_;
  std::array<uint32_t, kRunDigitsMax> ends_;
  size_t size_ = 0;
  size_t count_ = 0;
};

// Behind a plus one of "_*/=,~:;#^'" may part all groups (`odd`): only a valid
// number is one then. The run that begins at `i`, a digit, "+" or "("; no
// digits when none does.
NumberRun read_number(std::string_view text, size_t i);

// "2024-11-05", "05.11.2024"; `run` is of `text`.
bool is_date(const NumberRun& run, std::string_view text);

// "2.124.821", "1,234,567": a count or an amount with its thousands apart;
// `run` is of `text`.
bool is_grouped_by_thousands(const NumberRun& run, std::string_view text);

// "10987654321", "789101112": one number behind the other, up or down.
bool is_counting(std::string_view digits);

// Each digit stands alone.
bool is_spaced(const NumberRun& run);

// Digits of the shortest national mobile numbers with their trunk zero.
inline constexpr size_t kNationalDigitsMin = 9;

// "202-555-0143", "98765 00011", "612-345-678", "5555 0178": grouped, or in one
// piece, as plans do whose national numbers have no trunk zero.
bool is_national_without_zero(const NumberRun& run);

}  // namespace simwarden
