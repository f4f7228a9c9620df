// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The author's mistakes: collected, coded, each with its exact place. Never
// thrown, never only the first.
//
//   error[P104]: the rule asks for a fact that does not exist: request.chanel
//     --> policies/demo/pack.yaml:12:13
//      |
//   12 |     flag: request.chanel.type == 'dealer'
//      |           ^^^^^^^^^^^^^^ no such fact
//      = help: did you mean request.channel?
namespace simwarden {

// A note is nothing that has to be mended.
enum class Severity : uint8_t { error, warning, note };
// "error", "warning", "note".
std::string_view name_of(Severity severity);

// Lines and columns count from 1; a column is one code point. line 0 means
// "the file as a whole".
struct Place {
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t width = 1;  // code points to underline, at least 1
  bool operator==(const Place&) const = default;
};

struct Issue {
  Severity severity = Severity::error;
  std::string code;     // stable: a letter for the room and three digits
  std::string message;  // a sentence without its full stop
  std::string file;
  Place place;
  std::string line_text;  // the line that `place` is on, for the picture
  std::string label;      // short words beside the caret; may be empty
  std::string help;       // what to do; may be empty
};

// A named text that issues point into. Keeps the text by value.
class SourceText {
 public:
  SourceText(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  // The line and column of a byte offset; offsets past the end are the end.
  Place place_at(size_t offset, uint32_t width_code_points = 1) const;
  // The line (from 1) without its line break; empty when there is none.
  std::string_view line(uint32_t number) const;
  // The byte offset at which the line (from 1) begins.
  size_t line_begin(uint32_t number) const;

  // An error that points at `place` of this text.
  Issue issue(std::string code, Place place, std::string message,
              std::string label = {}, std::string help = {}) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<size_t> line_begins_;
};

// More mistakes than anybody reads; the rest is counted.
inline constexpr size_t kIssuesMax = 200;

class Issues {
 public:
  // `kept_max`: for programs, which read more than people do.
  explicit Issues(size_t kept_max = kIssuesMax) : kept_max_(kept_max) {}
  // Empty, and keeps as many.
  Issues another() const { return Issues(kept_max_); }
  void add(Issue issue);
  void add_all(const Issues& others);
  bool has_errors() const { return error_count() > 0; }
  size_t error_count() const { return count(Severity::error); }
  // The dropped ones too.
  size_t count(Severity severity) const { return counts_[size_t(severity)]; }
  bool empty() const { return issues_.empty(); }
  // False when the next one is counted only, so that nobody reads its help.
  bool keeps_more() const { return issues_.size() < kept_max_; }
  // In the order of file, line, column.
  std::vector<Issue> sorted() const;
  size_t dropped() const { return dropped_; }

 private:
  void keep(Issue issue);

  size_t kept_max_;
  std::vector<Issue> issues_;
  std::array<size_t, 3> counts_{};
  size_t dropped_ = 0;
};

// The picture above, ending in a line break; `colour` adds ANSI colours.
std::string render(const Issue& issue, bool colour = false);
std::string render(const Issues& issues, bool colour = false);

// The candidate that `name` was probably meant to be; empty when none is near
// enough (edit distance at most a third of the name's length, at least 1 and at
// most 16).
std::string nearest(std::string_view name,
                    std::span<const std::string> candidates);
// "did you mean X?" or empty.
std::string did_you_mean(std::string_view name,
                         std::span<const std::string> candidates);
// The same as the help of an issue for `issues`; empty when that would be
// counted only. For as many candidates as an author can write: each costs.
std::string did_you_mean(std::string_view name,
                         std::span<const std::string> candidates,
                         const Issues& issues);

}  // namespace simwarden
