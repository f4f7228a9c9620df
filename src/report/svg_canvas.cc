// SPDX-License-Identifier: Apache-2.0
#include "report/svg_canvas.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "notation/markup_text.h"

namespace simwarden {
namespace {

std::string tipped(std::string_view element, std::string_view tip) {
  return tip.empty() ? std::string("/>")
                     : fmt::format("><title>{}</title></{}>",
                                   markup_escaped(tip), element);
}

}  // namespace

std::string Canvas::point(double x, double y) {
  return fmt::format("{:.1f},{:.1f} ", x, y);
}

void Canvas::rect(double x, double y, double width, double height,
                  std::string_view classes, std::string_view tip) {
  body_ += fmt::format(
      R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}")",
      x, y, width, height, classes);
  body_ += tipped("rect", tip) + "\n";
}

void Canvas::line(double x1, double y1, double x2, double y2,
                  std::string_view classes) {
  body_ += fmt::format(
      R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="{}"/>)"
      "\n",
      x1, y1, x2, y2, classes);
}

void Canvas::circle(double x, double y, double radius, std::string_view classes,
                    std::string_view tip) {
  body_ +=
      fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" class="{}")", x,
                  y, radius, classes);
  body_ += tipped("circle", tip) + "\n";
}

void Canvas::polyline(std::string_view points, std::string_view classes) {
  body_ +=
      fmt::format("<polyline points=\"{}\" class=\"{}\"/>\n", points, classes);
}

void Canvas::polygon(std::string_view points, std::string_view classes) {
  body_ +=
      fmt::format("<polygon points=\"{}\" class=\"{}\"/>\n", points, classes);
}

void Canvas::path(std::string_view shape, std::string_view classes,
                  std::string_view tip) {
  body_ += fmt::format("<path d=\"{}\" class=\"{}\"", shape, classes);
  body_ += tipped("path", tip) + "\n";
}

void Canvas::text(double x, double y, std::string_view anchor,
                  std::string_view text, std::string_view classes) {
  body_ += fmt::format(
      R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" class="{}">{}</text>)"
      "\n",
      x, y, anchor, classes, markup_escaped(text));
}

void Canvas::heat(double x, double y, double width, double height,
                  double share) {
  body_ += fmt::format(
      R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2" )"
      R"(class="h" fill-opacity="{:.2f}"/>)"
      "\n",
      x, y, width, height, share <= 0 ? 0.05 : 0.12 + 0.88 * share);
}

std::string Canvas::finish(std::string_view id, std::string_view title,
                           std::string_view description) const {
  return fmt::format(
      "<svg role=\"img\" viewBox=\"0 0 {0} {1}\" "
      "aria-labelledby=\"{2}-title {2}-desc\">\n"
      "<title id=\"{2}-title\">{3}</title>\n<desc "
      "id=\"{2}-desc\">{4}</desc>\n{5}</svg>\n",
      kWidth, height_, markup_escaped(id), markup_escaped(title),
      markup_escaped(description), body_);
}

Scale make_scale(double largest, bool whole) {
  if (!(largest > 0)) return {1, whole ? 1.0 : 0.5};
  const double rough = largest / 4;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    const bool fits = factor * power >= rough;
    const bool even = !whole || std::fmod(factor * power, 1) == 0;
    if (fits && even) {
      step = factor * power;
      break;
    }
  }
  if (whole) step = std::max(step, 1.0);
  return {std::ceil(largest / step - 1e-9) * step, step};
}

}  // namespace simwarden
