// SPDX-License-Identifier: Apache-2.0
#include "text/tables.h"

#include <charconv>

#include <unicode/utf8.h>

#include "diag/check.h"

namespace simwarden {
namespace {

TableRow cells_of(std::string_view line) {
  TableRow cells;
  for (size_t tab = line.find('\t'); tab != line.npos; tab = line.find('\t')) {
    cells.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  cells.push_back(line);
  return cells;
}

}  // namespace

std::vector<TableRow> rows_of(std::string_view table, size_t cells) {
  std::vector<TableRow> rows;
  while (!table.empty()) {
    const size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    rows.push_back(cells_of(line));
    CHECK(rows.back().size() == cells, "every row of a table is whole");
  }
  return rows;
}

char32_t code_point_of(std::string_view hex) {
  uint32_t number = 0;
  const char* end = hex.data() + hex.size();
  const auto done = std::from_chars(hex.data(), end, number, 16);
  CHECK(done.ptr == end && number != 0 && number <= 0x10FFFF,
        "tables hold code points");
  return number;
}

std::u32string code_points_of(std::string_view text) {
  std::u32string points;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    CHECK(c >= 0, "tables are UTF-8");
    points.push_back(static_cast<char32_t>(c));
  }
  return points;
}

char32_t character_of(std::string_view cell) {
  const std::u32string points = code_points_of(cell);
  CHECK(points.size() == 1, "the cell holds one character");
  return points.front();
}

}  // namespace simwarden
