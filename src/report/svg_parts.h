// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"
#include "report/svg_canvas.h"

// What drawings are put together from.
namespace simwarden {

inline constexpr double kLeft = 58;
inline constexpr double kRight = Canvas::kWidth - 14;

// 0 for what is no number, or hidden.
double value_of(const Cell& cell);
bool is_given(const Cell& cell);
double largest(const ReportTable& table, size_t column);
std::string number_text(double value);

// A field of a drawing with an upright axis.
struct Panel {
  double top = 0;
  double bottom = 0;
  Scale scale;
  bool shares = false;

  double y(double value) const {
    return bottom - (bottom - top) * std::min(1.0, scale.share(value));
  }
  void draw_axis(Canvas& canvas) const;
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

// Below an axis; not more than fit.
void draw_labels(Canvas& canvas, const ReportTable& table, const Slots& slots,
                 double y);

// Cut to about so much, with an ellipsis.
std::string fitted(std::string_view text, double width);

struct LegendEntry {
  std::string_view classes;
  std::string text;
};
// In as many lines as it takes; the y below the last one.
double draw_legend(Canvas& canvas, double y,
                   const std::vector<LegendEntry>& entries);
// How much lower it makes what stands below than a legend of one line.
double legend_growth(const std::vector<LegendEntry>& entries);

}  // namespace simwarden
