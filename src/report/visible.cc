// SPDX-License-Identifier: Apache-2.0
#include "report/visible.h"

#include "diag/by_line.h"
#include "diag/printable.h"

namespace simwarden {
namespace {

void make_visible(std::string& text) {
  text = by_line(text, escaped_text);
}

void make_visible(ReportTable& table) {
  make_visible(table.title);
  make_visible(table.note);
  for (auto& row : table.rows) {
    for (Cell& cell : row) make_visible(cell.text);
  }
}

}  // namespace

ReportTable made_visible(ReportTable table) {
  make_visible(table);
  return table;
}

Document made_visible(Document document) {
  make_visible(document.title);
  make_visible(document.subtitle);
  make_visible(document.compared_with);
  make_visible(document.generated_at);
  each_table(document, [](ReportTable& table) { make_visible(table); });
  for (ReportSection& section : document.sections) {
    for (ReportItem& item : section.items) {
      auto* paragraph = std::get_if<Paragraph>(&item);
      if (paragraph != nullptr) make_visible(paragraph->text);
    }
  }
  return document;
}

}  // namespace simwarden
