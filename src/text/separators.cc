// SPDX-License-Identifier: Apache-2.0
#include "text/separators.h"

#include <unicode/uscript.h>

#include "text/pieces.h"
#include "text/tables.h"

// Characters that are no letters of the words in which they stand, again and
// again the same between others: "异丨地丨补丨卡", "Vꞏoꞏdꞏa",
// "yoʼurʼ". One that parts four letters, or four pairs of them, in a row is a
// separator of the whole text: "Sꞏim" beside it is read as well. Spellings
// have none of this: no word has three ʼ, each behind one or two letters, and
// what is between letters of its own script (ー between kana, ་ between
// Tibetan) is spelling.
namespace simwarden {
namespace {

constexpr size_t kRowMin = 3;         // in "a·b·c·d"
constexpr size_t kApartMax = 2;       // letters between two of them
constexpr size_t kSeparatorsMax = 8;  // of a text; a few are a lot

UScriptCode script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &error);
}

// A letter of a far script, of which no word beside is and which stands for no
// Latin one, or a sign.
bool is_far(char32_t c) {
  const Traits traits = traits_of(c);
  if (has(traits, kMark | kSpace | kLatin) || latin_double(c) != 0)
    return false;
  if (!has(traits, kLetter)) return c < 0x3000 || c > 0x303F;  // "、"
  switch (script_of(c)) {
    case USCRIPT_COMMON:
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
    case USCRIPT_HAN:  // "A或B或C或D"
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA: return false;
    case USCRIPT_HANGUL: return c < 0xAC00;  // "A와B와C와D"
    default: return true;
  }
}

bool is_letter(char32_t c) {
  return has(traits_of(c), kLetter) && (c < U'0' || c > U'9');
}

class Separators {
 public:
  explicit Separators(Pieces& pieces) : pieces_(pieces) {}

  bool run() {
    for (size_t i = 1; i + 1 < pieces_.size();) i = look(i);
    if (found_.empty()) return false;
    const size_t size = pieces_.size();
    take_away();
    return pieces_.size() != size;
  }

 private:
  char32_t at(size_t i) const {
    return i < pieces_.size() ? pieces_[i].c : U' ';
  }

  // Gives where to look next.
  size_t look(size_t begin) {
    const char32_t c = at(begin);
    if (c < 0x80 || !parts(begin)) return begin + 1;
    const bool known = is_separator(c);
    if (!known && !is_far(c)) return begin + 1;
    size_t row = 1;
    size_t last = begin;
    while (const size_t next = next_of(last, known ? kApartMax : 1)) {
      ++row;
      last = next;
    }
    if (row >= kRowMin && found_.size() < kSeparatorsMax) found_ += c;
    return last + 1;
  }

  // The next of a row; 0 when there is none.
  size_t next_of(size_t i, size_t apart_max) const {
    const char32_t c = at(i);
    for (size_t next = i + 2; next <= i + 1 + apart_max; ++next) {
      if (at(next) == c) return parts(next) ? next : 0;
      if (!is_parted(at(next - 1), c)) return 0;
    }
    return 0;
  }

  bool parts(size_t i) const {
    const char32_t c = at(i);
    return is_parted(at(i - 1), c) && is_parted(at(i + 1), c);
  }

  // A letter, but none to which `c` may belong: kana, bopomofo, or one of the
  // same script by its block of 256.
  static bool is_parted(char32_t letter, char32_t c) {
    const bool related = c < 0x3000 && letter >> 8 == c >> 8;
    return letter != c && !related && (letter < 0x3040 || letter > 0x312F) &&
           is_letter(letter);
  }

  void take_away() {
    Pieces rest;
    rest.reserve(pieces_.size());
    for (size_t i = 0; i < pieces_.size(); ++i) {
      const bool inside = i > 0 && has(traits_of(at(i - 1)), kLetter | kMark) &&
                          has(traits_of(at(i + 1)), kLetter);
      if (!inside || found_.find(at(i)) == found_.npos) {
        rest.push_back(pieces_[i]);
      }
    }
    pieces_ = std::move(rest);
  }

  Pieces& pieces_;
  std::u32string found_;
};

}  // namespace

bool is_separator(char32_t c) {
  static const std::u32string kKnown = [] {
    std::u32string known;
    for (const TableRow& row : rows_of(tables::separators, 2)) {
      known += code_point_of(row[0]);
    }
    return known;
  }();
  return (c >= 0x2B0 && c < 0x300) || kKnown.find(c) != kKnown.npos;
}

bool drop_separators(Pieces& pieces) {
  return Separators(pieces).run();
}

}  // namespace simwarden
