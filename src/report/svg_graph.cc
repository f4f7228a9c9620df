// SPDX-License-Identifier: Apache-2.0
#include "report/svg_graph.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/svg_parts.h"
#include "report/words.h"

namespace simwarden {
namespace {

constexpr double kMiddleX = Canvas::kWidth / 2;
constexpr double kRingX = 235;
constexpr double kRingY = 112;
constexpr double kDotMin = 6;
constexpr double kDotGrowth = 15;
constexpr double kThreadMax = 9;
constexpr std::array<std::string_view, 5> kClasses = {"p4", "p1", "p3", "p5",
                                                      "p0"};

struct Dot {
  std::string name;
  std::string kind;
  std::string tip;
  double size = 0;
  double x = 0;
  double y = 0;
  double cosine = 0;
  std::string_view classes;
};

struct Thread {
  size_t from = 0;
  size_t to = 0;
  double width = 0;
};

class Graph {
 public:
  explicit Graph(const ReportTable& table) {
    for (const auto& row : table.rows) add_dot(row);
    for (size_t i = 0; i < table.rows.size(); ++i) {
      add_threads(i, table.rows[i].back().text);
    }
  }

  std::vector<LegendEntry> legend() const {
    std::vector<LegendEntry> entries;
    for (const Dot& dot : dots_) {
      if (entries.empty() || entries.back().text != dot.kind) {
        entries.push_back({dot.classes, dot.kind});
      }
    }
    return entries;
  }

  bool has_threads() const { return !threads_.empty(); }

  void draw(Canvas& canvas, double middle_y) {
    place(middle_y);
    double most = 1;
    for (const Thread& thread : threads_) most = std::max(most, thread.width);
    for (const Thread& thread : threads_)
      draw_thread(canvas, thread, most, middle_y);
    for (const Dot& dot : dots_) draw_dot(canvas, dot);
  }

 private:
  void add_dot(const std::vector<Cell>& row) {
    Dot dot;
    dot.name = row[0].text;
    dot.kind = row[1].text;
    dot.size = value_of(row[3]);
    dot.tip = fmt::format("{}: {} {}, {}", dot.name, dot.kind, row[2].text,
                          number_text(dot.size));
    dot.classes = class_of(dot.kind);
    place_of_[dot.name] = dots_.size();
    dots_.push_back(std::move(dot));
  }

  std::string_view class_of(const std::string& kind) {
    const auto known = class_of_.try_emplace(kind, class_of_.size()).first;
    return kClasses[known->second % kClasses.size()];
  }

  // "V1 5, N2 3"; each thread is drawn once.
  void add_threads(size_t from, std::string_view text) {
    while (!text.empty()) {
      const size_t end = std::min(text.find(", "), text.size());
      const std::string_view link = text.substr(0, end);
      text.remove_prefix(std::min(end + 2, text.size()));
      const size_t blank = std::min(link.find(' '), link.size());
      const auto to = place_of_.find(std::string(link.substr(0, blank)));
      double width = 0;
      const std::string_view count =
          link.substr(std::min(blank + 1, link.size()));
      std::from_chars(count.data(), count.data() + count.size(), width);
      if (to == place_of_.end() || width <= 0) continue;
      const bool known = std::any_of(
          threads_.begin(), threads_.end(), [&](const Thread& thread) {
            return thread.from == to->second && thread.to == from;
          });
      if (!known) threads_.push_back({from, to->second, width});
    }
  }

  void place(double middle_y) {
    double most = 1;
    for (const Dot& dot : dots_) most = std::max(most, dot.size);
    for (size_t i = 0; i < dots_.size(); ++i) {
      const double angle =
          2 * std::numbers::pi * double(i) / double(dots_.size()) -
          std::numbers::pi / 2;
      Dot& dot = dots_[i];
      dot.cosine = std::cos(angle);
      dot.x = kMiddleX + kRingX * dot.cosine;
      dot.y = middle_y + kRingY * std::sin(angle);
      dot.size = kDotMin + kDotGrowth * std::sqrt(dot.size / most);
    }
  }

  // Bent towards the middle, as thick as what is shared.
  void draw_thread(Canvas& canvas, const Thread& thread, double most,
                   double middle_y) const {
    const Dot& a = dots_[thread.from];
    const Dot& b = dots_[thread.to];
    const double mid_x = (a.x + b.x) / 2 * 0.6 + kMiddleX * 0.4;
    const double mid_y = (a.y + b.y) / 2 * 0.6 + middle_y * 0.4;
    const double length = std::max(1.0, std::hypot(b.x - a.x, b.y - a.y));
    const double half = std::max(0.7, kThreadMax * thread.width / most / 2);
    const double dx = (b.y - a.y) / length * half;
    const double dy = (a.x - b.x) / length * half;
    canvas.path(
        fmt::format("M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}"
                    "L{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}Z",
                    a.x + dx, a.y + dy, mid_x + dx, mid_y + dy, b.x + dx,
                    b.y + dy, b.x - dx, b.y - dy, mid_x - dx, mid_y - dy,
                    a.x - dx, a.y - dy),
        "f",
        fmt::format("{} – {}: {}", a.name, b.name, number_text(thread.width)));
  }

  static void draw_dot(Canvas& canvas, const Dot& dot) {
    canvas.circle(dot.x, dot.y, dot.size, dot.classes, dot.tip);
    const double gap = dot.size + 7;
    if (std::abs(dot.cosine) < 0.2) {
      const bool above = dot.y < 200;
      canvas.text(dot.x, above ? dot.y - gap : dot.y + gap + 7, "middle",
                  dot.name, "v");
      return;
    }
    canvas.text(dot.x + (dot.cosine > 0 ? gap : -gap), dot.y + 4,
                dot.cosine > 0 ? "start" : "end", dot.name, "v");
  }

  std::vector<Dot> dots_;
  std::vector<Thread> threads_;
  std::map<std::string, size_t> place_of_;
  std::map<std::string, size_t> class_of_;
};

constexpr double kAbove = 54;  // what the uppermost dot and its name take
constexpr double kBelow = 44;

}  // namespace

double graph_height(const ReportTable& table) {
  return 14 + legend_growth(Graph(table).legend()) + kAbove + 2 * kRingY +
         kBelow;
}

void draw_graph(Canvas& canvas, const ReportTable& table,
                std::string_view language) {
  Graph graph(table);
  const double top = draw_legend(canvas, 14, graph.legend());
  if (graph.has_threads()) {
    canvas.text(kRight, top, "end", word(language, "graph_threads"));
  }
  graph.draw(canvas, top + kAbove + kRingY);
}

}  // namespace simwarden
