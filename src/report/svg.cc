// SPDX-License-Identifier: Apache-2.0
#include "report/svg.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "record/verdict.h"
#include "report/statistics.h"
#include "report/svg_canvas.h"
#include "report/words.h"

namespace simwarden {
namespace {

constexpr double kLeft = 58;
constexpr double kRight = Canvas::kWidth - 14;
constexpr size_t kLabelsMax = 10;    // below an axis
constexpr size_t kParetoRules = 15;  // more are only in the table
constexpr size_t kCurvePoints = 64;  // of a limit in a funnel plot
constexpr std::array<std::string_view, 4> kActionClasses = {"a0", "a1", "a2",
                                                            "a3"};

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
  return shown(count_cell(uint64_t(value + 0.5)), "en");
}

std::string share_text(double value, double step) {
  const double percent = value * 100;
  return step * 100 < 1 ? fmt::format("{:.1f} %", percent)
                        : fmt::format("{:.0f} %", percent);
}

// A field of a drawing with an upright axis.
struct Panel {
  double top = 0;
  double bottom = 0;
  Scale scale;
  bool shares = false;

  double y(double value) const {
    return bottom - (bottom - top) * std::min(1.0, scale.share(value));
  }
  void draw_axis(Canvas& canvas) const {
    for (double at = 0; at <= scale.top * 1.001; at += scale.step) {
      canvas.line(kLeft, y(at), kRight, y(at), at == 0 ? "x" : "g");
      canvas.text(kLeft - 7, y(at) + 4, "end",
                  shares ? share_text(at, scale.step) : number_text(at));
    }
  }
};

// The places of n things side by side.
struct Slots {
  size_t count = 1;
  double width() const { return (kRight - kLeft) / double(count); }
  double begin(size_t i) const { return kLeft + width() * double(i); }
  double middle(size_t i) const { return begin(i) + width() / 2; }
  double bar() const { return std::min(width() * 0.78, 44.0); }
  double bar_begin(size_t i) const { return middle(i) - bar() / 2; }
};

void draw_labels(Canvas& canvas, const ReportTable& table, const Slots& slots,
                 double y) {
  const size_t each = (table.rows.size() + kLabelsMax - 1) / kLabelsMax;
  for (size_t i = 0; i < table.rows.size(); i += std::max<size_t>(each, 1)) {
    canvas.text(slots.middle(i), y, "middle", table.rows[i][0].text);
  }
}

struct LegendEntry {
  std::string_view classes;
  std::string text;
};

void draw_legend(Canvas& canvas, double y,
                 const std::vector<LegendEntry>& entries) {
  double x = kLeft;
  for (const LegendEntry& entry : entries) {
    canvas.rect(x, y - 9, 10, 10, entry.classes);
    canvas.text(x + 15, y, "start", entry.text);
    double width = 0;  // of the text, about
    for (const char c : entry.text) {
      if ((uint8_t(c) & 0xC0) != 0x80) width += (uint8_t(c) < 0x80) ? 6.6 : 12;
    }
    x += 34 + width;
  }
}

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

// Columns after the label are stacked in the first two colours.
void draw_histogram(Canvas& canvas, const ReportTable& table) {
  double most = 0;
  for (const auto& row : table.rows) {
    double sum = 0;
    for (size_t at = 1; at < row.size(); ++at) sum += value_of(row[at]);
    most = std::max(most, sum);
  }
  constexpr std::array<std::string_view, 2> kClasses = {"b", "b2"};
  std::vector<LegendEntry> legend;
  for (size_t at = 1; at < table.columns.size() && at < 3; ++at) {
    legend.push_back({kClasses[at - 1], table.columns[at].title});
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
                  kClasses[at - 1],
                  fmt::format("{} · {}: {}", table.rows[i][0].text,
                              table.columns[at].title, number_text(value)));
      below += value;
    }
    canvas.text(slots.middle(i), 208, "middle", table.rows[i][0].text);
  }
}

// Columns: unit, records, stopped, share, …
void draw_funnel(Canvas& canvas, const ReportTable& table,
                 std::string_view language) {
  double records = 0;
  double stopped = 0;
  double most = 0;
  double widest = 1;
  for (const auto& row : table.rows) {
    records += value_of(row[1]);
    stopped += value_of(row[2]);
    most = std::max(most, value_of(row[3]));
    widest = std::max(widest, value_of(row[1]));
  }
  const double share = records > 0 ? stopped / records : 0;
  const Scale across = make_scale(widest * 1.05, true);
  const Panel panel{
      30, 230,
      make_scale(std::min(1.0, std::max(most * 1.15, share * 2)), false), true};
  panel.draw_axis(canvas);
  const auto x = [&across](double volume) {
    return kLeft + (kRight - kLeft) * across.share(volume);
  };
  for (double at = 0; at <= across.top * 1.001; at += across.step) {
    canvas.text(x(at), 248,
                at == 0           ? "start"
                : at < across.top ? "middle"
                                  : "end",
                number_text(at));
  }
  for (const double z : {kZ95, kZ998}) {
    std::string low;
    std::string high;
    for (size_t i = 1; i <= kCurvePoints; ++i) {
      const double part = double(i) / double(kCurvePoints);
      const double volume = std::max(1.0, across.top * part * part);
      const Interval limits = control_limits(share, uint64_t(volume), z);
      low += Canvas::point(x(volume), panel.y(limits.low));
      high += Canvas::point(x(volume), panel.y(limits.high));
    }
    canvas.polyline(low, z == kZ95 ? "c5" : "c9");
    canvas.polyline(high, z == kZ95 ? "c5" : "c9");
  }
  canvas.line(kLeft, panel.y(share), kRight, panel.y(share), "m");
  for (const auto& row : table.rows) {
    if (!is_given(row[1]) || !is_given(row[3])) continue;
    const Interval limits =
        control_limits(share, uint64_t(value_of(row[1])), kZ998);
    const double at = value_of(row[3]);
    const bool out = at < limits.low || at > limits.high;
    canvas.circle(x(value_of(row[1])), panel.y(at), 4.5, out ? "d o" : "d",
                  fmt::format("{}: {}, {}", row[0].text, shown(row[1], "en"),
                              shown(row[3], "en")));
  }
  draw_legend(canvas, 14,
              {{"k5", std::string(word(language, "limit_95"))},
               {"k9", std::string(word(language, "limit_998"))},
               {"ko", std::string(word(language, "outside_998"))}});
  canvas.text(kRight, 266, "end", word(language, "axis_records"), "t");
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
      lower = Canvas::point(x, panel.y(value_of(row[4]))) + lower;
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
    case Drawing::histogram: return 218;
    case Drawing::funnel: return 274;
    case Drawing::trend: return 228;
  }
  return 0;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (uint8_t(c) < 0x20 && c != '\n' && c != '\t') {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
  return out;
}

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
  switch (figure.drawing) {
    case Drawing::actions_by_day:
      draw_actions(canvas, figure.table, language);
      break;
    case Drawing::week: draw_week(canvas, figure.table); break;
    case Drawing::pareto: draw_pareto(canvas, figure.table); break;
    case Drawing::histogram: draw_histogram(canvas, figure.table); break;
    case Drawing::funnel: draw_funnel(canvas, figure.table, language); break;
    case Drawing::trend: draw_trend(canvas, figure.table); break;
  }
  return canvas.finish(figure.id, figure.title, figure.alt);
}

}  // namespace simwarden
