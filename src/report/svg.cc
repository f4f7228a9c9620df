// SPDX-License-Identifier: Apache-2.0
#include "report/svg.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "record/verdict.h"
#include "report/svg_canvas.h"
#include "report/svg_graph.h"
#include "report/svg_parts.h"
#include "report/svg_records.h"
#include "report/words.h"

namespace simwarden {
namespace {

constexpr size_t kParetoRules = 15;  // more are only in the table
constexpr std::array<std::string_view, 4> kActionClasses = {"a0", "a1", "a2",
                                                            "a3"};
// What is left over comes last and is pale.
constexpr std::array<std::string_view, 7> kMixClasses = {"p0", "p1", "p2", "p3",
                                                         "p4", "p5", "p6"};

// Columns 2 to 5 of `table` are pass to refuse.
void draw_stack(Canvas& canvas, const ReportTable& table, const Panel& panel,
                size_t first_action) {
  const Slots slots{table.rows.size()};
  panel.draw_axis(canvas);
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    double below = 0;
    for (size_t action = first_action; action < 4; ++action) {
      const double value = value_of(row[2 + action]);
      if (value == 0) continue;
      const double top = panel.y(below + value);
      canvas.rect(
          slots.bar_begin(i), top, slots.bar(), panel.y(below) - top,
          kActionClasses[action],
          fmt::format("{} · {}: {}", row[0].text,
                      table.columns[2 + action].title, number_text(value)));
      below += value;
    }
  }
}

void draw_actions(Canvas& canvas, const ReportTable& table,
                  std::string_view language) {
  std::vector<LegendEntry> legend;
  for (size_t action = 0; action < 4; ++action) {
    legend.push_back({kActionClasses[action], table.columns[2 + action].title});
  }
  draw_legend(canvas, 14, legend);
  double flagged = 0;
  for (const auto& row : table.rows) {
    flagged = std::max(flagged,
                       value_of(row[3]) + value_of(row[4]) + value_of(row[5]));
  }
  canvas.text(kLeft, 40, "start", word(language, "panel_all"), "t");
  draw_stack(canvas, table, {50, 160, make_scale(largest(table, 1), true)}, 0);
  canvas.text(kLeft, 190, "start", word(language, "panel_flagged"), "t");
  draw_stack(canvas, table, {200, 310, make_scale(flagged, true)}, 1);
  draw_labels(canvas, table, {table.rows.size()}, 328);
}

// Rows are weekdays, columns 1 to 24 hours.
void draw_week(Canvas& canvas, const ReportTable& table) {
  double most = 0;
  for (size_t hour = 1; hour <= 24; ++hour) {
    most = std::max(most, largest(table, hour));
  }
  constexpr double kHeight = 26;
  const double width = (kRight - kLeft) / 24;
  for (size_t day = 0; day < table.rows.size(); ++day) {
    const double y = 24 + double(day) * kHeight;
    canvas.text(kLeft - 7, y + 17, "end", table.rows[day][0].text);
    for (size_t hour = 0; hour < 24; ++hour) {
      const Cell& cell = table.rows[day][hour + 1];
      const double share = most > 0 ? value_of(cell) / most : 0;
      const double x = kLeft + width * double(hour);
      canvas.heat(x + 1, y + 1, width - 2, kHeight - 2, share);
      if (value_of(cell) > 0) {
        canvas.text(x + width / 2, y + 17, "middle",
                    number_text(value_of(cell)), share > 0.45 ? "n o" : "n");
      }
    }
  }
  for (size_t hour = 0; hour < 24; hour += 3) {
    canvas.text(kLeft + width * double(hour), 16, "start",
                fmt::format("{:02}:00", hour));
  }
}

double pareto_height(const ReportTable& table) {
  return 40 + 22 * double(std::min(table.rows.size(), kParetoRules));
}

// Columns: rule, hits, share, cumulative.
void draw_pareto(Canvas& canvas, const ReportTable& table) {
  constexpr double kBegin = 92;
  constexpr double kEnd = kRight - 44;
  const double most = std::max(1.0, largest(table, 1));
  const size_t rows = std::min(table.rows.size(), kParetoRules);
  const double bottom = 26 + 22 * double(rows);
  for (int quarter = 0; quarter <= 4; ++quarter) {
    const double x = kBegin + (kEnd - kBegin) * quarter / 4;
    canvas.line(x, 26, x, bottom, quarter == 0 ? "x" : "g");
    canvas.text(x, 18, "middle", fmt::format("{} %", 25 * quarter));
  }
  std::string curve;
  for (size_t i = 0; i < rows; ++i) {
    const auto& row = table.rows[i];
    const double y = 30 + 22 * double(i);
    const double width = (kEnd - kBegin) * 0.86 * value_of(row[1]) / most;
    canvas.text(kBegin - 8, y + 12, "end", row[0].text);
    canvas.rect(kBegin, y, width, 15, "b",
                fmt::format("{}: {}", row[0].text, shown(row[1], "en")));
    if (is_given(row[3])) {
      curve +=
          Canvas::point(kBegin + (kEnd - kBegin) * value_of(row[3]), y + 7.5);
    }
  }
  canvas.polyline(curve, "c");
  for (size_t i = 0; i < rows; ++i) {
    const Cell& hits = table.rows[i][1];
    const double width = (kEnd - kBegin) * 0.86 * value_of(hits) / most;
    canvas.text(kBegin + width + 6, 42 + 22 * double(i), "start",
                shown(hits, "en"), "v");
  }
}

using TwoClasses = std::array<std::string_view, 2>;

// Columns after the label are stacked in two colours.
void draw_histogram(Canvas& canvas, const ReportTable& table,
                    const TwoClasses& classes) {
  double most = 0;
  for (const auto& row : table.rows) {
    double sum = 0;
    for (size_t at = 1; at < row.size(); ++at) sum += value_of(row[at]);
    most = std::max(most, sum);
  }
  std::vector<LegendEntry> legend;
  for (size_t at = 1; at < table.columns.size() && at < 3; ++at) {
    legend.push_back({classes[at - 1], table.columns[at].title});
  }
  draw_legend(canvas, 14, legend);
  const Panel panel{28, 190, make_scale(most, true)};
  panel.draw_axis(canvas);
  const Slots slots{table.rows.size()};
  for (size_t i = 0; i < table.rows.size(); ++i) {
    double below = 0;
    for (size_t at = 1; at < table.rows[i].size() && at < 3; ++at) {
      const double value = value_of(table.rows[i][at]);
      if (value == 0) continue;
      const double top = panel.y(below + value);
      canvas.rect(slots.bar_begin(i), top, slots.bar(), panel.y(below) - top,
                  classes[at - 1],
                  fmt::format("{} · {}: {}", table.rows[i][0].text,
                              table.columns[at].title, number_text(value)));
      below += value;
    }
    canvas.text(slots.middle(i), 208, "middle", table.rows[i][0].text);
  }
}

// Columns: label, records, stopped, share, low, high.
void draw_trend(Canvas& canvas, const ReportTable& table) {
  const Panel panel{16, 200,
                    make_scale(std::min(1.0, largest(table, 5)), false), true};
  panel.draw_axis(canvas);
  const Slots slots{table.rows.size()};
  // A bucket without records breaks the line.
  for (size_t begin = 0; begin < table.rows.size();) {
    size_t end = begin;
    std::string upper;
    std::string lower;
    std::string middle;
    while (end < table.rows.size() && is_given(table.rows[end][3])) {
      const auto& row = table.rows[end];
      const double x = slots.middle(end);
      upper += Canvas::point(x, panel.y(value_of(row[5])));
      lower.insert(0, Canvas::point(x, panel.y(value_of(row[4]))));
      middle += Canvas::point(x, panel.y(value_of(row[3])));
      ++end;
    }
    if (end - begin > 1) {
      canvas.polygon(upper + lower, "i");
      canvas.polyline(middle, "c");
    }
    begin = std::max(end, begin + 1);
  }
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    if (!is_given(row[3])) continue;
    canvas.line(slots.middle(i), panel.y(value_of(row[4])), slots.middle(i),
                panel.y(value_of(row[5])), "w");
    canvas.circle(slots.middle(i), panel.y(value_of(row[3])), 3, "d",
                  fmt::format("{}: {}", row[0].text, shown(row[3], "en")));
  }
  draw_labels(canvas, table, slots, 218);
}

double height_of(const Figure& figure) {
  switch (figure.drawing) {
    case Drawing::actions_by_day: return 338;
    case Drawing::week: return 212;
    case Drawing::pareto: return pareto_height(figure.table);
    case Drawing::histogram:
    case Drawing::marked: return 218;
    case Drawing::funnel:
    case Drawing::exact_funnel: return 274;
    case Drawing::mix:
    case Drawing::verdict_mix: return mix_height(figure.table);
    case Drawing::graph: return graph_height(figure.table);
    case Drawing::flow: return kFlowHeight;
    case Drawing::trend: return 228;
  }
  return 0;
}

}  // namespace

std::string shown(const Cell& cell, std::string_view language) {
  switch (cell.kind) {
    case Cell::Kind::text: return cell.text;
    case Cell::Kind::count: {
      std::string digits = fmt::format("{:.0f}", cell.number);
      for (size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
      }
      return digits;
    }
    case Cell::Kind::number: return fmt::format("{:.2f}", cell.number);
    case Cell::Kind::share:
      // Almost all is not all.
      if (cell.number < 1 && cell.number >= 0.9995) return "> 99.9 %";
      return cell.number > 0 && cell.number < 0.00995
                 ? fmt::format("{:.2f} %", cell.number * 100)
                 : fmt::format("{:.1f} %", cell.number * 100);
    case Cell::Kind::none: return "–";
    case Cell::Kind::not_stored:
      return std::string(word(language, "not_stored"));
    case Cell::Kind::hidden: return cell.text;
  }
  return {};
}

std::string draw_svg(const Figure& figure, std::string_view language) {
  Canvas canvas(height_of(figure));
  const ReportTable& table = figure.table;
  switch (figure.drawing) {
    case Drawing::actions_by_day: draw_actions(canvas, table, language); break;
    case Drawing::week: draw_week(canvas, table); break;
    case Drawing::pareto: draw_pareto(canvas, table); break;
    case Drawing::histogram: draw_histogram(canvas, table, {"b", "b2"}); break;
    case Drawing::marked: draw_histogram(canvas, table, {"a2", "b"}); break;
    case Drawing::funnel: draw_funnel(canvas, table, language, false); break;
    case Drawing::exact_funnel:
      draw_funnel(canvas, table, language, true);
      break;
    case Drawing::trend: draw_trend(canvas, table); break;
    case Drawing::mix: draw_mix(canvas, table, kMixClasses); break;
    case Drawing::verdict_mix: draw_mix(canvas, table, kActionClasses); break;
    case Drawing::graph: draw_graph(canvas, table, language); break;
    case Drawing::flow: draw_flow(canvas, table, language); break;
  }
  return canvas.finish(figure.id, figure.title, figure.alt);
}

}  // namespace simwarden
