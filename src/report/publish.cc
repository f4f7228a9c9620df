// SPDX-License-Identifier: Apache-2.0
#include "report/publish.h"

#include <algorithm>

#include "report/words.h"

namespace simwarden {
namespace {

bool is_small(const Cell& cell) {
  return cell.kind == Cell::Kind::count && cell.number > 0 &&
         cell.number < kSmallCount;
}

// If exactly one of the cells is hidden, the smallest other count goes too.
bool protect(const std::vector<Cell*>& cells) {
  size_t hidden = 0;
  Cell* smallest = nullptr;
  for (Cell* cell : cells) {
    if (cell->kind == Cell::Kind::hidden) ++hidden;
    if (cell->kind != Cell::Kind::count || cell->number == 0) continue;
    if (!smallest || cell->number < smallest->number) smallest = cell;
  }
  if (hidden != 1 || smallest == nullptr) return false;
  *smallest = hidden_cell("*");
  return true;
}

bool protect_rows(ReportTable& table) {
  if (table.parts_end == 0) return false;
  bool changed = false;
  for (auto& row : table.rows) {
    std::vector<Cell*> parts{&row[table.parts_begin - 1]};
    for (size_t at = table.parts_begin; at < table.parts_end; ++at) {
      parts.push_back(&row[at]);
    }
    changed = protect(parts) || changed;
  }
  return changed;
}

bool protect_columns(ReportTable& table) {
  bool changed = false;
  for (size_t at = 0; at < table.columns.size(); ++at) {
    std::vector<Cell*> cells;
    for (auto& row : table.rows) cells.push_back(&row[at]);
    changed = protect(cells) || changed;
  }
  return changed;
}

void hide(ReportTable& table) {
  for (auto& row : table.rows) {
    for (Cell& cell : row) {
      if (is_small(cell)) cell = hidden_cell("<5");
    }
  }
  // Only hides, so it comes to an end.
  while (protect_rows(table) || protect_columns(table)) {
  }
  for (auto& row : table.rows) {
    const bool any = std::any_of(row.begin(), row.end(), [](const Cell& cell) {
      return cell.kind == Cell::Kind::hidden;
    });
    if (!any) continue;
    for (Cell& cell : row) {
      const bool derived =
          cell.kind == Cell::Kind::share || cell.kind == Cell::Kind::number;
      if (derived) cell = hidden_cell("*");
    }
  }
}

}  // namespace

void hide_small_counts(Document& document) {
  document.published = true;
  for (ReportSection& section : document.sections) {
    for (ReportItem& item : section.items) {
      const auto* table = std::get_if<ReportTable>(&item);
      const auto* figure = std::get_if<Figure>(&item);
      const bool personal =
          (table && table->personal) || (figure && figure->table.personal);
      if (!personal) continue;
      item = Paragraph{std::string(word(document.language, "left_out")), true};
    }
  }
  each_table(document, hide);
}

}  // namespace simwarden
