// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// A sheet to draw on: shapes with a class, coordinates with one place after
// the point.
namespace simwarden {

class Canvas {
 public:
  explicit Canvas(double height) : height_(height) {}

  static constexpr double kWidth = 760;

  void rect(double x, double y, double width, double height,
            std::string_view classes, std::string_view tip = {});
  void line(double x1, double y1, double x2, double y2,
            std::string_view classes);
  void circle(double x, double y, double radius, std::string_view classes,
              std::string_view tip = {});
  // `points` is "x,y x,y …" of point().
  void polyline(std::string_view points, std::string_view classes);
  void polygon(std::string_view points, std::string_view classes);
  // `shape` is the attribute d.
  void path(std::string_view shape, std::string_view classes,
            std::string_view tip = {});
  // `anchor` is start, middle or end.
  void text(double x, double y, std::string_view anchor, std::string_view text,
            std::string_view classes = "l");
  // A cell of a heat map, 0 to 1.
  void heat(double x, double y, double width, double height, double share);

  static std::string point(double x, double y);

  // The whole element.
  std::string finish(std::string_view id, std::string_view title,
                     std::string_view description) const;

 private:
  double height_;
  std::string body_;
};

// An axis from 0 to `top`, a round number, in steps of `step`.
struct Scale {
  double top = 1;
  double step = 1;
  double share(double value) const { return value / top; }
};
// Room for `largest` in 3 to 6 steps; of whole numbers when `whole`.
Scale make_scale(double largest, bool whole);

}  // namespace simwarden
