// SPDX-License-Identifier: Apache-2.0
#include "diag/issue.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "diag/characters.h"
#include "diag/columns.h"
#include "diag/printable.h"

// The picture is drawn in terminal columns: a Chinese character takes two,
// so the caret line is padded by width, not by code points.
namespace simwarden {
namespace {

struct CaretLine {
  std::string padding;
  std::string carets;
};

// A line is shown whole up to this many bytes; a minified file has one line.
constexpr size_t kShownLineBytesMax = 400;

// As printable_text(), but with its tabs, which the padding repeats.
std::string with_tabs(std::string_view line) {
  std::string out;
  for (;;) {
    const size_t tab = std::min(line.find('\t'), line.size());
    out += printable_text(line.substr(0, tab));
    if (tab == line.size()) return out;
    out += '\t';
    line.remove_prefix(tab + 1);
  }
}

uint32_t shown_columns(std::string_view code_point) {
  return display_columns(printable_text(code_point));
}

CaretLine draw_carets(std::string_view line, const Place& place) {
  CaretLine drawn;
  size_t at = 0;
  uint32_t column = 1;
  while (at < line.size() && column < place.column) {
    const size_t size = code_point_size(line, at);
    const bool tab = line[at] == '\t';
    drawn.padding.append(tab ? 1 : shown_columns(line.substr(at, size)),
                         tab ? '\t' : ' ');
    at += size;
    ++column;
  }
  for (uint32_t i = 0; i < std::max(place.width, 1u); ++i) {
    const size_t size = at < line.size() ? code_point_size(line, at) : 1;
    const uint32_t wide =
        at < line.size() ? shown_columns(line.substr(at, size)) : 1;
    drawn.carets.append(wide, '^');
    at += size;
    if (at >= line.size()) break;
  }
  return drawn;
}

std::string paint(bool colour, std::string_view code, std::string_view text) {
  if (!colour || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

// Names longer than this are not typing mistakes of a field's name.
constexpr size_t kNameBytesMax = 200;
// Who makes more mistakes in one name meant another; and each candidate costs
// its length times this.
constexpr size_t kEditsMax = 16;

// The least in a row of edit_distance(): no later row has less.
size_t least_of(std::span<const size_t> row) {
  return *std::min_element(row.begin(), row.end());
}

// How many letters have to be changed, put in or taken out; more than `most` is
// `most` + 1. REQUIRES: b.size() <= kNameBytesMax + kEditsMax.
size_t edit_distance(std::string_view a, std::string_view b, size_t most) {
  const size_t apart =
      a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (apart > most) return most + 1;
  std::array<size_t, kNameBytesMax + kEditsMax + 1> row;
  row.fill(most + 1);  // what is further from the diagonal costs more
  for (size_t j = 0; j <= std::min(b.size(), most); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    const size_t first = i > most ? i - most : 0;
    const size_t last = std::min(b.size(), i + most);
    size_t diagonal = first > 0 ? row[first - 1] : 0;
    for (size_t j = first; j <= last; ++j) {
      const size_t above = row[j];
      const size_t left = j > first ? row[j - 1] : most + 1;
      const size_t swap =
          j == 0 ? i : diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above + 1, left + 1, swap, most + 1});
      diagonal = above;
    }
    const std::span<const size_t> looked_at(&row[first], last - first + 1);
    if (least_of(looked_at) > most) return most + 1;
  }
  return row[b.size()];
}

}  // namespace

SourceText::SourceText(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_begins_{0} {
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_begins_.push_back(i + 1);
  }
}

Place SourceText::place_at(size_t offset, uint32_t width) const {
  offset = std::min(offset, text_.size());
  const auto after =
      std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const auto index = static_cast<size_t>(after - line_begins_.begin()) - 1;
  uint32_t column = 1;
  for (size_t i = line_begins_[index]; i < offset; ++i) {
    if (!is_continuation(text_[i])) ++column;
  }
  return {static_cast<uint32_t>(index + 1), column, width};
}

size_t SourceText::line_begin(uint32_t number) const {
  if (number == 0) return 0;
  if (number > line_begins_.size()) return text_.size();
  return line_begins_[number - 1];
}

std::string_view SourceText::line(uint32_t number) const {
  if (number == 0 || number > line_begins_.size()) return {};
  const size_t begin = line_begins_[number - 1];
  const bool last = number == line_begins_.size();
  size_t end = last ? text_.size() : line_begins_[number] - 1;
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

Issue SourceText::issue(std::string code, Place place, std::string message,
                        std::string label, std::string help) const {
  Issue made;
  made.code = std::move(code);
  made.message = std::move(message);
  made.file = name_;
  made.place = place;
  made.line_text = std::string(cut(line(place.line), kShownLineBytesMax));
  made.label = std::move(label);
  made.help = std::move(help);
  return made;
}

std::string_view name_of(Severity severity) {
  constexpr std::string_view kNames[] = {"error", "warning", "note"};
  return kNames[size_t(severity)];
}

void Issues::add(Issue issue) {
  ++counts_[size_t(issue.severity)];
  keep(std::move(issue));
}

void Issues::keep(Issue issue) {
  if (issues_.size() >= kept_max_) {
    ++dropped_;
    return;
  }
  issues_.push_back(std::move(issue));
}

void Issues::add_all(const Issues& others) {
  for (const Issue& issue : others.issues_) keep(issue);
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += others.counts_[i];
  dropped_ += others.dropped_;
}

std::vector<Issue> Issues::sorted() const {
  std::vector<Issue> all = issues_;
  std::stable_sort(all.begin(), all.end(), [](const Issue& a, const Issue& b) {
    return std::tie(a.file, a.place.line, a.place.column) <
           std::tie(b.file, b.place.line, b.place.column);
  });
  return all;
}

std::string render(const Issue& issue, bool colour) {
  constexpr std::string_view kHues[] = {"1;31", "1;33", "1;36"};
  const std::string_view hue = kHues[size_t(issue.severity)];
  std::string out = paint(
      colour, hue, fmt::format("{}[{}]", name_of(issue.severity), issue.code));
  out += fmt::format(": {}\n", escaped_text(issue.message));
  const std::string number =
      issue.place.line ? std::to_string(issue.place.line) : "";
  const std::string margin(number.size(), ' ');
  const std::string file = escaped_text(issue.file);
  if (issue.place.line == 0) {
    out += fmt::format("{} --> {}\n", margin, file);
  } else {
    out += fmt::format("{} --> {}:{}:{}\n", margin, file, issue.place.line,
                       issue.place.column);
    const std::string line = with_tabs(issue.line_text);
    const CaretLine drawn = draw_carets(line, issue.place);
    out += fmt::format("{0}  |\n{1}  | {2}\n{0}  | {3}{4}", margin, number,
                       line, drawn.padding, paint(colour, hue, drawn.carets));
    out += issue.label.empty() ? "\n" : fmt::format(" {}\n", issue.label);
  }
  if (!issue.help.empty()) {
    out += fmt::format("{}  = {} {}\n", margin, paint(colour, "1", "help:"),
                       issue.help);
  }
  return out;
}

std::string render(const Issues& issues, bool colour) {
  std::string out;
  for (const Issue& issue : issues.sorted()) {
    if (!out.empty()) out += '\n';
    out += render(issue, colour);
  }
  if (issues.dropped() > 0) {
    out += fmt::format("\n… and {} more\n", issues.dropped());
  }
  return out;
}

// Of a name that is a candidate itself something else is wrong.
std::string nearest(std::string_view name,
                    std::span<const std::string> candidates) {
  if (name.size() > kNameBytesMax) return {};
  size_t allowed = std::clamp<size_t>(name.size() / 3, 1, kEditsMax);
  std::string found;
  for (const std::string& candidate : candidates) {
    if (candidate == name) return {};
    const size_t distance = edit_distance(name, candidate, allowed);
    if (distance > allowed) continue;
    found = candidate;
    allowed = distance - 1;
  }
  return found;
}

std::string did_you_mean(std::string_view name,
                         std::span<const std::string> candidates) {
  const std::string found = nearest(name, candidates);
  return found.empty() ? "" : fmt::format("did you mean {}?", found);
}

std::string did_you_mean(std::string_view name,
                         std::span<const std::string> candidates,
                         const Issues& issues) {
  return issues.keeps_more() ? did_you_mean(name, candidates) : std::string();
}

}  // namespace simwarden
