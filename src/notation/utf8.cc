// SPDX-License-Identifier: Apache-2.0
#include "notation/utf8.h"

#include <cstdint>

namespace simwarden {
namespace {

// The second byte has its own range after these first bytes (Unicode,
// table 3-7); all others are 80..BF.
struct Range {
  unsigned char low;
  unsigned char high;
};
Range second_byte_range(unsigned char first) {
  if (first == 0xE0) return {0xA0, 0xBF};
  if (first == 0xED) return {0x80, 0x9F};
  if (first == 0xF0) return {0x90, 0xBF};
  if (first == 0xF4) return {0x80, 0x8F};
  return {0x80, 0xBF};
}

size_t size_by_first(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

}  // namespace

size_t utf8_size_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[at + i]);
  };
  const size_t size = size_by_first(byte(0));
  if (size <= 1) return size;
  if (at + size > text.size()) return 0;
  const Range second = second_byte_range(byte(0));
  if (byte(1) < second.low || byte(1) > second.high) return 0;
  for (size_t i = 2; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

size_t utf8_prefix(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t size = utf8_size_at(text, at);
    if (size == 0) break;
    at += size;
  }
  return at;
}

}  // namespace simwarden
