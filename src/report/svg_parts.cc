// SPDX-License-Identifier: Apache-2.0
#include "report/svg_parts.h"

#include <cmath>

#include <fmt/format.h>

#include "diag/characters.h"
#include "report/svg.h"

namespace simwarden {
namespace {

// Of a text as it is drawn, about.
double width_of(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    if (!is_continuation(c)) width += uint8_t(c) < 0x80 ? 6.6 : 12;
  }
  return width;
}

constexpr size_t kLabelsMax = 10;  // below an axis
constexpr double kLegendLine = 17;

double entry_width(const LegendEntry& entry) {
  return 34 + width_of(entry.text);
}

// In per cent, with a place after the point where the steps need it.
std::string share_text(double value, double step) {
  const double percent = value * 100;
  return step * 100 < 1 ? fmt::format("{:.1f} %", percent)
                        : fmt::format("{:.0f} %", percent);
}

}  // namespace

double value_of(const Cell& cell) {
  const bool given = cell.kind == Cell::Kind::count ||
                     cell.kind == Cell::Kind::number ||
                     cell.kind == Cell::Kind::share;
  return given ? cell.number : 0;
}

bool is_given(const Cell& cell) {
  return cell.kind != Cell::Kind::hidden && cell.kind != Cell::Kind::none &&
         cell.kind != Cell::Kind::not_stored;
}

double largest(const ReportTable& table, size_t column) {
  double most = 0;
  for (const auto& row : table.rows) {
    most = std::max(most, value_of(row[column]));
  }
  return most;
}

std::string number_text(double value) {
  return shown(count_cell(uint64_t(std::llround(value))), "en");
}

void Panel::draw_axis(Canvas& canvas) const {
  for (double at = 0; at <= scale.top * 1.001; at += scale.step) {
    canvas.line(kLeft, y(at), kRight, y(at), at == 0 ? "x" : "g");
    canvas.text(kLeft - 7, y(at) + 4, "end",
                shares ? share_text(at, scale.step) : number_text(at));
  }
}

void draw_labels(Canvas& canvas, const ReportTable& table, const Slots& slots,
                 double y) {
  const size_t each = (table.rows.size() + kLabelsMax - 1) / kLabelsMax;
  for (size_t i = 0; i < table.rows.size(); i += std::max<size_t>(each, 1)) {
    canvas.text(slots.middle(i), y, "middle", table.rows[i][0].text);
  }
}

std::string fitted(std::string_view text, double width) {
  if (width_of(text) <= width) return std::string(text);
  std::string_view cut = text;
  while (!cut.empty() && width_of(cut) > width - 8) {
    cut.remove_suffix(1);
    while (!cut.empty() && is_continuation(cut.back())) cut.remove_suffix(1);
    // The first byte of a character that lost its others.
    if (!cut.empty() && uint8_t(cut.back()) >= 0xC0) cut.remove_suffix(1);
  }
  return std::string(cut) + "…";
}

double draw_legend(Canvas& canvas, double y,
                   const std::vector<LegendEntry>& entries) {
  double x = kLeft;
  for (const LegendEntry& entry : entries) {
    if (x > kLeft && x + entry_width(entry) > kRight + 18) {
      x = kLeft;
      y += kLegendLine;
    }
    canvas.rect(x, y - 9, 10, 10, entry.classes);
    canvas.text(x + 15, y, "start", entry.text);
    x += entry_width(entry);
  }
  return y;
}

double legend_growth(const std::vector<LegendEntry>& entries) {
  Canvas sheet(0);
  return draw_legend(sheet, 0, entries);
}

}  // namespace simwarden
