// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminal.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "diag/by_line.h"
#include "diag/characters.h"
#include "diag/columns.h"
#include "diag/counted.h"
#include "diag/printable.h"

namespace simwarden {
namespace {

// Faster than that nobody reads, and a slow terminal would be the brake.
constexpr double kProgressEverySeconds = 0.2;

// It shows each byte as it comes: the shell of an editor, a recorded session.
bool is_dumb() {
  const char* name = std::getenv("TERM");
  return name == nullptr || *name == '\0' || std::string_view(name) == "dumb";
}

// Columns of the terminal; 80 when it is none.
uint32_t terminal_columns(std::FILE* stream) {
  winsize size{};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  return 80;
}

int exit_code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::usage: return kExitUsage;
    case Trouble::policy: return kExitPolicy;
    case Trouble::input: return kExitInput;
    case Trouble::environment: return kExitEnvironment;
    case Trouble::interrupted: return kExitInterrupted;
  }
  return kExitEnvironment;
}

}  // namespace

bool is_terminal(std::FILE* stream) {
  return isatty(fileno(stream)) == 1;
}

bool wants_colour(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour && *no_colour) return false;
  return is_terminal(stream) && !is_dumb();
}

void say_text(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

int complain(const Error& error) {
  if (!error.what.empty()) {
    say("simwarden: {}\n", escaped_text(error.what));
  }
  return exit_code_of(error.trouble);
}

std::string Paint::operator()(std::string_view code,
                              std::string_view text) const {
  if (!on || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string_view colour_of(std::string_view word) {
  if (word == "refuse" || word == "critical") return "1;31";
  if (word == "hold" || word == "high") return "1;35";
  if (word == "review" || word == "medium") return "1;33";
  if (word == "pass") return "32";
  return "2";
}

std::string printable_lines(std::string_view text, std::string_view indent) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return by_line(text, printable_text, indent);
}

std::string json_for_terminal(std::string_view json) {
  std::string out;
  for (size_t at = 0; at < json.size();) {
    const std::string_view one = json.substr(at, code_point_size(json, at));
    at += one.size();
    const bool plain = one.size() == 1 || printable_text(one) == one;
    if (plain) {
      out += one;
      continue;
    }
    // "\u{80}"
    const std::string escaped = escaped_text(one);
    out += fmt::format("\\u{:0>4}", escaped.substr(3, escaped.size() - 4));
  }
  return out;
}

std::string readable_bytes(uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", double(bytes) / 1e3);
  if (bytes < 1'000'000'000) {
    return fmt::format("{:.1f} MB", double(bytes) / 1e6);
  }
  return fmt::format("{:.1f} GB", double(bytes) / 1e9);
}

double now_seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

Progress::Progress(bool wanted)
    : on_(wanted && is_terminal(stderr) && !is_dumb()),
      started_(now_seconds()) {}

void Progress::show(std::string_view what, uint64_t records, double share) {
  if (!on_) return;
  const double now = now_seconds();
  if (now - last_ < kProgressEverySeconds) return;
  last_ = now;
  const double seconds = std::max(now - started_, 1e-3);
  std::string line = fmt::format(
      "{}  {} records  {}/s", escaped_text(what), with_thousands(records),
      with_thousands(uint64_t(double(records) / seconds)));
  if (share > 0 && share <= 1) {
    const double left = seconds * (1 - share) / share;
    line += fmt::format("  {:.0f} %  {}:{:02} left", share * 100,
                        int(left) / 60, int(left) % 60);
  }
  const auto shown = cut_to_columns(line, terminal_columns(stderr) - 1);
  say("\r\x1b[2K{}", shown);
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  say("\r\x1b[2K");
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace simwarden
