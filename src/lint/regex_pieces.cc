// SPDX-License-Identifier: Apache-2.0
#include "lint/regex_pieces.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"

namespace simwarden {
namespace {

class Cutter {
 public:
  explicit Cutter(std::string_view pattern) : pattern_(pattern) {}

  std::vector<RegexPiece> cut() {
    while (at_ < pattern_.size()) next();
    return std::move(pieces_);
  }

 private:
  using Is = RegexPiece::Is;

  void next() {
    const std::string_view rest = pattern_.substr(at_);
    switch (rest[0]) {
      case '\\': return rest.starts_with("\\Q") ? quoted() : escape();
      case '[': return put(Is::set, set_size(rest));
      case '(': return group(rest);
      case ')': return put(Is::close, 1);
      case '|': return put(Is::bar, 1);
      case '.': return put(Is::any, 1);
      case '^':
      case '$': return put(Is::edge, 1);
      case '*': return repeats(1, 0, kWithoutEnd);
      case '+': return repeats(1, 1, kWithoutEnd);
      case '?': return repeats(1, 0, 1);
      case '{': return braces(rest);
      default: return put(Is::text, code_point_size(pattern_, at_));
    }
  }

  void put(Is is, size_t size) {
    const size_t end = std::min(at_ + size, pattern_.size());
    pieces_.push_back({is, at_, end});
    at_ = end;
  }

  void repeats(size_t size, uint32_t least, uint32_t most) {
    const bool lazy =
        at_ + size < pattern_.size() && pattern_[at_ + size] == '?';
    put(Is::repeats, size + (lazy ? 1 : 0));
    pieces_.back().least = least;
    pieces_.back().most = most;
  }

  void quoted() {
    at_ += 2;
    while (at_ < pattern_.size() && !pattern_.substr(at_).starts_with("\\E")) {
      put(Is::text, code_point_size(pattern_, at_));
    }
    at_ = std::min(at_ + 2, pattern_.size());
  }

  // \x41 \x{41} \pL \p{Greek} \123 \b
  void escape() {
    const std::string_view rest = pattern_.substr(at_);
    const char kind = rest.size() > 1 ? rest[1] : '\0';
    size_t size = 2;
    const bool named = kind == 'x' || kind == 'p' || kind == 'P';
    if (named && rest.size() > 2 && rest[2] == '{') {
      const size_t close = rest.find('}');
      size = close == std::string_view::npos ? rest.size() : close + 1;
    } else if (named) {
      size = kind == 'x' ? 4 : 3;
    } else if (is_digit(kind)) {
      while (size < 4 && size < rest.size() && is_digit(rest[size])) ++size;
    } else if (rest.size() > 1) {
      size = 1 + code_point_size(rest, 1);
    }
    put(Is::escape, size);
  }

  // "[^]a[:alpha:]\]]" is one class.
  static size_t set_size(std::string_view rest) {
    size_t at = 1;
    if (at < rest.size() && rest[at] == '^') ++at;
    if (at < rest.size() && rest[at] == ']') ++at;
    while (at < rest.size() && rest[at] != ']') {
      const size_t named = rest.substr(at).starts_with("[:")
                               ? rest.find(":]", at)
                               : std::string_view::npos;
      if (named != std::string_view::npos) {
        at = named + 2;
      } else {
        at += rest[at] == '\\' ? 2 : 1;
      }
    }
    return at + 1;
  }

  void group(std::string_view rest) {
    if (!rest.starts_with("(?")) return put(Is::open, 1);
    const size_t end =
        rest.find_first_of(rest.starts_with("(?P<") ? ">" : ":)");
    if (end == std::string_view::npos) return put(Is::open, rest.size());
    put(rest[end] == ')' ? Is::flags : Is::open, end + 1);
  }

  // {3} {3,} {3,5}; anything else is a brace as such.
  void braces(std::string_view rest) {
    size_t at = 1;
    const auto number = [&] {
      uint32_t value = 0;
      while (at < rest.size() && is_digit(rest[at])) {
        value = std::min(value * 10 + uint32_t(rest[at++] - '0'), 100'000u);
      }
      return value;
    };
    const uint32_t least = number();
    uint32_t most = least;
    if (at == 1) return put(Is::text, 1);
    if (at < rest.size() && rest[at] == ',') {
      const size_t before = ++at;
      most = number();
      if (at == before) most = kWithoutEnd;
    }
    if (at >= rest.size() || rest[at] != '}') return put(Is::text, 1);
    repeats(at + 1, least, most);
  }

  std::string_view pattern_;
  size_t at_ = 0;
  std::vector<RegexPiece> pieces_;
};

}  // namespace

std::vector<RegexPiece> pieces_of(std::string_view pattern) {
  return Cutter(pattern).cut();
}

std::vector<Alternatives> alternatives_of(
    const std::vector<RegexPiece>& pieces) {
  std::vector<Alternatives> done;
  std::vector<Alternatives> open{{{0, 0}}};
  const auto end_group = [&](size_t at) {
    open.back().back().last = at;
    done.push_back(std::move(open.back()));
    open.pop_back();
  };
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].is == RegexPiece::Is::open) {
      open.push_back({{i + 1, i + 1}});
    } else if (pieces[i].is == RegexPiece::Is::close && open.size() > 1) {
      end_group(i);
    } else if (pieces[i].is == RegexPiece::Is::bar) {
      open.back().back().last = i;
      open.back().push_back({i + 1, i + 1});
    }
  }
  while (!open.empty()) end_group(pieces.size());
  return done;
}

}  // namespace simwarden
