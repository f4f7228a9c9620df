// SPDX-License-Identifier: Apache-2.0
#include "scan/gate.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"

// Walks the outermost level of a pattern, piece by piece: a piece is one
// character, escape, class or group with its repetition. Every piece that must
// occur at least once and can only be digits, or only one mark, is a demand.
// Letters are left alone, because (?i) gives them relatives outside ASCII.
// Anything unknown (\Q, \x, named classes) takes all demands back: too weak a
// gate costs time, too strong a one an answer.

namespace simwarden {
namespace {

enum class Piece : uint8_t { other, digit, mark, unknown };

class GateReader {
 public:
  explicit GateReader(std::string_view pattern) : pattern_(pattern) {}

  // What every alternative demands.
  Gate read() {
    Gate least = read_alternative();
    while (!unknown_ && at_ < pattern_.size()) {
      ++at_;  // the bar
      const Gate gate = read_alternative();
      least.digits_min = std::min(least.digits_min, gate.digits_min);
      if (gate.byte != least.byte) least.byte = 0;
    }
    return unknown_ ? Gate{} : least;
  }

 private:
  Gate read_alternative() {
    Gate gate;
    while (at_ < pattern_.size() && pattern_[at_] != '|') {
      char mark = 0;
      const Piece piece = read_piece(mark);
      const uint32_t times = piece == Piece::unknown ? 0 : read_times();
      if (piece == Piece::unknown) {
        unknown_ = true;
        return {};
      }
      if (piece == Piece::digit) gate.digits_min += times;
      if (piece == Piece::mark && times > 0 && better(mark, gate.byte)) {
        gate.byte = mark;
      }
    }
    return gate;
  }

  static bool is_mark(char c) {
    return uint8_t(c) < 0x80 && !is_digit(c) && !is_ascii_letter(c);
  }
  // A space is in nearly every text; any other mark tells more.
  static bool better(char mark, char known) {
    return known == 0 || (known == ' ' && mark != ' ');
  }

  char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }

  Piece read_piece(char& mark) {
    const char c = pattern_[at_++];
    switch (c) {
      case '(': return skip_group() ? Piece::other : Piece::unknown;
      case '[': return read_class();
      case '\\': return read_escape(mark);
      case '^':
      case '$':
      case '.': return Piece::other;
      case ')':
      case '*':
      case '+':
      case '?': return Piece::unknown;
      default: break;
    }
    mark = c;
    if (is_digit(c)) return Piece::digit;
    if (is_mark(c)) return Piece::mark;
    // The last byte of a character carries its repetition.
    while (is_continuation(peek())) ++at_;
    return Piece::other;
  }

  Piece read_escape(char& mark) {
    if (at_ == pattern_.size()) return Piece::unknown;
    const char c = pattern_[at_++];
    if (c == 'd') return Piece::digit;
    if (std::string_view("bBwWsSDAz").find(c) != std::string_view::npos) {
      return Piece::other;
    }
    if (is_ascii_letter(c) || is_digit(c) || !is_mark(c)) return Piece::unknown;
    mark = c;
    return Piece::mark;
  }

  // Only [0-9], [\d] and the like count as digits; all else is `other`.
  Piece read_class() {
    const size_t begin = at_;
    if (peek() == '^') ++at_;
    if (peek() == ']') ++at_;
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      if (pattern_[at_] == '[') return Piece::unknown;  // [[:alpha:]]
      at_ += pattern_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= pattern_.size()) return Piece::unknown;
    const std::string_view inside = pattern_.substr(begin, at_ - begin);
    ++at_;
    return inside == "0-9" || inside == "\\d" || inside == "1-9" ? Piece::digit
                                                                 : Piece::other;
  }

  bool skip_group() {
    // (?i) and (?s) change what follows and hold nothing themselves.
    size_t depth = 1;
    while (at_ < pattern_.size() && depth > 0) {
      const char c = pattern_[at_++];
      if (c == '\\') {
        if (peek() == 'Q') return false;
        ++at_;
      } else if (c == '[') {
        if (read_class() == Piece::unknown) return false;
      } else if (c == '(') {
        ++depth;
      } else if (c == ')') {
        --depth;
      }
    }
    return depth == 0;
  }

  // The fewest times that the piece before must occur.
  uint32_t read_times() {
    uint32_t times = 1;
    const char c = peek();
    if (c == '*' || c == '?') {
      times = 0;
      ++at_;
    } else if (c == '+') {
      ++at_;
    } else if (c == '{' && at_ + 1 < pattern_.size() &&
               is_digit(pattern_[at_ + 1])) {
      times = read_count();
    }
    if (peek() == '?') ++at_;  // the lazy form
    return times;
  }

  // "{3,8}" gives 3; RE2 refuses more than 1000. "{3x" is plain text, whose
  // piece stands once: the brace is then read as a piece of its own.
  uint32_t read_count() {
    size_t end = at_ + 1;
    uint32_t count = 0;
    while (end < pattern_.size() && is_digit(pattern_[end])) {
      count = std::min(count * 10 + uint32_t(pattern_[end++] - '0'), 1000u);
    }
    if (end < pattern_.size() && pattern_[end] == ',') ++end;
    while (end < pattern_.size() && is_digit(pattern_[end])) ++end;
    if (end >= pattern_.size() || pattern_[end] != '}') return 1;
    at_ = end + 1;
    return count;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  bool unknown_ = false;
};

}  // namespace

Gate gate_of(std::string_view pattern) {
  return GateReader(pattern).read();
}

uint32_t count_digits(std::string_view text) {
  return uint32_t(std::count_if(text.begin(), text.end(),
                                [](char c) { return uint8_t(c - '0') < 10; }));
}

bool may_match(const Gate& gate, std::string_view text, uint32_t digits) {
  if (digits < gate.digits_min) return false;
  return gate.byte == 0 || text.find(gate.byte) != std::string_view::npos;
}

}  // namespace simwarden
