// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "notation/json_text.h"
#include "report/formats.h"
#include "report/visible.h"

namespace simwarden {
namespace {

// RFC 4180. What a spreadsheet would run as a formula gets a quote in front.
void append_text(std::string& out, std::string_view text) {
  const bool formula =
      !text.empty() &&
      std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const bool plain = text.find_first_of(",\"\n\r") == std::string_view::npos;
  if (!plain) out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (!plain) out += '"';
}

void append_cell(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::text:
    case Cell::Kind::hidden: return append_text(out, cell.text);
    case Cell::Kind::count: return append_count(out, cell.number);
    case Cell::Kind::number:
    case Cell::Kind::share: return append_json_number(out, cell.number);
    case Cell::Kind::none:
    case Cell::Kind::not_stored: return;
  }
}

}  // namespace

void append_count(std::string& out, double count) {
  out += fmt::format("{:.0f}", count);
}

std::string to_csv(const ReportTable& written) {
  const ReportTable table = made_visible(written);
  std::string out;
  for (size_t at = 0; at < table.columns.size(); ++at) {
    if (at > 0) out += ',';
    append_text(out, table.columns[at].key);
  }
  out += '\n';
  for (const auto& row : table.rows) {
    for (size_t at = 0; at < row.size(); ++at) {
      if (at > 0) out += ',';
      append_cell(out, row[at]);
    }
    out += '\n';
  }
  return out;
}

std::string to_csv(const Document& written) {
  const Document document = made_visible(written);
  std::string out = "table,row,column,value\n";
  each_table(document, [&out](const ReportTable& table) {
    for (size_t i = 0; i < table.rows.size(); ++i) {
      for (size_t at = 0; at < table.columns.size(); ++at) {
        out += fmt::format("{},{},{},", table.id, i + 1, table.columns[at].key);
        append_cell(out, table.rows[i][at]);
        out += '\n';
      }
    }
  });
  return out;
}

const ReportTable* find_table(const Document& document, std::string_view id) {
  const ReportTable* found = nullptr;
  each_table(document, [&found, id](const ReportTable& table) {
    if (table.id == id) found = &table;
  });
  for (const ReportTable& table : document.empty) {
    if (table.id == id) return &table;
  }
  return found;
}

std::vector<std::string> table_ids(const Document& document) {
  std::vector<std::string> ids;
  each_table(document,
             [&ids](const ReportTable& table) { ids.push_back(table.id); });
  return ids;
}

}  // namespace simwarden
