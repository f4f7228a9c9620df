// SPDX-License-Identifier: Apache-2.0
#include "report/svg_records.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "record/verdict.h"
#include "report/statistics.h"
#include "report/svg.h"
#include "report/svg_parts.h"
#include "report/words.h"

namespace simwarden {
namespace {

constexpr size_t kCurvePoints = 160;  // of a limit in a funnel plot

Interval limits_of(double share, uint64_t volume, bool outer, bool exact) {
  if (!exact) return control_limits(share, volume, outer ? kZ998 : kZ95);
  const CountRange range =
      binomial_range(share, volume, outer ? kTail998 : kTail95);
  return {double(range.low) / double(volume),
          double(range.high) / double(volume)};
}

// Columns: unit, records, stopped, share, …, state; a row without a state is
// a sum of units and no dot.
struct FunnelSums {
  double records = 0;
  double stopped = 0;
  double most = 0;
  double widest = 1;

  explicit FunnelSums(const ReportTable& table) {
    for (const auto& row : table.rows) {
      records += value_of(row[1]);
      stopped += value_of(row[2]);
      if (!is_given(row.back())) continue;
      most = std::max(most, value_of(row[3]));
      widest = std::max(widest, value_of(row[1]));
    }
  }
  double share() const { return records > 0 ? stopped / records : 0; }
};

struct FunnelPlot {
  Panel panel;
  Scale across;
  double share = 0;
  bool exact = false;

  double x(double volume) const {
    return kLeft + (kRight - kLeft) * across.share(volume);
  }
  void draw_volumes(Canvas& canvas) const {
    const auto last = size_t(across.top * 1.001 / across.step);
    for (size_t i = 0; i <= last; ++i) {
      const double at = double(i) * across.step;
      const char* anchor = at == 0           ? "start"
                           : at < across.top ? "middle"
                                             : "end";
      canvas.text(x(at), 248, anchor, number_text(at));
    }
  }
  void draw_limits(Canvas& canvas, bool outer) const {
    std::string low;
    std::string high;
    double last = 0;
    for (size_t i = 1; i <= kCurvePoints; ++i) {
      const double part = double(i) / double(kCurvePoints);
      const double volume =
          std::max(1.0, double(uint64_t(across.top * part * part)));
      if (volume == last) continue;
      last = volume;
      const Interval limits = limits_of(share, uint64_t(volume), outer, exact);
      low += Canvas::point(x(volume), panel.y(limits.low));
      high += Canvas::point(x(volume), panel.y(limits.high));
    }
    canvas.polyline(low, outer ? "c9" : "c5");
    canvas.polyline(high, outer ? "c9" : "c5");
  }
  void draw_dot(Canvas& canvas, const std::vector<Cell>& row) const {
    if (!is_given(row[1]) || !is_given(row[3]) || !is_given(row.back())) {
      return;
    }
    const double at = value_of(row[3]);
    const Interval limits =
        limits_of(share, uint64_t(value_of(row[1])), true, exact);
    const bool out = at < limits.low || at > limits.high;
    canvas.circle(x(value_of(row[1])), panel.y(at), 4.5, out ? "d o" : "d",
                  fmt::format("{}: {}, {}", row[0].text, shown(row[1], "en"),
                              shown(row[3], "en")));
  }
};

constexpr double kMixBegin = 138;
constexpr double kMixEnd = kRight - 84;
constexpr double kMixRow = 24;

using Classes = std::span<const std::string_view>;

std::string_view part_class(const ReportTable& table, size_t at,
                            Classes classes) {
  return at + 1 == table.parts_end
             ? classes.back()
             : classes[(at - table.parts_begin) % (classes.size() - 1)];
}

std::vector<LegendEntry> mix_legend(const ReportTable& table, Classes classes) {
  std::vector<LegendEntry> legend;
  for (size_t at = table.parts_begin; at < table.parts_end; ++at) {
    legend.push_back({part_class(table, at, classes), table.columns[at].title});
  }
  return legend;
}

}  // namespace

void draw_funnel(Canvas& canvas, const ReportTable& table,
                 std::string_view language, bool exact) {
  const FunnelSums sums(table);
  const double top =
      std::min(1.0, std::max(sums.most * 1.15, sums.share() * 2));
  const FunnelPlot plot{{30, 230, make_scale(top, false), true},
                        make_scale(sums.widest * 1.05, true),
                        sums.share(),
                        exact};
  plot.panel.draw_axis(canvas);
  plot.draw_volumes(canvas);
  plot.draw_limits(canvas, false);
  plot.draw_limits(canvas, true);
  canvas.line(kLeft, plot.panel.y(plot.share), kRight, plot.panel.y(plot.share),
              "m");
  for (const auto& row : table.rows) plot.draw_dot(canvas, row);
  draw_legend(canvas, 14,
              {{"km", fmt::format("{} {}", word(language, "overall_share"),
                                  shown(share_cell(plot.share), language))},
               {"k5", std::string(word(language, "limit_95"))},
               {"k9", std::string(word(language, "limit_998"))},
               {"ko", std::string(word(language, "outside_998"))}});
  canvas.text(kRight, 266, "end",
              word(language, exact ? "axis_requests" : "axis_records"), "t");
}

double mix_height(const ReportTable& table) {
  constexpr std::array<std::string_view, 2> kAny = {"", ""};
  return 58 + legend_growth(mix_legend(table, kAny)) +
         kMixRow * double(table.rows.size());
}

// Columns: label, whole, and the parts that the table says.
void draw_mix(Canvas& canvas, const ReportTable& table, Classes classes) {
  const double top = draw_legend(canvas, 14, mix_legend(table, classes)) + 30;
  const double bottom = top + kMixRow * double(table.rows.size());
  for (int quarter = 0; quarter <= 4; ++quarter) {
    const double x = kMixBegin + (kMixEnd - kMixBegin) * quarter / 4;
    canvas.line(x, top - 4, x, bottom, quarter == 0 ? "x" : "g");
    canvas.text(x, top - 10, "middle", fmt::format("{} %", 25 * quarter));
  }
  canvas.text(kRight, top - 10, "end", fitted(table.columns[1].title, 60), "t");
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    const double y = top + kMixRow * double(i);
    canvas.text(kMixBegin - 8, y + 14, "end",
                fitted(row[0].text, kMixBegin - 8));
    canvas.text(kRight, y + 14, "end", shown(row[1], "en"), "n");
    double whole = 0;
    for (size_t at = table.parts_begin; at < table.parts_end; ++at) {
      whole += value_of(row[at]);
    }
    double x = kMixBegin;
    for (size_t at = table.parts_begin; at < table.parts_end; ++at) {
      const double value = value_of(row[at]);
      if (value == 0) continue;
      const double width = (kMixEnd - kMixBegin) * value / whole;
      canvas.rect(x, y + 2, width, kMixRow - 6, part_class(table, at, classes),
                  fmt::format("{} · {}: {}", row[0].text,
                              table.columns[at].title, number_text(value)));
      x += width;
    }
  }
}

namespace {

struct FlowNode {
  std::string name;
  double in = 0;
  double out = 0;
  double y = 0;
  double height = 0;
  double drawn_in = 0;
  double drawn_out = 0;
  size_t action = 0;  // of the last column
};

// Three columns of nodes, in the order in which the rows name them.
class Flow {
 public:
  // Columns: step (1 or 2), from, to, records.
  Flow(const ReportTable& table, std::string_view language) : table_(table) {
    for (size_t at = 0; at < kActionNames.size(); ++at) {
      node(2, std::string(word(language, kActionNames[at]))).action = at;
    }
    for (const auto& row : table.rows) {
      const size_t step = step_of(row);
      node(step, row[1].text).out += value_of(row[3]);
      node(step + 1, row[2].text).in += value_of(row[3]);
    }
    for (auto& column : columns_) place(column);
  }

  void draw(Canvas& canvas) {
    for (const auto& row : table_.rows) draw_band(canvas, row);
    for (size_t at = 0; at < 3; ++at) {
      for (const FlowNode& each : columns_[at]) draw_node(canvas, at, each);
    }
  }

 private:
  static constexpr double kTop = 30;
  static constexpr double kBottom = kFlowHeight - 12;
  static constexpr double kGap = 9;
  static constexpr double kLabel = 15;
  static constexpr double kNode = 12;
  static constexpr std::array<double, 3> kX = {150, 392, 640};

  static size_t step_of(const std::vector<Cell>& row) {
    return row[0].text == "1" ? 0 : 1;
  }
  FlowNode& node(size_t column, const std::string& name) {
    auto& nodes = columns_[column];
    for (FlowNode& each : nodes) {
      if (each.name == name) return each;
    }
    nodes.push_back({});
    nodes.back().name = name;
    return nodes.back();
  }
  static double size(const FlowNode& each) {
    return std::max(each.in, each.out);
  }
  // A small node has the room of its label.
  void place(std::vector<FlowNode>& nodes) {
    std::erase_if(nodes, [](const FlowNode& each) { return size(each) == 0; });
    double sum = 0;
    for (const FlowNode& each : nodes) sum += size(each);
    double room = kBottom - kTop + kGap - kGap * double(nodes.size());
    const double whole = room;
    for (const FlowNode& each : nodes) {
      if (whole * size(each) / sum < kLabel) room -= kLabel;
    }
    double y = kTop;
    for (FlowNode& each : nodes) {
      each.height = room * size(each) / sum;
      const double taken = std::max(each.height, kLabel);
      each.y = y + (taken - each.height) / 2;
      y += taken + kGap;
    }
  }
  void draw_band(Canvas& canvas, const std::vector<Cell>& row) {
    const size_t step = step_of(row);
    const double value = value_of(row[3]);
    if (value == 0) return;
    FlowNode& from = node(step, row[1].text);
    FlowNode& to = node(step + 1, row[2].text);
    const double left = from.height * value / size(from);
    const double right = to.height * value / size(to);
    const double x1 = kX[step] + kNode;
    const double x2 = kX[step + 1];
    const double y1 = from.y + from.drawn_out;
    const double y2 = to.y + to.drawn_in;
    const double mid = (x1 + x2) / 2;
    from.drawn_out += left;
    to.drawn_in += right;
    canvas.path(
        fmt::format("M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"
                    "V{:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}Z",
                    x1, y1, mid, y1, mid, y2, x2, y2, y2 + right, mid,
                    y2 + right, mid, y1 + left, x1, y1 + left),
        step == 0 ? std::string("f") : fmt::format("f {}", class_of(to)),
        fmt::format("{} → {}: {}", row[1].text, row[2].text,
                    number_text(value)));
  }
  static std::string class_of(const FlowNode& to) {
    return fmt::format("a{}", to.action);
  }
  void draw_node(Canvas& canvas, size_t column, const FlowNode& each) const {
    canvas.rect(kX[column], each.y, kNode, std::max(each.height, 1.0),
                column == 2 ? class_of(each) : "b",
                fmt::format("{}: {}", each.name, number_text(size(each))));
    const double y = each.y + each.height / 2 + 4;
    const std::string text =
        fmt::format("{} {}", each.name, number_text(size(each)));
    if (column == 0) {
      canvas.text(kX[column] - 7, y, "end", fitted(text, kX[0] - 10), "v");
    } else {
      canvas.text(kX[column] + kNode + 6, y, "start", text, "v");
    }
  }

  const ReportTable& table_;
  std::array<std::vector<FlowNode>, 3> columns_;
};

}  // namespace

void draw_flow(Canvas& canvas, const ReportTable& table,
               std::string_view language) {
  canvas.text(162, 16, "end", word(language, "flow_channel"), "t");
  canvas.text(392, 16, "start", word(language, "flow_verified"), "t");
  canvas.text(640, 16, "start", word(language, "flow_verdict"), "t");
  Flow(table, language).draw(canvas);
}

}  // namespace simwarden
