// SPDX-License-Identifier: Apache-2.0
#include "cel/value/code_points.h"

namespace cel {
namespace {

uint32_t byte_at(std::string_view text, size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Length that the first byte announces; 0 when it cannot begin a sequence.
size_t announced(uint32_t first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

}  // namespace

std::optional<uint32_t> decode_code_point(std::string_view text, size_t at) {
  constexpr uint32_t kFirstBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const size_t size = announced(byte_at(text, at));
  if (size == 0 || at + size > text.size()) return std::nullopt;
  uint32_t number = byte_at(text, at) & kFirstBits[size];
  for (size_t i = 1; i < size; ++i) {
    const uint32_t next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return std::nullopt;
    number = number << 6 | (next & 0x3F);
  }
  const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
  if (number < kSmallest[size] || surrogate || number > 0x10FFFF) {
    return std::nullopt;
  }
  return number;
}

size_t code_point_bytes(std::string_view text, size_t at) {
  if (byte_at(text, at) < 0x80) return 1;
  return decode_code_point(text, at) ? announced(byte_at(text, at)) : 1;
}

size_t code_point_count(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += code_point_bytes(text, at)) {
    ++count;
  }
  return count;
}

std::optional<size_t> byte_of_code_point(std::string_view text, size_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index) {
    at += code_point_bytes(text, at);
  }
  if (index > 0) return std::nullopt;
  return at;
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size(); at += code_point_bytes(text, at)) {
    if (!decode_code_point(text, at)) return false;
  }
  return true;
}

bool append_code_point(std::string& text, uint32_t number) {
  const auto put = [&text](uint32_t byte) {
    text.push_back(static_cast<char>(byte));
  };
  if (number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return false;
  if (number < 0x80) {
    put(number);
  } else if (number < 0x800) {
    put(0xC0 | number >> 6);
    put(0x80 | (number & 0x3F));
  } else if (number < 0x10000) {
    put(0xE0 | number >> 12);
    put(0x80 | (number >> 6 & 0x3F));
    put(0x80 | (number & 0x3F));
  } else {
    put(0xF0 | number >> 18);
    put(0x80 | (number >> 12 & 0x3F));
    put(0x80 | (number >> 6 & 0x3F));
    put(0x80 | (number & 0x3F));
  }
  return true;
}

}  // namespace cel
