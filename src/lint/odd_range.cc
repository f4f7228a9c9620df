// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "diag/characters.h"
#include "lint/findings.h"

namespace simwarden {
namespace {

bool is_upper(std::string_view c) {
  return c.size() == 1 && c[0] >= 'A' && c[0] <= 'Z';
}
bool is_lower(std::string_view c) {
  return c.size() == 1 && c[0] >= 'a' && c[0] <= 'z';
}
bool is_digit(std::string_view c) {
  return c.size() == 1 && c[0] >= '0' && c[0] <= '9';
}
bool is_ascii(std::string_view c) {
  return c.size() == 1;
}

// All marks, or all that can be printed: what people who know ASCII write.
bool is_idiom(std::string_view from, std::string_view to) {
  constexpr std::array<std::string_view, 7> kIdioms = {"!~", " ~", "!/", " /",
                                                       ":@", "[`", "{~"};
  const std::string range = std::string(from) + std::string(to);
  return std::find(kIdioms.begin(), kIdioms.end(), range) != kIdioms.end();
}

bool is_odd(std::string_view from, std::string_view to) {
  if (!is_ascii(from)) return false;
  const bool letter_or_digit =
      is_upper(from) || is_lower(from) || is_digit(from);
  if (!is_ascii(to)) return letter_or_digit;
  if (letter_or_digit) {
    return is_upper(from) != is_upper(to) || is_lower(from) != is_lower(to) ||
           is_digit(from) != is_digit(to);
  }
  return !is_idiom(from, to);
}

class Looker {
 public:
  Looker(const RegexSite& site, const RegexPiece& set, Findings& findings)
      : site_(site), set_(set), findings_(findings), at_(set.begin + 1) {}

  void look() {
    if (site_.text[at_] == '^') ++at_;
    const size_t end = set_.end - 1;  // its bracket
    while (at_ < end) {
      const size_t begin = at_;
      const std::string_view from = element();
      if (at_ + 1 >= end || site_.text[at_] != '-') continue;
      ++at_;
      const std::string_view to = element();
      const bool escaped = from.starts_with("\\") || to.starts_with("\\") ||
                           from.starts_with("[:") || to.starts_with("[:");
      if (!escaped && is_odd(from, to)) complain(begin);
    }
  }

 private:
  std::string_view element() {
    const std::string_view rest =
        std::string_view(site_.text).substr(at_, set_.end - at_);
    size_t size = code_point_size(rest, 0);
    if (rest[0] == '\\' && rest.size() > 1) {
      size = pieces_of(rest).front().end;
    } else if (rest.starts_with("[:")) {
      size = std::min(rest.find(":]"), rest.size() - 2) + 2;
    }
    at_ += size;
    return rest.substr(0, size);
  }

  void complain(size_t begin) {
    const std::string range = site_.text.substr(begin, at_ - begin);
    findings_.add(
        *site_.file, site_.place(begin, at_),
        fmt::format("the range {} holds all that lies between", range));
  }

  const RegexSite& site_;
  const RegexPiece& set_;
  Findings& findings_;
  size_t at_;
};

}  // namespace

namespace looks {

void odd_range(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    for (const RegexPiece& piece : site.pieces) {
      if (piece.is == RegexPiece::Is::set) Looker(site, piece, findings).look();
    }
  }
}

}  // namespace looks
}  // namespace simwarden
