// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Bytes as two hexadecimal digits each.
namespace simwarden {

// The value of a hexadecimal digit of either case; below 0 for what is none.
constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_hex_digit(char c) {
  return hex_digit(c) >= 0;
}

// The byte of the two digits at the front; below 0 when they are none.
constexpr int hex_byte(std::string_view digits) {
  if (digits.size() < 2) return -1;
  const int high = hex_digit(digits[0]);
  const int low = hex_digit(digits[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// "4f7470": bytes; nullopt for what is not pairs of digits.
std::optional<std::string> from_hex(std::string_view digits);

// "%40" is "@" (RFC 3986, 2.1), once. A "%" that two digits do not follow
// stands for itself.
std::string percent_decoded(std::string_view text);
void append_percent_encoded(std::string& out, char byte);

// Appends the lower-case hexadecimal digits of bytes.
inline void append_hex(std::string& out, std::span<const uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  size_t at = out.size();
  out.resize(at + 2 * bytes.size());
  for (const uint8_t byte : bytes) {
    out[at++] = kDigits[byte >> 4];
    out[at++] = kDigits[byte & 15];
  }
}

}  // namespace simwarden
