// SPDX-License-Identifier: Apache-2.0
#include "scan/regex_reader.h"

#include <algorithm>

#include "diag/ascii.h"

namespace simwarden {
namespace {

// A class of so few characters is written out.
constexpr size_t kCharactersMax = 12;
// Upper bounds of what RE2 compiles to: a range of characters is cut at every
// length of UTF-8 and at the edges of its bytes.
constexpr uint32_t kOfRange = 14;
constexpr uint32_t kOfNegation = 48;
constexpr uint32_t kOfFoldedCharacter = 24;
// Of the general categories, letters have the most ranges: 1,239 instructions
// with RE2's tables of today; Unicode grows.
constexpr uint32_t kOfProperty = 4'000;
constexpr std::string_view kCategories = "CLMNPSZ";
constexpr Stops kLineEnd = stops_among('\n', '\n');

constexpr bool is_count(char c) {
  return c == '*' || c == '+' || c == '?' || c == '{';
}
constexpr bool is_sign(char c) {
  switch (c) {
    case '}':
    case '(':
    case ')':
    case '[':
    case ']':
    case '|':
    case '\\':
    case '.':
    case '^':
    case '$': return true;
    default: return is_count(c);
  }
}

uint32_t utf8_size(uint32_t rune) {
  if (rune < 0x80) return 1;
  if (rune < 0x800) return 2;
  return rune < 0x10000 ? 3 : 4;
}

std::string to_utf8(uint32_t rune) {
  const uint32_t size = utf8_size(rune);
  if (size == 1) return std::string(1, char(rune));
  std::string out;
  out += char((0xf00u >> size & 0xff) | rune >> (6 * (size - 1)));
  for (uint32_t i = size - 1; i > 0; --i) {
    out += char(0x80 | (rune >> (6 * (i - 1)) & 63));
  }
  return out;
}

uint32_t control_of(char c) {
  switch (c) {
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'a': return '\a';
    default: return 0;
  }
}

Stops stops_of_escape(char c) {
  switch (c) {
    case 'd':
    case 'w': return 0;
    case 's': return kLineEnd;
    case 'S': return Stops(~kLineEnd);
    default: return kAnyStop;
  }
}

}  // namespace

bool RegexReader::take(char c) {
  if (at_end() || pattern_[at_] != c) return false;
  ++at_;
  return true;
}

// Well-formed UTF-8 only: no overlong forms, no surrogates.
bool RegexReader::read_rune(uint32_t& rune) {
  if (at_end()) return false;
  const unsigned char lead = uint8_t(pattern_[at_]);
  if (lead < 0x80) {
    rune = lead;
    ++at_;
    return true;
  }
  if (lead < 0xc2 || lead > 0xf4) return false;
  const uint32_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (pattern_.size() - at_ < size) return false;
  rune = lead & (0x7fu >> size);
  for (uint32_t i = 1; i < size; ++i) {
    const unsigned char byte = uint8_t(pattern_[at_ + i]);
    if ((byte & 0xc0) != 0x80) return false;
    rune = rune << 6 | (byte & 63u);
  }
  if (utf8_size(rune) != size || rune > 0x10ffff) return false;
  if (rune >= 0xd800 && rune < 0xe000) return false;
  at_ += size;
  return true;
}

std::string_view RegexReader::letters_ahead() const {
  if (flags_.fold) return {};
  RegexReader ahead = *this;
  size_t before = at_;  // the last letter
  uint32_t rune;
  while (!ahead.at_end() && !is_sign(ahead.peek())) {
    const size_t at = ahead.at_;
    if (!ahead.read_rune(rune)) break;
    before = at;
  }
  const bool counted = ahead.at_ > at_ && is_count(ahead.peek());
  return pattern_.substr(at_, (counted ? before : ahead.at_) - at_);
}

uint32_t RegexReader::skip(std::string_view letters) {
  at_ += letters.size();
  // One a byte; and one a character, of which there are not more.
  return uint32_t(2 * letters.size());
}

RegexGroup RegexReader::read_group_head() {
  if (!take('?')) return RegexGroup::opened;
  bool value = true;
  bool any = false;
  while (!at_end()) {
    const char c = pattern_[at_++];
    switch (c) {
      case 'i':
        flags_.fold = value;
        any = true;
        break;
      case 'm':
        flags_.line = value;
        any = true;
        break;
      case 's':
        flags_.dot = value;
        any = true;
        break;
      case '-':
        if (!value) return RegexGroup::unknown;
        value = false;
        any = false;
        break;
      case ':': return value || any ? RegexGroup::opened : RegexGroup::unknown;
      case ')': return any ? RegexGroup::flags_only : RegexGroup::unknown;
      default: return RegexGroup::unknown;
    }
  }
  return RegexGroup::unknown;
}

void RegexReader::put(uint32_t rune, RegexAtom& atom) const {
  atom.characters.push_back(to_utf8(rune));
  atom.instructions += flags_.fold ? kOfFoldedCharacter : utf8_size(rune) + 1;
}

bool RegexReader::read_atom(RegexAtom& atom) {
  switch (peek()) {
    case '*':
    case '+':
    case '?':
    case ')':
    case '|':
    case '(': return false;
    case '[': return read_class(atom);
    case '\\': return read_escape(atom);
    case '.':
      ++at_;
      atom.is = RegexAtom::Is::wide;
      atom.stops = flags_.dot ? kAnyStop : Stops(~kLineEnd);
      atom.instructions = kOfNegation;
      return true;
    case '^':
    case '$':
      ++at_;
      atom.is = RegexAtom::Is::anchor;
      return true;
    case '{':
      if (at_count()) return false;
      break;
    default: break;
  }
  uint32_t rune;
  if (!read_rune(rune)) return false;
  put(rune, atom);
  return true;
}

bool RegexReader::read_escape(RegexAtom& atom) {
  if (pattern_.size() - at_ < 2) return false;
  const char c = pattern_[at_ + 1];
  if (uint8_t(c) >= 0x80) return false;
  at_ += 2;
  switch (c) {
    case 'b':
    case 'B':
      atom.is = RegexAtom::Is::edge;
      atom.inside = c == 'B';
      return true;
    case 'A':
    case 'z': atom.is = RegexAtom::Is::anchor; return true;
    case 'd':
    case 's':
    case 'w':
    case 'D':
    case 'S':
    case 'W': {
      const bool negated = c < 'a';
      atom.is = RegexAtom::Is::wide;
      // (?i)\w has the Kelvin sign.
      atom.width_most = negated || flags_.fold ? 4 : 1;
      atom.digit = c == 'd';
      atom.stops = stops_of_escape(c);
      atom.instructions = kOfNegation + 4 * kOfRange;
      return true;
    }
    case 'p':
    case 'P': atom.is = RegexAtom::Is::wide; return read_property(atom);
    default: break;
  }
  if (const uint32_t control = control_of(c)) {
    put(control, atom);
    return true;
  }
  if (is_ascii_letter(c) || is_digit(c) || c == '_' || c < ' ') return false;
  put(uint8_t(c), atom);
  return true;
}

// Behind \p: one letter, or a name in braces.
bool RegexReader::read_property(RegexAtom& atom) {
  atom.instructions += kOfProperty;
  if (!take('{')) {
    if (at_end()) return false;
    sure_ = sure_ && kCategories.find(peek()) != std::string_view::npos;
    return is_ascii_letter(pattern_[at_++]);
  }
  take('^');
  const size_t begin = at_;
  while (!at_end() && (is_ascii_letter(peek()) || peek() == '_')) ++at_;
  sure_ = sure_ && at_ == begin + 1 &&
          kCategories.find(pattern_[begin]) != std::string_view::npos;
  return take('}');
}

// A character at either end of a range.
bool RegexReader::read_class_end(uint32_t& rune) {
  if (!take('\\')) return read_rune(rune);
  if (at_end() || uint8_t(peek()) >= 0x80) return false;
  const char c = pattern_[at_];
  rune = control_of(c);
  if (rune == 0 && (is_ascii_letter(c) || is_digit(c) || c == '_' || c < ' ')) {
    return false;
  }
  if (rune == 0) rune = uint8_t(c);
  ++at_;
  return true;
}

bool RegexReader::read_class(RegexAtom& atom) {
  ++at_;
  const bool negated = take('^');
  std::vector<Range> ranges;
  bool wide = false;
  unsigned stops = 0;       // that are in it
  unsigned more_stops = 0;  // that may be
  for (bool first = true; first || peek() != ']'; first = false) {
    if (at_end()) return false;
    const std::string_view rest = pattern_.substr(at_);
    if (rest.starts_with("[:")) return false;
    if (rest.size() > 1 && rest[0] == '\\' && (rest[1] | 0x20) == 'p') {
      at_ += 2;
      if (!read_property(atom)) return false;
      wide = true;
      more_stops = kAnyStop;
      ranges.push_back({0, 0x10ffff});
      continue;
    }
    if (rest.size() > 1 && rest[0] == '\\' &&
        std::string_view("dsw").find(rest[1]) != std::string_view::npos) {
      at_ += 2;
      wide = true;
      stops |= stops_of_escape(rest[1]);
      if (rest[1] == 'd') ranges.push_back({'0', '9'});
      if (rest[1] == 's') ranges.push_back({'\t', ' '});
      if (rest[1] == 'w') ranges.push_back({'0', 'z'});
      continue;
    }
    Range range{};
    if (!read_class_end(range.first)) return false;
    range.last = range.first;
    if (peek() == '-' && pattern_.substr(at_).size() > 1 &&
        pattern_[at_ + 1] != ']') {
      ++at_;
      if (!read_class_end(range.last) || range.last < range.first) return false;
    }
    stops |= stops_among(range.first, range.last);
    ranges.push_back(range);
  }
  ++at_;
  atom.stops = Stops(negated ? ~stops : stops | more_stops);
  if (wide) {
    atom.is = RegexAtom::Is::wide;
    atom.instructions += uint32_t(ranges.size() + 4) * kOfRange;
  }
  return put(ranges, negated, atom);
}

bool RegexReader::put(const std::vector<Range>& ranges, bool negated,
                      RegexAtom& atom) const {
  uint64_t count = 0;
  uint32_t least = 4;
  uint32_t most = 1;
  for (const Range& range : ranges) {
    count += range.last - range.first + 1;
    least = std::min(least, utf8_size(range.first));
    most = std::max(most, utf8_size(range.last));
  }
  if (!negated && atom.is == RegexAtom::Is::characters &&
      count <= kCharactersMax) {
    for (const Range& range : ranges) {
      for (uint32_t rune = range.first; rune <= range.last; ++rune) {
        put(rune, atom);
      }
    }
    return true;
  }
  atom.is = RegexAtom::Is::wide;
  atom.width_least = negated || flags_.fold ? 1 : least;
  atom.width_most = negated || flags_.fold ? 4 : most;
  atom.digit =
      !negated &&
      std::all_of(ranges.begin(), ranges.end(), [](const Range& range) {
        return range.first >= '0' && range.last <= '9';
      });
  atom.instructions += uint32_t(ranges.size() + 1) * kOfRange;
  if (negated)
    atom.instructions += kOfNegation + uint32_t(ranges.size()) * kOfRange;
  // RE2 adds the other case letter by letter.
  if (flags_.fold) {
    const uint64_t letters = std::min<uint64_t>(count, 3000);
    atom.instructions += uint32_t(letters) * kOfRange;
  }
  return true;
}

bool RegexReader::at_count() const {
  const char c = peek();
  if (c == '*' || c == '+' || c == '?') return true;
  if (c != '{') return false;
  RegexReader ahead = *this;
  RegexCount count;
  return !ahead.read_braces(count) || count.given;
}

bool RegexReader::read_number(uint32_t& number) {
  const size_t begin = at_;
  number = 0;
  while (!at_end() && is_digit(peek())) {
    number = std::min(number * 10 + uint32_t(pattern_[at_++] - '0'), 100'000u);
  }
  return at_ > begin;
}

// "{3x" is a brace as such, whose piece is read later.
bool RegexReader::read_braces(RegexCount& count) {
  const size_t begin = at_++;
  bool whole = read_number(count.least);
  count.most = count.least;
  if (whole && take(',') && !read_number(count.most)) count.most = UINT32_MAX;
  whole = whole && take('}');
  if (!whole) {
    at_ = begin;
    count = {};
    return true;
  }
  count.given = true;
  const bool endless = count.most == UINT32_MAX;
  return count.least <= kRegexCountMax &&
         (endless ||
          (count.most <= kRegexCountMax && count.least <= count.most));
}

bool RegexReader::read_count(RegexCount& count) {
  count = {};
  const char c = peek();
  if (c == '{') {
    if (!read_braces(count)) return false;
  } else if (c == '*' || c == '+' || c == '?') {
    ++at_;
    count = {true, c == '+' ? 1u : 0u, c == '?' ? 1u : UINT32_MAX, false};
  }
  if (!count.given) return true;
  count.lazy = take('?');
  return !at_count();  // a** and a{2}{3} are RE2's to judge
}

}  // namespace simwarden
