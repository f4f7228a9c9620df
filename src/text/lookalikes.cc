// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <unordered_map>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "text/pieces.h"
#include "text/tables.h"

// Letters that are there to be taken for others. A word is unmasked only when
// it already mixes Latin with another script and every foreign letter of it
// has a Latin double: Теlеgrаm is, "SIM-карта", "μs" and Russian are not.
namespace simwarden {
namespace {

using Doubles = std::unordered_map<char32_t, char>;
using Scripts = std::array<bool, USCRIPT_CODE_LIMIT>;
using Characters = std::unordered_map<char32_t, char32_t>;

const Doubles& doubles() {
  static const Doubles kDoubles = [] {
    Doubles map;
    for (const TableRow& row : rows_of(tables::lookalikes, 4)) {
      map.emplace(code_point_of(row[0]), row[1].front());
    }
    return map;
  }();
  return kDoubles;
}

size_t script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  const bool known = script >= 0 && script < USCRIPT_CODE_LIMIT;
  return static_cast<size_t>(known ? script : USCRIPT_UNKNOWN);
}

// The scripts that have a letter in the table.
const Scripts& foreign_scripts() {
  static const Scripts kScripts = [] {
    Scripts scripts{};
    for (const auto& [letter, latin] : doubles()) {
      scripts[script_of(letter)] = true;
    }
    scripts[USCRIPT_COMMON] = false;  // 𝚮, which folds to a Greek letter
    return scripts;
  }();
  return kScripts;
}

const Characters& simple_characters() {
  static const Characters kSimple = [] {
    Characters map;
    for (const auto table : {tables::simplified, tables::variants}) {
      for (const TableRow& row : rows_of(table, 2)) {
        map.emplace(character_of(row[0]), character_of(row[1]));
      }
    }
    return map;
  }();
  return kSimple;
}

bool is_foreign_letter(char32_t c) {
  const Traits traits = traits_of(c);
  return has(traits, kForeign) && has(traits, kLetter);
}

bool is_in_word(char32_t c) {
  if (c < 0x80) return is_latin(c) || (c >= '0' && c <= '9');
  return is_latin(c) || is_foreign_letter(c) || has(traits_of(c), kMark);
}

// A word of a text while it is looked at.
class Word {
 public:
  Word(Pieces& pieces, std::string_view text, size_t begin, size_t end)
      : pieces_(pieces), text_(text), begin_(begin), end_(end) {}

  bool is_masked() {
    latin_ = 0;
    foreign_ = 0;
    for (size_t i = begin_; i < end_; ++i) {
      latin_ += is_latin(pieces_[i].c) ? 1 : 0;
      if (!is_foreign_letter(pieces_[i].c)) continue;
      if (double_of(pieces_[i]) == '\0') return false;
      ++foreign_;
    }
    return latin_ > 0 && foreign_ > 0 && !is_declined();
  }

  // A Cyrillic word with a Latin letter or two, "нoмера": reletter() reads it.
  // REQUIRES: is_masked().
  bool is_cyrillic() const {
    constexpr size_t kForeignForOne = 3;
    if (foreign_ < kForeignForOne * latin_) return false;
    return std::all_of(pieces_.begin() + static_cast<ptrdiff_t>(begin_),
                       pieces_.begin() + static_cast<ptrdiff_t>(end_),
                       [](const Piece& p) {
                         return is_latin(p.c) ? cyrillic_double(p.c) != 0
                                              : p.c >= 0x400 && p.c < 0x530;
                       });
  }

  void unmask() {
    for (size_t i = begin_; i < end_; ++i) {
      const char latin = double_of(pieces_[i]);
      if (latin != '\0') pieces_[i].c = static_cast<unsigned char>(latin);
    }
  }

 private:
  // What was written may look like another letter than what it folded to: Ν is
  // an N, ν a v.
  char double_of(const Piece& piece) const {
    if (!is_foreign_letter(piece.c)) return '\0';
    const char32_t written = character_at(piece);
    const bool folded = letter_page(written).folded[written & 0xFF] == piece.c;
    const auto own = folded ? doubles().find(written) : doubles().end();
    return own != doubles().end() ? own->second : latin_double(piece.c);
  }

  char32_t character_at(const Piece& piece) const {
    Disguise ignored;
    const auto* bytes = reinterpret_cast<const uint8_t*>(text_.data());
    auto at = static_cast<int32_t>(piece.begin);
    UChar32 first = 0;
    U8_NEXT(bytes, at, static_cast<int32_t>(piece.end), first);
    if (static_cast<uint32_t>(at) == piece.end && first >= 0) {
      return static_cast<char32_t>(first);
    }
    Pieces written =
        decode(text_.substr(piece.begin, piece.end - piece.begin), ignored);
    if (has(simwarden::traits_of(written), kEscape)) unescape(written, ignored);
    return written.empty() ? 0 : written.front().c;
  }

  // "SIMка", "VIPкам": Russian declines a foreign word with its own letters.
  bool is_declined() const {
    constexpr std::array<std::u32string_view, 5> kEndings = {
        U"ка", U"ку", U"ке", U"кам", U"ках"};
    size_t stem = begin_;
    while (stem < end_ && !is_foreign_letter(pieces_[stem].c)) ++stem;
    const auto is_ending = [&](std::u32string_view ending) {
      return end_ - stem == ending.size() &&
             std::equal(ending.begin(), ending.end(),
                        pieces_.begin() + static_cast<ptrdiff_t>(stem),
                        [](char32_t c, const Piece& p) { return c == p.c; });
    };
    return stem - begin_ > 1 &&
           std::any_of(kEndings.begin(), kEndings.end(), is_ending);
  }

  Pieces& pieces_;
  std::string_view text_;
  size_t begin_;
  size_t end_;
  size_t latin_ = 0;
  size_t foreign_ = 0;
};

}  // namespace

char latin_double(char32_t letter) {
  const auto found = doubles().find(letter);
  return found == doubles().end() ? '\0' : found->second;
}

bool is_dot(char32_t c) {
  constexpr std::u32string_view kDots =
      U".\u00B7\u0387\u0660\u06D4\u06F0\u0701\u0702\u1427\u16EB\u2022"
      U"\u2024\u2027\u2219\u22C5\u2E31\u2E33\u3002\u30FB\uA4F8\uA60E\uA78F"
      U"\uFE12\uFE52\uFF0E\uFF61\uFF65\U00010101\U00010A50\U0001D16D";
  return kDots.find(c) != kDots.npos;
}

bool is_latin(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c <= 0x1EFF);
}

bool is_foreign(char32_t c) {
  return c >= 0x80 && foreign_scripts()[script_of(c)];
}

bool unmask_words(Pieces& pieces, std::string_view text, Disguise& disguise) {
  uint32_t words = 0;
  bool changed = false;
  for (size_t i = 0; i < pieces.size();) {
    size_t end = i;
    while (end < pieces.size() && is_in_word(pieces[end].c)) ++end;
    Word word(pieces, text, i, end);
    if (end > i && word.is_masked()) {
      ++words;
      const bool latin = !word.is_cyrillic();
      if (latin) word.unmask();
      changed = changed || latin;
    }
    i = end > i ? end : i + 1;
  }
  disguise.mixed_script_words += words;
  return changed;
}

char32_t simplified(char32_t c) {
  if (c < 0x3400) return c;
  const auto found = simple_characters().find(c);
  return found == simple_characters().end() ? c : found->second;
}

void simplify(Pieces& pieces) {
  for (Piece& piece : pieces) {
    const LetterPage& page = letter_page(piece.c);
    if (has(page.traits[piece.c & 0xFF], kTraditional)) {
      piece.c = page.plain[piece.c & 0xFF];
    }
  }
}

}  // namespace simwarden
