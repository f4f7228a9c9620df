// SPDX-License-Identifier: Apache-2.0
#include "text/fancy_words.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string_view>
#include <unordered_map>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "text/pieces.h"
#include "text/tables.h"

// Words in an alphabet that only a maker of "fancy text" writes: 丂ﾉ爪, ᔕIᗰ,
// ꓢꓲꓟ, тєℓєgяαм, ɯɐɹƃǝʅǝʇ. Three signs, none of which is a spelling. The text
// has letters of a far script and each of them is there for a Latin one; the
// scripts of a word change every second letter; a word has letters of phonetics
// that no dictionary of English and no African spelling puts side by side.
namespace simwarden {
namespace {

// Fewer may be a name or a word of that script by chance.
constexpr size_t kMaskLettersMin = 6;
constexpr size_t kMaskDistinctMin = 4;
// ಠ益ಠ is a face.
constexpr size_t kWordDistinctMin = 4;
constexpr size_t kChangesMin = 3;
constexpr size_t kPhoneticMin = 2;

// Han, kana, bopomofo and hangul stand in one word.
constexpr UScriptCode kEastAsian = USCRIPT_HAN;

UScriptCode script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &error);
}

constexpr std::array kEastAsianScripts = {USCRIPT_HAN, USCRIPT_HIRAGANA,
                                          USCRIPT_KATAKANA, USCRIPT_BOPOMOFO,
                                          USCRIPT_HANGUL};

size_t east_asian_place(UScriptCode script) {
  return size_t(
      std::find(kEastAsianScripts.begin(), kEastAsianScripts.end(), script) -
      kEastAsianScripts.begin());
}

UScriptCode group_of(char32_t c) {
  const UScriptCode script = script_of(c);
  const bool east = east_asian_place(script) < kEastAsianScripts.size();
  return east ? kEastAsian : script;
}

// Neighbours of Latin, which have whole words of look-alikes.
bool is_near_latin(UScriptCode group) {
  return group == USCRIPT_LATIN || group == USCRIPT_GREEK ||
         group == USCRIPT_CYRILLIC || group == USCRIPT_ARMENIAN ||
         group == USCRIPT_COMMON || group == USCRIPT_INHERITED;
}

// The Latin letter that one is put for, or 0.
char32_t letter_behind(char32_t c) {
  static const std::unordered_map<char32_t, char32_t> kFancy = [] {
    std::unordered_map<char32_t, char32_t> letters;
    for (const TableRow& row : rows_of(tables::fancy, 2)) {
      letters.emplace(character_of(row[0]), character_of(row[1]));
    }
    return letters;
  }();
  if (const char latin = latin_double(c); latin != '\0') return char32_t(latin);
  const auto found = kFancy.find(c);
  return found == kFancy.end() ? 0 : found->second;
}

// Each letter of it is put for one Latin letter. Signs of East Asia are words,
// unless those of several of its scripts are all there for letters.
bool is_readable(UScriptCode group) {
  return group == USCRIPT_CHEROKEE || group == USCRIPT_CANADIAN_ABORIGINAL ||
         group == USCRIPT_LISU || group == USCRIPT_ETHIOPIC ||
         group == USCRIPT_YI;
}

// U+0250 to U+02AF without what English, or a language of Africa, needs.
bool is_phonetic(char32_t c) {
  constexpr std::u32string_view kSpellings = U"ɑɒɓɔɖɗəɛɜɡɣɨɩɪɲɹʃʊʋʌʒʔ";
  return c >= 0x250 && c <= 0x2AF && kSpellings.find(c) == kSpellings.npos;
}

template <class Take>
void each(std::string_view text, Take take) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at, size, c);
    take(c < 0 ? U' ' : static_cast<char32_t>(c));
  }
}

bool is_letter(char32_t c) {
  return c < 0x80 ? (c >= 'a' && c <= 'z') : u_isalpha(UChar32(c)) != 0;
}

// Characters by their last bits: what is asked is whether there are some few.
using Distinct = std::bitset<64>;

// The scripts of a text that are there for Latin.
class Masks {
 public:
  explicit Masks(std::string_view plain) {
    each(plain, [this](char32_t c) {
      if (c >= 0x80 && is_letter(c)) take(c);
    });
  }

  bool holds(UScriptCode group) const {
    return !real_.test(group) && letters_[group] >= kMaskLettersMin &&
           distinct_[group].count() >= kMaskDistinctMin;
  }

  // Its letters are read as those that they are put for. An alphabet of East
  // Asia borrows single letters of others.
  bool reads(UScriptCode group) const {
    if (group == kEastAsian) return is_east_asian();
    return is_readable(group) &&
           (holds(group) || (is_east_asian() && !real_.test(group)));
  }

 private:
  bool is_east_asian() const {
    const auto scripts =
        std::count(east_asian_.begin(), east_asian_.end(), true);
    return scripts > 1 && holds(kEastAsian);
  }

  void take(char32_t c) {
    const UScriptCode group = group_of(c);
    if (is_near_latin(group) || letter_behind(c) == 0) {
      real_.set(group);
      return;
    }
    if (group == kEastAsian) east_asian_[east_asian_place(script_of(c))] = true;
    ++letters_[group];
    distinct_[group].set(c % 64);
  }

  std::array<size_t, USCRIPT_CODE_LIMIT> letters_{};
  std::array<Distinct, USCRIPT_CODE_LIMIT> distinct_{};
  std::bitset<USCRIPT_CODE_LIMIT> real_;
  std::array<bool, kEastAsianScripts.size()> east_asian_{};
};

class Word {
 public:
  void take(char32_t c, const Masks& masks) {
    const UScriptCode group = group_of(c);
    ++letters_;
    distinct_.set(c % 64);
    masked_ = masked_ || masks.holds(group);
    if (is_phonetic(c)) phonetic_.set(c % 64);
    if (group == USCRIPT_COMMON || group == USCRIPT_INHERITED) return;
    if (last_ != USCRIPT_COMMON && last_ != group) ++changes_;
    last_ = group;
  }

  bool is_fancy() const {
    if (distinct_.count() < kWordDistinctMin) return false;
    return masked_ || phonetic_.count() >= kPhoneticMin ||
           (changes_ >= kChangesMin && 2 * changes_ >= letters_);
  }

 private:
  size_t letters_ = 0;
  size_t changes_ = 0;
  bool masked_ = false;
  Distinct distinct_;
  Distinct phonetic_;
  UScriptCode last_ = USCRIPT_COMMON;
};

}  // namespace

uint32_t fancy_words(std::string_view plain) {
  const bool ascii = std::all_of(plain.begin(), plain.end(),
                                 [](char c) { return uint8_t(c) < 0x80; });
  if (ascii) return 0;
  const Masks masks(plain);
  uint32_t words = 0;
  Word word;
  each(plain, [&](char32_t c) {
    if (is_letter(c)) return word.take(c, masks);
    if (c >= 0x80 && has(traits_of(c), kMark)) return;
    words += word.is_fancy() ? 1 : 0;
    word = {};
  });
  return words + (word.is_fancy() ? 1 : 0);
}

bool read_masks(std::string_view plain, Pieces& pieces) {
  const Masks masks(plain);
  bool changed = false;
  for (Piece& piece : pieces) {
    if (piece.c < 0x80 || !masks.reads(group_of(piece.c))) continue;
    const char32_t latin = letter_behind(piece.c);
    if (latin == 0) continue;
    piece.c = latin;
    changed = true;
  }
  return changed;
}

}  // namespace simwarden
