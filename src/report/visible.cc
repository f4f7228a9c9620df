// SPDX-License-Identifier: Apache-2.0
#include "report/visible.h"

#include <algorithm>

#include "diag/printable.h"

namespace simwarden {
namespace {

void make_visible(std::string& text) {
  std::string out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) out += '\n';
    out += escaped_text(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  text = std::move(out);
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
