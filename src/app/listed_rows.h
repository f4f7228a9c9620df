// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/options.h"
#include "app/output.h"
#include "diag/columns.h"
#include "diag/printable.h"
#include "notation/json_text.h"

// Rows that a command lists, as a table for a person, as CSV or as JSON lines.
//
//   constexpr ListColumn<Row> kColumns[] = {{"verdict_id", 10, text_of_id,
//                                            ListedCell::number}, …};
//   out += listed_head(format, std::span(kColumns));
//   out += listed_row(format, std::span(kColumns), row);
namespace simwarden {

enum class ListedCell : uint8_t {
  text,
  number,
  prose,  // has lines of its own, and is read back as it stands
};

template <typename Row>
struct ListColumn {
  const char* name;
  uint32_t width;  // in the table; 0: not shown there
  std::string (*text)(const Row&);
  ListedCell cell = ListedCell::text;
};

// `text` gives what stands in a column.
template <typename Row, typename Text>
std::string listed_cells(ListFormat format,
                         std::span<const ListColumn<Row>> columns, Text text) {
  std::string out;
  for (const ListColumn<Row>& column : columns) {
    if (format == ListFormat::csv) {
      if (&column != &columns.front()) out += ',';
      const std::string cell = text(column);
      append_csv_cell(
          out, inert(column.cell == ListedCell::prose ? escaped_prose(cell)
                                                      : escaped_text(cell)));
    } else if (column.width > 0) {
      if (!out.empty()) out += "  ";
      out += padded(printable_text(text(column)), column.width);
    }
  }
  while (format == ListFormat::table && out.ends_with(' ')) out.pop_back();
  return out + "\n";
}

template <typename Row>
std::string listed_json(std::span<const ListColumn<Row>> columns,
                        const Row& row) {
  std::string out = "{";
  for (const ListColumn<Row>& column : columns) {
    append_json_key(out, column.name);
    if (column.cell == ListedCell::number) {
      out += column.text(row);
    } else {
      append_json_string(out, column.text(row));
    }
  }
  return out + "}\n";
}

template <typename Row>
std::string listed_head(ListFormat format,
                        std::span<const ListColumn<Row>> columns) {
  if (format == ListFormat::json) return {};
  return listed_cells(format, columns, [](const ListColumn<Row>& column) {
    return std::string(column.name);
  });
}

template <typename Row>
std::string listed_row(ListFormat format,
                       std::span<const ListColumn<Row>> columns,
                       const Row& row) {
  if (format == ListFormat::json) return listed_json(columns, row);
  return listed_cells(format, columns, [&row](const ListColumn<Row>& column) {
    return column.text(row);
  });
}

}  // namespace simwarden
