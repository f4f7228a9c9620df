// SPDX-License-Identifier: Apache-2.0
#include "judge/key_spelling.h"

#include <algorithm>

#include "cel/value/addresses.h"
#include "contact/check_digits.h"
#include "diag/ascii.h"

namespace simwarden {
namespace {

std::string without_signs(std::string_view text) {
  constexpr std::string_view kSigns = " -./";
  std::string out;
  for (const char c : text) {
    if (kSigns.find(c) == kSigns.npos) out += c;
  }
  return out;
}

std::string imei(std::string digits) {
  constexpr size_t kDevice = 14;
  constexpr size_t kWithVersion = 16;
  if (digits.size() < kDevice || digits.size() > kWithVersion ||
      !std::all_of(digits.begin(), digits.end(), is_digit)) {
    return digits;
  }
  digits.resize(kDevice + 1);
  for (char check = '0'; check <= '9'; ++check) {
    digits.back() = check;
    if (is_imei(digits)) break;
  }
  return digits;
}

std::string address(std::string_view text) {
  constexpr std::string_view kInside = "::ffff:";
  if (const auto range = cel::read_cidr(text); !range.fault) {
    return cel::write_cidr(range.address);
  }
  if (const auto ip = cel::read_ip(text); !ip.fault) {
    return cel::write_ip(ip.address);
  }
  if (same_letters(text.substr(0, kInside.size()), kInside)) {
    const auto ip = cel::read_ip(text.substr(kInside.size()));
    if (!ip.fault) return cel::write_ip(ip.address);
  }
  return std::string(text);
}

}  // namespace

std::string one_spelling(const Field& field, std::string_view text) {
  if (field.privacy == Privacy::ip) return address(text);
  if (field.privacy != Privacy::sim) return std::string(text);
  std::string plain = without_signs(text);
  return field.name.ends_with(".imei") ? imei(std::move(plain)) : plain;
}

}  // namespace simwarden
