// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstring>

#include <unicode/utf8.h>

#include "text/pieces.h"
#include "text/tables.h"

// Words that are written so that patterns miss them and people do not:
// "act!ve s1m", "s.i.m", "实-名-卡", "ᔕIᗰ", "办ka". Four steps over a plain
// text: letters of a script that is only there for Latin become Latin; what
// stands between letters that belong together goes; digits, signs and letters
// of another alphabet become the letters that they stand for, and pinyin the
// Han characters.
namespace simwarden {
namespace {

// What people put between letters; a space once, a sign up to three times.
constexpr std::u32string_view kBetween =
    U" .-_*/|~+^'`\u00B7\u2022\u2027\u2219";
constexpr size_t kBetweenMax = 3;
constexpr char32_t kTatweel = 0x640;  // stretches Arabic words
// "t00l"; more digits side by side are a number.
constexpr size_t kDoublesMax = 2;

// What stands for a Latin or a Cyrillic letter (data/stand_ins.tsv); 0 when for
// none.
struct StandIn {
  char32_t sign = 0;
  char32_t latin = 0;
  char32_t cyrillic = 0;
};

const std::vector<StandIn>& stand_ins() {
  static const std::vector<StandIn> kStandIns = [] {
    const auto letter = [](std::string_view cell) {
      return cell == "-" ? 0 : character_of(cell);
    };
    std::vector<StandIn> all;
    for (const TableRow& row : rows_of(tables::stand_ins, 3)) {
      all.push_back({character_of(row[0]), letter(row[1]), letter(row[2])});
    }
    return all;
  }();
  return kStandIns;
}

StandIn stand_in(char32_t sign) {
  for (const StandIn& row : stand_ins()) {
    if (row.sign == sign) return row;
  }
  return {};
}

bool is_one_of(char32_t c, std::u32string_view some) {
  return some.find(c) != some.npos;
}
bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c) {
  return has(traits_of(c), kLetter) && !is_digit(c);
}
bool is_mark(char32_t c) {
  return has(traits_of(c), kMark);
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c < 0x530;
}

// Takes away what stands between letters.
class Joiner {
 public:
  explicit Joiner(const Pieces& from) : from_(from) {}

  Pieces run() {
    to_.reserve(from_.size());
    for (size_t i = 0; i < from_.size();) {
      const Row row = row_at(i);
      take(row);
      if (row.end == i && !is_left_out(i)) to_.push_back(from_[i]);
      i = std::max(row.end, i + 1);
    }
    return std::move(to_);
  }

 private:
  // Letters that stand alone, with the same between all of them.
  struct Row {
    size_t begin = 0;
    size_t end = 0;  // `begin` when there is none
    size_t gap = 0;  // how much is between them
    size_t letters = 0;
    size_t digits = 0;
  };

  char32_t at(size_t i) const { return i < from_.size() ? from_[i].c : U' '; }

  bool is_left_out(size_t i) const {
    const char32_t c = from_[i].c;
    if (c == kTatweel) return true;
    if (i == 0 || !is_one_of(c, kBetween)) return false;
    const char32_t left = from_[i - 1].c;
    const char32_t right = at(i + 1);
    if (is_han(left) && is_han(right)) return true;
    return c == U'*' && (is_letter(left) || is_mark(left)) && is_letter(right);
  }

  Row row_at(size_t i) const {
    Row row{.begin = i, .end = i};
    if (i > 0 && has(traits_of(at(i - 1)), kLetter | kMark)) return row;
    const size_t first = letter_end(i);
    row.gap = gap_at(first);
    if (first == i || row.gap == 0) return row;
    for (size_t k = i; letter_end(k) != k; k = row.end + row.gap) {
      ++(is_digit(at(k)) ? row.digits : row.letters);
      row.end = letter_end(k);
      if (!is_same(first, row.end, row.gap)) break;
    }
    return row;
  }

  // Not "p.m.", "a b" or a number.
  static bool is_word(const Row& row) {
    constexpr size_t kLeast = 3;
    return row.letters + row.digits >= kLeast && row.letters > row.digits;
  }

  // Nothing of a row is read a second time, be it a word or not.
  void take(const Row& row) {
    const bool joined = is_word(row);
    for (size_t i = row.begin; i < row.end;) {
      const size_t letter = letter_end(i);
      for (; i < letter; ++i) to_.push_back(from_[i]);
      const size_t next = i == row.end ? i : i + row.gap;
      for (; i < next; ++i) {
        if (!joined && !is_left_out(i)) to_.push_back(from_[i]);
      }
    }
  }

  // Behind a letter or digit that stands alone, and its marks; `i` when none
  // does.
  size_t letter_end(size_t i) const {
    if (!has(traits_of(at(i)), kLetter)) return i;
    size_t end = i + 1;
    while (is_mark(at(end))) ++end;
    return has(traits_of(at(end)), kLetter) ? i : end;
  }

  // How often a sign of kBetween stands there; 0 when too often.
  size_t gap_at(size_t i) const {
    const char32_t sign = at(i);
    if (i >= from_.size() || !is_one_of(sign, kBetween)) return 0;
    size_t size = 1;
    while (size <= kBetweenMax && at(i + size) == sign) ++size;
    const bool right = sign == U' ' ? size == 1 : size <= kBetweenMax;
    return right ? size : 0;
  }

  bool is_same(size_t gap, size_t other, size_t size) const {
    for (size_t k = 0; k < size; ++k) {
      if (at(gap + k) != at(other + k)) return false;
    }
    return letter_end(other + size) != other + size;
  }

  const Pieces& from_;
  Pieces to_;
};

// Writes words with the letters of their alphabet.
class Speller {
 public:
  explicit Speller(Pieces& pieces) : pieces_(pieces) {}

  // Gives true when a word was changed.
  bool run() {
    for (size_t i = 0; i < pieces_.size();) {
      size_t end = i;
      while (end < pieces_.size() && is_in_word(pieces_[end].c)) ++end;
      spell(i, end);
      i = std::max(end, i + 1);
    }
    return changed_;
  }

 private:
  static bool is_in_word(char32_t c) {
    if (is_digit(c) || is_one_of(c, U"@$!|€")) return true;
    return is_latin(c) || is_cyrillic(c) || is_mark(c);
  }
  static bool is_alphabetic(char32_t c) {
    return is_latin(c) || is_cyrillic(c);
  }

  void spell(size_t begin, size_t end) {
    trim(begin, end);
    size_t letters = 0;
    bool cyrillic = false;
    for (size_t i = begin; i < end; ++i) {
      letters += is_alphabetic(pieces_[i].c) ? 1 : 0;
      cyrillic = cyrillic || is_cyrillic(pieces_[i].c);
    }
    if (letters < 2 || is_address(begin, end)) return;
    if (!can_spell(begin, end, cyrillic)) return;
    for (size_t i = begin; i < end; ++i) {
      const char32_t letter = letter_for(i, cyrillic);
      if (letter == 0) continue;
      pieces_[i].c = letter;
      changed_ = true;
    }
  }

  // A digit or sign at an end counts only where it is seldom itself.
  void trim(size_t& begin, size_t& end) const {
    const size_t from = begin;
    const size_t to = end;
    while (begin < end && !is_alphabetic(pieces_[begin].c)) ++begin;
    while (begin < end && !is_alphabetic(pieces_[end - 1].c) &&
           !is_mark(pieces_[end - 1].c))
      --end;
    if (begin == from + 1 && is_one_of(pieces_[from].c, U"0$")) begin = from;
    if (end + 1 == to && is_one_of(pieces_[end].c, U"0@$€")) end = to;
    if (end + 2 == to && pieces_[end].c == U'1' && pieces_[end + 1].c == U'1') {
      end = to;  // "ca11"
    }
  }

  // "demo@demo-corp.example": behind the word stands the rest of a host.
  bool is_address(size_t begin, size_t end) const {
    const auto is_at = [](const Piece& p) { return p.c == U'@'; };
    const Piece* const pieces = pieces_.data();
    if (std::none_of(pieces + begin, pieces + end, is_at)) return false;
    constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4
    const size_t stop = std::min(pieces_.size(), end + kLabelMax);
    for (size_t i = end; i + 1 < stop; ++i) {
      const char32_t c = pieces_[i].c;
      if (c == U'.') return is_alphabetic(pieces_[i + 1].c);
      if (c != U'-' && !is_alphabetic(c) && !is_digit(c)) return false;
    }
    return false;
  }

  bool can_spell(size_t begin, size_t end, bool cyrillic) const {
    size_t side_by_side = 0;
    for (size_t i = begin; i < end; ++i) {
      const char32_t c = pieces_[i].c;
      if (cyrillic && is_latin(c) && stand_in(c).cyrillic == 0) return false;
      if (is_alphabetic(c) || is_mark(c)) {
        side_by_side = 0;
        continue;
      }
      if (++side_by_side > kDoublesMax || letter_for(i, cyrillic) == 0) {
        return false;
      }
    }
    return true;
  }

  // 0 when the piece stays what it is.
  char32_t letter_for(size_t i, bool cyrillic) const {
    const char32_t c = pieces_[i].c;
    if (cyrillic) return stand_in(c).cyrillic;
    const bool one = c == U'1' || c == U'|';
    return one && is_l(i) ? U'l' : stand_in(c).latin;
  }

  // "1" is an l between vowels, beside an l or another 1, and between one of
  // b c f g k p and a vowel: "de1ivery", "ca11", "b1ocked"; else an i: "s1m".
  bool is_l(size_t i) const {
    const char32_t left = i > 0 ? pieces_[i - 1].c : U' ';
    const char32_t right = i + 1 < pieces_.size() ? pieces_[i + 1].c : U' ';
    if (is_one_of(left, U"l1|") || is_one_of(right, U"l1|")) return true;
    constexpr std::u32string_view kVowels = U"aeiou03@";
    return is_one_of(left, U"aeiou03@bcfgkp") && is_one_of(right, kVowels);
  }

  Pieces& pieces_;
  bool changed_ = false;
};

// `pieces` are of the plain text, some with another letter.
// NOLINTNEXTLINE(readability-function-size): U8_APPEND_UNSAFE has branches
View write(const Pieces& pieces, const View& plain) {
  View view;
  view.text.reserve(plain.text.size());
  const auto is_same = [&](const Piece& p) {
    char bytes[U8_MAX_LENGTH];
    uint32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, p.c);
    return std::string_view(plain.text).substr(p.begin, p.end - p.begin) ==
           std::string_view(bytes, size);
  };
  size_t i = 0;
  while (i < pieces.size()) {
    const size_t begin = i;
    while (i < pieces.size() && is_same(pieces[i]) &&
           (i == begin || pieces[i].begin == pieces[i - 1].end)) {
      ++i;
    }
    if (i > begin) {
      view.append(plain, pieces[begin].begin, pieces[i - 1].end);
      continue;
    }
    char bytes[U8_MAX_LENGTH];
    uint32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, pieces[i].c);
    view.append({bytes, size}, plain.original(pieces[i].begin, pieces[i].end));
    ++i;
  }
  return view;
}

}  // namespace

char32_t cyrillic_double(char32_t c) {
  return stand_in(c).cyrillic;
}

std::optional<View> reletter(const View& plain) {
  if (!may_reletter(plain.text)) return std::nullopt;
  Disguise nobody_asks;
  Pieces pieces = decode(plain.text, nobody_asks);
  const bool unmasked = read_masks(plain.text, pieces);
  const bool bared = drop_accents(pieces);
  const bool parted = drop_separators(pieces);
  Pieces joined = Joiner(pieces).run();
  const bool spelled = Speller(joined).run();
  const bool respelled = read_pinyin(joined);
  if (!unmasked && !bared && !parted && !spelled && !respelled &&
      joined.size() == pieces.size()) {
    return std::nullopt;
  }
  return write(joined, plain);
}

}  // namespace simwarden
