// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "diag/check.h"

// A report as plain values between the numbers and the formats: sections of
// paragraphs, tables and figures. A figure is drawn from its table, so that
// both always say the same.
namespace simwarden {

struct Cell {
  enum class Kind : uint8_t {
    text,
    count,       // a whole number of records
    number,      // a measure, two places
    share,       // 0 to 1, shown in per cent
    none,        // there is no such value: empty, null
    not_stored,  // the store does not hold it
    hidden,      // not published: "<5", or "*" for what would give one away
  };
  Kind kind = Kind::none;
  std::string text = {};
  double number = 0;
  double part = 0;   // of a share of counts: the one above the line
  double whole = 0;  // and the one below
};

inline Cell text_cell(std::string_view text) {
  return {Cell::Kind::text, std::string(text)};
}
// Nothing to show where the text is empty.
inline Cell text_or_none(std::string_view text) {
  return text.empty() ? Cell{} : text_cell(text);
}
inline Cell count_cell(uint64_t count) {
  return {Cell::Kind::count, {}, double(count)};
}
inline Cell number_cell(double number) {
  return {Cell::Kind::number, {}, number};
}
inline Cell share_cell(double share) {
  return {Cell::Kind::share, {}, share};
}
// part of whole; none of nothing.
inline Cell share_cell(uint64_t part, uint64_t whole) {
  if (whole == 0) return {};
  return {Cell::Kind::share,
          {},
          double(part) / double(whole),
          double(part),
          double(whole)};
}
inline Cell hidden_cell(std::string_view text) {
  return {Cell::Kind::hidden, std::string(text)};
}
inline Cell not_stored() {
  return {Cell::Kind::not_stored};
}

// `key` names the column in JSON and CSV, `title` in the language of the
// report.
struct ReportColumn {
  std::string key;
  std::string title;
};

struct ReportTable {
  std::string id;  // "rules"
  std::string title;
  std::vector<ReportColumn> columns;
  std::vector<std::vector<Cell>> rows;  // by add()
  std::string note = {};
  // Rows are single records or people: left out of what is published.
  bool personal = false;
  // The columns [parts_begin, parts_end) add up to the one before them: what
  // is hidden there must not be found by taking away the others.
  size_t parts_begin = 0;
  size_t parts_end = 0;
  // Rows may add up, column by column, to what a reader knows: those of one
  // group each (empty: all are one group), or none where a record is counted
  // in several rows.
  bool rows_add_up = true;
  std::vector<size_t> groups = {};
  // The table whose rows of the same names split the same records: what is
  // hidden there must not be found with the sums here. Empty: none.
  std::string beside = {};

  // REQUIRES: a cell for each column. Rows are read by their columns and drawn
  // by their places: one that is short or long would shift what is told.
  void add(std::vector<Cell> row) {
    CHECK(row.size() == columns.size(), "a row has a cell for each column");
    rows.push_back(std::move(row));
  }
};

enum class Drawing : uint8_t {
  actions_by_day,  // label, records, pass, review, hold, refuse
  week,            // weekday, hour, records, flagged, share
  pareto,          // rule, title, …, hits
  histogram,       // label, records
  marked,          // label, what is to be marked, the others
  funnel,          // label, records, stopped, share, limits 95 and 99.8
  exact_funnel,    // the same with exact limits
  mix,             // label, whole, parts
  verdict_mix,     // label, whole, pass, review, hold, refuse
  graph,           // name, kind, …, numbers (4th), …, "V1 5, N2 3" (last)
  flow,            // step 1 or 2, from, to, records
  trend,           // label, records, stopped, share, low, high
};

struct Figure {
  Drawing drawing = Drawing::histogram;
  std::string id;
  std::string title;
  std::string alt;
  ReportTable table;
};

struct Paragraph {
  std::string text;
  // What the store does not hold: shown apart from what it says.
  bool missing = false;
};

using ReportItem = std::variant<Paragraph, ReportTable, Figure>;

struct ReportSection {
  int number = 0;
  std::string id;
  std::string title;
  std::vector<ReportItem> items;
};

struct Document {
  std::string language;  // "en", "zh"
  std::string title;
  std::string subtitle;       // the period
  std::string compared_with;  // the one before; empty: none
  std::string generated_at;
  bool published = false;  // small counts are hidden
  std::vector<ReportSection> sections;
  // Tables that had no rows and stand in no section: who asks for one gets its
  // columns.
  std::vector<ReportTable> empty;
};

// All tables in their order, those of figures too.
template <typename DocumentType, typename Take>
void each_table(DocumentType& document, Take take) {
  for (auto& section : document.sections) {
    for (auto& item : section.items) {
      if (auto* table = std::get_if<ReportTable>(&item)) take(*table);
      if (auto* figure = std::get_if<Figure>(&item)) take(figure->table);
    }
  }
}

}  // namespace simwarden
