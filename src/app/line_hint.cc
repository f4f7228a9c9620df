// SPDX-License-Identifier: Apache-2.0
#include "app/line_hint.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "diag/printable.h"

// A hint, not a patch: the longest common subsequence of a window of lines
// after the first difference. A screenful does not need Myers' algorithm.
namespace simwarden {
namespace {

constexpr size_t kWindowLines = 40;  // compared with each other
constexpr size_t kShownLines = 24;   // about a screenful
constexpr size_t kContextLines = 2;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// '-', '+' or ' ' and the line.
struct Step {
  char mark;
  std::string_view line;
};

std::vector<Step> steps_between(const Lines& a, const Lines& b) {
  std::vector<std::vector<size_t>> common(a.size() + 1,
                                          std::vector<size_t>(b.size() + 1));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i][j] = a[i] == b[j]
                         ? common[i + 1][j + 1] + 1
                         : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::vector<Step> steps;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      steps.push_back({' ', a[i++]});
      ++j;
    } else if (j == b.size() ||
               (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      steps.push_back({'-', a[i++]});
    } else {
      steps.push_back({'+', b[j++]});
    }
  }
  return steps;
}

// Cut behind the last change that fits, with a little context.
void cut(std::vector<Step>& steps) {
  steps.resize(std::min(steps.size(), kShownLines));
  size_t last = 0;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].mark != ' ') last = i + 1;
  }
  steps.resize(std::min(steps.size(), last + kContextLines));
}

std::string paint_step(const Step& step, const Paint& paint) {
  std::string line = fmt::format("{}{}", step.mark, printable_text(step.line));
  if (step.mark == ' ') return line;
  return paint(step.mark == '-' ? "31" : "32", line);
}

Lines window(const Lines& lines, size_t begin) {
  const size_t end = std::min(lines.size(), begin + kWindowLines);
  return {lines.begin() + long(begin), lines.begin() + long(end)};
}

size_t count(const std::vector<Step>& steps, char other) {
  return size_t(
      std::count_if(steps.begin(), steps.end(),
                    [other](const Step& step) { return step.mark != other; }));
}

}  // namespace

std::string first_differences(std::string_view before, std::string_view after,
                              const Paint& paint) {
  if (before == after) return {};
  const Lines a = lines_of(before);
  const Lines b = lines_of(after);
  const auto differ =
      std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  const size_t first = size_t(differ - a.begin());
  const size_t begin = first > kContextLines ? first - kContextLines : 0;
  std::vector<Step> steps = steps_between(window(a, begin), window(b, begin));
  cut(steps);
  const size_t from = count(steps, '+');
  const size_t to = count(steps, '-');
  std::string out = paint(
      "36", fmt::format("@@ -{},{} +{},{} @@", begin + 1, from, begin + 1, to));
  out += '\n';
  for (const Step& step : steps) out += paint_step(step, paint) + "\n";
  const bool more = !std::equal(a.begin() + long(begin + from), a.end(),
                                b.begin() + long(begin + to), b.end());
  if (more) out += paint.dim("… and more below") + "\n";
  return out;
}

}  // namespace simwarden
