// SPDX-License-Identifier: Apache-2.0
#include "cel/value/plain_pattern.h"

#include <algorithm>
#include <charconv>

#include "diag/ascii.h"

// What is not plainly one of the few forms below is left to RE2.
namespace cel {

using simwarden::is_ascii_word;

class PlainPattern::Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool at_end() const { return rest_.empty(); }

  std::optional<Run> read_run() {
    const auto bytes = take('[') ? read_class() : read_outside();
    if (!bytes) return std::nullopt;
    Run run{.bytes = *bytes};
    if (!read_times(run)) return std::nullopt;
    // A second one would be of the first: lazy, or of nothing.
    const bool more = !rest_.empty() && is_among(rest_.front(), "?*+{");
    return more ? std::nullopt : std::optional(run);
  }

 private:
  static bool is_among(char c, std::string_view those) {
    return those.find(c) != std::string_view::npos;
  }
  static bool is_visible(char c) { return c >= ' ' && c <= '~'; }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A character as it is, or one that is none of letters, digits and _ behind
  // a backslash.
  std::optional<uint8_t> read_char(std::string_view special) {
    const bool escaped = take('\\');
    if (rest_.empty()) return std::nullopt;
    const char c = rest_.front();
    const bool plain = escaped ? !is_ascii_word(c) : !is_among(c, special);
    if (!is_visible(c) || !plain) return std::nullopt;
    rest_.remove_prefix(1);
    return static_cast<uint8_t>(c);
  }

  std::optional<Class> read_outside() {
    const auto c = read_char("^$.|?*+()[]{}");
    if (!c) return std::nullopt;
    return Class().set(*c);
  }

  // Behind its "[". A "-" stands first or last, or makes a range.
  std::optional<Class> read_class() {
    Class bytes;
    if (take('-')) bytes.set('-');
    while (!take(']')) {
      if (take('-')) {
        if (!take(']')) return std::nullopt;
        return bytes.set('-');
      }
      const auto from = read_char("^[]&~");
      if (!from) return std::nullopt;
      auto to = from;
      if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
        rest_.remove_prefix(1);
        to = read_char("^[]&~-");
      }
      if (!to || *to < *from) return std::nullopt;
      for (size_t c = *from; c <= *to; ++c) bytes.set(c);
    }
    return bytes;
  }

  bool read_times(Run& run) {
    constexpr uint32_t kAny = UINT32_MAX;
    if (take('?'))
      run.least = 0;
    else if (take('+'))
      run.most = kAny;
    else if (take('*'))
      run.least = 0, run.most = kAny;
    else if (take('{')) {
      if (!read_number(run.least)) return false;
      run.most = run.least;
      if (take(',') && !read_number(run.most)) run.most = kAny;
      return take('}');
    }
    return true;
  }

  bool read_number(uint32_t& number) {
    const auto [end, fault] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (fault != std::errc()) return false;
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return true;
  }

  std::string_view rest_;
};

std::optional<PlainPattern> PlainPattern::of(std::string_view pattern) {
  const bool whole =
      pattern.size() >= 2 && pattern.front() == '^' && pattern.back() == '$';
  if (!whole) return std::nullopt;
  PlainPattern plain;
  Reader reader(pattern.substr(1, pattern.size() - 2));
  while (!reader.at_end()) {
    const auto run = reader.read_run();
    if (!run) return std::nullopt;
    plain.runs_.push_back(*run);
  }
  if (!plain.is_without_choice()) return std::nullopt;
  return plain;
}

// A run that may end early must not do so for what the next ones would take.
bool PlainPattern::is_without_choice() const {
  for (size_t i = 0; i < runs_.size(); ++i) {
    if (runs_[i].least == runs_[i].most) continue;
    for (size_t next = i + 1; next < runs_.size(); ++next) {
      if ((runs_[i].bytes & runs_[next].bytes).any()) return false;
      if (runs_[next].least > 0) break;
    }
  }
  return true;
}

bool PlainPattern::matches(std::string_view text) const {
  size_t at = 0;
  for (const Run& run : runs_) {
    const size_t end = at + std::min<size_t>(run.most, text.size() - at);
    const size_t begin = at;
    while (at < end && run.bytes[static_cast<uint8_t>(text[at])]) ++at;
    if (at - begin < run.least) return false;
  }
  return at == text.size();
}

}  // namespace cel
