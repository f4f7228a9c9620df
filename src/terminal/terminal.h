// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "diag/result.h"

// How the program talks to a person: colours and progress on a terminal only,
// errors as one line each.
namespace simwarden {

// Exit codes: a contract (design of the command line).
inline constexpr int kExitDone = 0;
inline constexpr int kExitFound = 1;
inline constexpr int kExitPolicy = 2;
inline constexpr int kExitUsage = 3;
inline constexpr int kExitInput = 4;
inline constexpr int kExitEnvironment = 5;
inline constexpr int kExitInterrupted = 130;

// Colours are on for a terminal, unless NO_COLOR is set or TERM says that it
// knows none (`dumb`, or nothing).
bool wants_colour(std::FILE* stream);

// On stderr, for a person. That nobody can read it (closed, full, a pipe whose
// reader went away) changes nothing: the exit code tells what came out.
void say_text(std::string_view text);
template <typename... Args>
void say(fmt::format_string<Args...> format, Args&&... args) {
  say_text(fmt::format(format, std::forward<Args>(args)...));
}

// "simwarden: WHAT" on stderr, as escaped_text(): names of files are in it.
// Returns the exit code for the trouble.
int complain(const Error& error);

// Painting text when colours are on.
struct Paint {
  bool on = false;
  std::string operator()(std::string_view code, std::string_view text) const;
  std::string bold(std::string_view text) const { return (*this)("1", text); }
  std::string dim(std::string_view text) const { return (*this)("2", text); }
};
// The colour of an action or a severity: red, magenta, yellow, green.
std::string_view colour_of(std::string_view action_or_severity);

// As printable_text(), line by line; those after the first begin with `indent`.
std::string printable_lines(std::string_view text, std::string_view indent);

// The same JSON, with what steers a terminal or turns the direction of text as
// \u0080 to \u2069. For lines whose other control characters are escaped.
std::string json_for_terminal(std::string_view json);
bool is_terminal(std::FILE* stream);

// "1.4 MB".
std::string readable_bytes(uint64_t bytes);

// A line on stderr that overwrites itself, at most a few times a second; only
// on a terminal that can (TERM is not `dumb`). (show* clear)*
class Progress {
 public:
  explicit Progress(bool wanted);
  // `share` from 0 to 1, or below 0 when the whole is not known.
  void show(std::string_view what, uint64_t records, double share);
  void clear();

 private:
  bool on_;
  bool shown_ = false;
  double started_;
  double last_ = 0;
};

// Seconds of a clock that never goes back.
double now_seconds();

}  // namespace simwarden
