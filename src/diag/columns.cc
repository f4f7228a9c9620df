// SPDX-License-Identifier: Apache-2.0
#include "diag/columns.h"

#include "diag/characters.h"

namespace simwarden {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// East Asian Wide and Fullwidth blocks and emoji (Unicode, UAX 11).
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};
// Combining marks, zero-width characters, variation selectors.
constexpr Range kNone[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF},
};

template <size_t N>
bool within(const Range (&ranges)[N], uint32_t c) {
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

uint32_t decode(std::string_view c) {
  const auto at = [&](size_t i) {
    return i < c.size() ? static_cast<unsigned char>(c[i]) & 0x3Fu : 0u;
  };
  const auto lead = static_cast<unsigned char>(c[0]);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return (lead & 0x1Fu) << 6 | at(1);
  if (lead < 0xF0) return (lead & 0x0Fu) << 12 | at(1) << 6 | at(2);
  return (lead & 0x07u) << 18 | at(1) << 12 | at(2) << 6 | at(3);
}

}  // namespace

uint32_t columns_of(std::string_view code_point) {
  if (code_point.empty()) return 0;
  const uint32_t c = decode(code_point);
  if (within(kNone, c)) return 0;
  return within(kWide, c) ? 2 : 1;
}

uint32_t display_columns(std::string_view line) {
  uint32_t columns = 0;
  for (size_t at = 0; at < line.size();) {
    const size_t size = code_point_size(line, at);
    columns += columns_of(line.substr(at, size));
    at += size;
  }
  return columns;
}

std::string_view cut_to_columns(std::string_view line, uint32_t columns) {
  uint32_t used = 0;
  for (size_t at = 0; at < line.size();) {
    const size_t size = code_point_size(line, at);
    used += columns_of(line.substr(at, size));
    if (used > columns) return line.substr(0, at);
    at += size;
  }
  return line;
}

}  // namespace simwarden
