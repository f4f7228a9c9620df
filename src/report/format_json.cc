// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "notation/json_object.h"
#include "notation/utf8.h"
#include "report/formats.h"

namespace simwarden {
namespace {

// Bytes that are no UTF-8 as escapes, "a\xb2", as in the other formats: JSON
// has no such bytes, and two names shall stay two.
std::string in_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t sound = utf8_prefix(text);
    out += text.substr(0, sound);
    text.remove_prefix(sound);
    if (text.empty()) break;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    text.remove_prefix(1);
  }
  return out;
}

void append_cell(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::text:
    case Cell::Kind::hidden: return append_json_string(out, in_utf8(cell.text));
    case Cell::Kind::count: return append_count(out, cell.number);
    case Cell::Kind::number:
    case Cell::Kind::share: return append_json_number(out, cell.number);
    case Cell::Kind::none:
    case Cell::Kind::not_stored: out += "null"; return;
  }
}

void append_table(std::string& out, const ReportTable& table) {
  JsonObject keys(out);
  keys.text("id", table.id);
  keys.text("title", table.title);
  keys.text("note", table.note);
  std::string& columns = keys.key("columns");
  columns += '[';
  for (size_t at = 0; at < table.columns.size(); ++at) {
    if (at > 0) columns += ',';
    append_json_string(columns, table.columns[at].key);
  }
  columns += ']';
  std::string& rows = keys.key("rows");
  rows += '[';
  for (size_t i = 0; i < table.rows.size(); ++i) {
    rows += i > 0 ? ",\n{" : "\n{";
    for (size_t at = 0; at < table.columns.size(); ++at) {
      if (at > 0) rows += ',';
      append_json_string(rows, table.columns[at].key);
      rows += ':';
      append_cell(rows, table.rows[i][at]);
    }
    rows += '}';
  }
  rows += ']';
  keys.close();
}

struct Parts {
  std::vector<std::string> notes;
  std::vector<std::string> not_stored;
  std::vector<const ReportTable*> tables;
};

Parts parts_of(const ReportSection& section) {
  Parts parts;
  for (const ReportItem& item : section.items) {
    if (const auto* paragraph = std::get_if<Paragraph>(&item)) {
      (paragraph->missing ? parts.not_stored : parts.notes)
          .push_back(in_utf8(paragraph->text));
    }
    if (const auto* table = std::get_if<ReportTable>(&item)) {
      parts.tables.push_back(table);
    }
    if (const auto* figure = std::get_if<Figure>(&item)) {
      parts.tables.push_back(&figure->table);
    }
  }
  return parts;
}

void append_section(std::string& out, const ReportSection& section) {
  const Parts parts = parts_of(section);
  JsonObject keys(out);
  keys.whole("number", uint64_t(section.number));
  keys.text("id", section.id);
  keys.text("title", section.title);
  keys.texts("notes", parts.notes);
  keys.texts("not_stored", parts.not_stored);
  keys.each("tables", parts.tables,
            [](std::string& to, const ReportTable* table) {
              to += '\n';
              append_table(to, *table);
            });
  keys.close();
}

}  // namespace

std::string to_json(const Document& document) {
  std::string out;
  JsonObject keys(out);
  keys.text("title", document.title);
  keys.text("language", document.language);
  keys.text("period", document.subtitle);
  if (!document.compared_with.empty()) {
    keys.text("compared_with", document.compared_with);
  }
  keys.text("generated_at", document.generated_at);
  if (document.published) keys.key("published") += "true";
  keys.each("sections", document.sections,
            [](std::string& to, const ReportSection& section) {
              to += '\n';
              append_section(to, section);
            });
  keys.close();
  return out + "\n";
}

}  // namespace simwarden
