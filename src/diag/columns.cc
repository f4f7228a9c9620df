// SPDX-License-Identifier: Apache-2.0
#include "diag/columns.h"

#include <unicode/uchar.h>

#include "diag/characters.h"

namespace simwarden {
namespace {

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
  constexpr uint32_t kFirstMark = 0x0300;
  const uint32_t c = decode(code_point);
  if (c < kFirstMark) return 1;
  const auto type = u_charType(UChar32(c));
  const auto syllable =
      u_getIntPropertyValue(UChar32(c), UCHAR_HANGUL_SYLLABLE_TYPE);
  const bool joins = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
                     type == U_FORMAT_CHAR || syllable == U_HST_VOWEL_JAMO ||
                     syllable == U_HST_TRAILING_JAMO;
  if (joins) return 0;
  const auto width = u_getIntPropertyValue(UChar32(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_invisible(std::string_view code_point) {
  return !code_point.empty() &&
         u_hasBinaryProperty(UChar32(decode(code_point)),
                             UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
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

std::string padded(std::string_view text, uint32_t columns) {
  std::string cell(cut_to_columns(text, columns));
  if (cell.size() < text.size() && columns > 0) {
    cell = std::string(cut_to_columns(text, columns - 1)) + "…";
  }
  const uint32_t used = display_columns(cell);
  cell.append(columns > used ? columns - used : 0, ' ');
  return cell;
}

}  // namespace simwarden
