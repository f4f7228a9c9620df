// SPDX-License-Identifier: Apache-2.0
#include "mail/html_cells.h"

#include <algorithm>
#include <utility>

#include "mail/words.h"

namespace simwarden {
namespace {

// A micro QR code has 11 modules.
constexpr size_t kSideMin = 11;
constexpr uint32_t kPaper = 0xFFFFFF;

// Columns that a cell takes; what is no number is one.
size_t columns_of(std::string_view colspan) {
  size_t columns = 0;
  for (const char c : without_blanks(colspan)) {
    if (!is_digit(c)) break;
    columns = columns * 10 + static_cast<size_t>(c - '0');
    if (columns > kMailTableSideMax) break;
  }
  return std::max(columns, size_t{1});
}

size_t widest(const std::vector<std::vector<uint32_t>>& rows) {
  size_t columns = 0;
  for (const auto& row : rows) columns = std::max(columns, row.size());
  return columns;
}

// Of every two neighbours of a code about one pair differs; the stripes and
// columns of tables with words in them have far fewer.
bool changes_everywhere(const MailTable& table) {
  constexpr size_t kCellsAChange = 6;
  size_t changes = 0;
  for (size_t i = 1; i < table.colours.size(); ++i) {
    const bool same_row = i % table.columns != 0;
    changes += same_row && table.colours[i] != table.colours[i - 1] ? 1 : 0;
  }
  return changes * kCellsAChange >= table.colours.size();
}

}  // namespace

void CellTables::begin_table(size_t text_at) {
  open_.push_back({static_cast<uint32_t>(text_at), {}, true, false});
}

void CellTables::begin_row() {
  if (!open_.empty()) open_.back().wants_row = true;
}

void CellTables::begin_cell(int32_t background, std::string_view colspan) {
  if (open_.empty() || open_.back().too_large) return;
  Open& table = open_.back();
  if (std::exchange(table.wants_row, false)) table.rows.emplace_back();
  std::vector<uint32_t>& row = table.rows.back();
  const size_t columns = columns_of(colspan);
  if (table.rows.size() > kMailTableSideMax ||
      row.size() + columns > kMailTableSideMax) {
    table.too_large = true;
    table.rows.clear();
    return;
  }
  const uint32_t colour =
      background < 0 ? kPaper : static_cast<uint32_t>(background);
  row.insert(row.end(), columns, colour);
}

void CellTables::end_table() {
  if (open_.empty()) return;
  const Open closed = std::move(open_.back());
  open_.pop_back();
  const size_t columns = widest(closed.rows);
  if (closed.rows.size() < kSideMin || columns < kSideMin) return;
  MailTable table;
  table.begin = closed.begin;
  table.columns = static_cast<uint32_t>(columns);
  for (const auto& row : closed.rows) {
    table.colours.insert(table.colours.end(), row.begin(), row.end());
    table.colours.insert(table.colours.end(), columns - row.size(), kPaper);
  }
  if (!changes_everywhere(table)) return;
  if (tables_.size() >= kMailTablesMax) {
    cut_ = true;
  } else {
    tables_.push_back(std::move(table));
  }
}

}  // namespace simwarden
