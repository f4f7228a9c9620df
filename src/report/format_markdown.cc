// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "notation/markdown_text.h"
#include "report/formats.h"
#include "report/prose.h"
#include "report/svg.h"
#include "report/visible.h"

namespace simwarden {
namespace {

char without_control(char c) {
  return uint8_t(c) < 0x20 ? ' ' : c;
}

// Nothing in a text is taken for markup or a link.
std::string plain(std::string_view text) {
  std::string line(text);
  std::transform(line.begin(), line.end(), line.begin(), without_control);
  return markdown_text(line);
}

std::string as_code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) out += without_control(c);
  return out + "`";
}

std::string prose(std::string_view text) {
  std::string out;
  for (const ProseRun& run : prose_runs(text)) {
    out += run.code ? as_code(run.text) : plain(run.text);
  }
  return out;
}

bool is_number(const ReportTable& table, size_t column) {
  for (const auto& row : table.rows) {
    const Cell::Kind kind = row[column].kind;
    if (kind == Cell::Kind::text) return false;
  }
  return true;
}

void append_table(std::string& out, const Document& document,
                  const ReportTable& table) {
  out += fmt::format("### {}\n\n", plain(table.title));
  if (table.rows.empty()) {
    out += "–\n\n";
    return;
  }
  std::string rule = "|";
  out += '|';
  for (size_t at = 0; at < table.columns.size(); ++at) {
    out += fmt::format(" {} |", plain(table.columns[at].title));
    rule += is_number(table, at) ? "---:|" : "---|";
  }
  out += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    out += '|';
    for (const Cell& cell : row) {
      out += fmt::format(" {} |", plain(shown(cell, document.language)));
    }
    out += '\n';
  }
  out += '\n';
  if (!table.note.empty()) out += prose(table.note) + "\n\n";
}

}  // namespace

std::string to_markdown(const Document& written) {
  const Document document = made_visible(written);
  std::string out = fmt::format("# {}\n\n{}\n\n", plain(document.title),
                                plain(below_title(document)));
  for (const ReportSection& section : document.sections) {
    out += fmt::format("## {}. {}\n\n", section.number, plain(section.title));
    for (const ReportItem& item : section.items) {
      if (const auto* paragraph = std::get_if<Paragraph>(&item)) {
        if (paragraph->missing) out += "> ";
        out += prose(paragraph->text) + "\n\n";
      }
      if (const auto* table = std::get_if<ReportTable>(&item)) {
        append_table(out, document, *table);
      }
      if (const auto* figure = std::get_if<Figure>(&item)) {
        append_table(out, document, figure->table);
      }
    }
  }
  return out;
}

}  // namespace simwarden
