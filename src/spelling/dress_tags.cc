// SPDX-License-Identifier: Apache-2.0
#include "spelling/dress_tags.h"

#include <algorithm>
#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kTagMax = 64;  // bytes; nobody dresses a letter with more
constexpr size_t kTagsMax = 6;  // side by side

// "b", "/span class=x", "!-- x --".
bool is_dress(std::string_view tag) {
  constexpr std::array<std::string_view, 16> kNames = {
      "b",  "i",     "u",   "s",    "em",   "strong", "span", "font",
      "tt", "small", "big", "mark", "code", "color",  "size", "!--"};
  const size_t first = at(tag, 0) == '/' ? 1 : 0;
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return starts_at(tag, first, name) &&
           !is_letter(at(tag, first + name.size()));
  });
}

// Behind the tag at `i`, or `i`.
size_t behind_tag(std::string_view t, size_t i) {
  const char close = at(t, i) == '<' ? '>' : ']';
  const size_t end = t.substr(i, kTagMax).find(close);
  if (end == t.npos || !is_dress(t.substr(i + 1, end - 1))) return i;
  return i + end + 1;
}

size_t behind_tags(std::string_view t, size_t i, std::string_view opening) {
  for (size_t n = 0; n < kTagsMax && is_one_of(at(t, i), opening); ++n) {
    const size_t end = behind_tag(t, i);
    if (end == i) return i;
    i = end;
  }
  return i;
}

bool is_sign(char c) {
  return is_one_of(c, "./@_:");
}

// "<b></b>" and comments show nothing; what stands around letters may part
// words as readers see them.
bool shows_nothing(std::string_view tags) {
  const auto count = std::count_if(tags.begin(), tags.end(),
                                   [](char c) { return is_one_of(c, "<["); });
  return count > 1 || tags.find("!--") != tags.npos;
}

class DressedWords {
 public:
  DressedWords(const View& plain, std::string_view raw)
      : plain_(plain), raw_(raw), t_(plain.text) {}

  std::vector<Respelling> run() {
    for (size_t i = next(0); i < t_.size(); i = next(i)) {
      const size_t end =
          t_[i] == '*' ? behind_stars(i) : behind_tags(t_, i, "<[");
      if (end != i && is_inside_word(i, end)) {
        const bool hides = shows_nothing(t_.substr(i, end - i));
        found_.push_back({i, end, "", hides ? How::spaced : How::as_is});
      }
      i = std::max(end, i + 1);
    }
    return std::move(found_);
  }

 private:
  size_t next(size_t i) const {
    return std::min(t_.find_first_of("<[*", i), t_.size());
  }

  // Two stars that open behind a sign, and those that close them.
  size_t behind_stars(size_t i) {
    if (!starts_at(t_, i, "**") || at(t_, i + 2) == '*') return i;
    return i + 2;
  }

  // A link or a name goes on behind.
  bool is_inside_word(size_t begin, size_t end) {
    const char left = before(t_, begin);
    const char right = at(t_, end);
    const bool parts = (is_alnum(left) || is_sign(left)) &&
                       (is_alnum(right) || is_sign(right));
    if (!parts || begins_sentence(left, end)) return false;
    if (t_[begin] == '*') return is_bold(begin, left, right);
    return is_sign(left) || is_sign(right) ||
           shows_nothing(t_.substr(begin, end - begin));
  }

  bool is_bold(size_t begin, char left, char right) {
    const bool opens = is_one_of(left, "./@") && is_alnum(right);
    const bool closes = bold_ && is_alnum(left);
    bold_ = opens;
    return (opens && before(t_, begin - 1) != '*') || closes;
  }

  // "Thanks.<b>Info</b>".
  bool begins_sentence(char left, size_t i) const {
    if (left != '.') return false;
    const Span first = plain_.original(i, i + 1);
    return is_capital(raw_[first.begin]);
  }

  const View& plain_;
  std::string_view raw_;
  std::string_view t_;
  std::vector<Respelling> found_;
  bool bold_ = false;  // two stars were taken away that open
};

}  // namespace

size_t behind_dress_tags(std::string_view text, size_t i) {
  return behind_tags(text, i, "<");
}

std::vector<Respelling> undressed_words(const View& plain,
                                        std::string_view raw) {
  const std::string_view t = plain.text;
  const bool may =
      t.find('<') != t.npos || t.find("[/") != t.npos || t.find("**") != t.npos;
  return may ? DressedWords(plain, raw).run() : std::vector<Respelling>();
}

}  // namespace simwarden
