// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <unicode/uchar.h>

#include "diag/check.h"
#include "text/pieces.h"
#include "text/tables.h"

// Emoji as writing. Sellers write ✈ for Telegram (飞机, "plane"), 🐧 for QQ,
// ➕ for "add me", and break a filtered word with a heart: 薇♥信. An emoji
// inside such a word goes, one with a meaning becomes its word, any other
// becomes a space, so that words do not grow together.
// The words are in data/emoji.tsv, broken_words.tsv and broken_names.tsv; what
// is an emoji is said by Unicode 15's emoji-data.txt through ICU.
namespace simwarden {
namespace {

struct Meaning {
  char32_t emoji;
  std::u32string text;
};

// Words that are broken with an emoji: any first with any second letter.
struct Broken {
  std::u32string first;
  std::u32string second;
};

// Sorted, and none overlaps another.
struct Styled {
  char32_t first;
  char32_t last;
  char32_t as;
};

const std::vector<Meaning>& meanings() {
  static const std::vector<Meaning> kMeanings = [] {
    std::vector<Meaning> list;
    for (const TableRow& row : rows_of(tables::emoji, 3)) {
      list.push_back({code_point_of(row[0]), code_points_of(row[1])});
    }
    return list;
  }();
  return kMeanings;
}

const std::vector<Broken>& broken_words() {
  static const std::vector<Broken> kBroken = [] {
    std::vector<Broken> list;
    for (const TableRow& row : rows_of(tables::broken_words, 2)) {
      list.push_back({code_points_of(row[0]), code_points_of(row[1])});
    }
    CHECK(!list.empty(), "its first row is for hearts");
    return list;
  }();
  return kBroken;
}

constexpr size_t kNameLettersMax = 12;  // "kakaotalk" and a few

const std::vector<std::string>& broken_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> list;
    for (const TableRow& row : rows_of(tables::broken_names, 1)) {
      CHECK(row[0].size() <= kNameLettersMax, "no more letters are read");
      list.emplace_back(row[0]);
    }
    return list;
  }();
  return kNames;
}

const std::vector<Styled>& styled() {
  static const std::vector<Styled> kStyledLetters = [] {
    std::vector<Styled> list;
    for (const TableRow& row : rows_of(tables::styled, 4)) {
      list.push_back(
          {code_point_of(row[0]), code_point_of(row[1]), character_of(row[2])});
    }
    return list;
  }();
  return kStyledLetters;
}

bool is_heart(char32_t c) {
  return c == 0x2665 || c == 0x2661 || c == 0x2764 ||
         (c >= 0x1F493 && c <= 0x1F49F) || c == 0x1F5A4 || c == 0x1F9E1 ||
         c == 0x1F90D || c == 0x1F90E;
}

std::u32string_view meaning(char32_t c) {
  const auto found =
      std::find_if(meanings().begin(), meanings().end(),
                   [c](const Meaning& m) { return m.emoji == c; });
  return found == meanings().end() ? std::u32string_view() : found->text;
}

bool breaks_a_word(char32_t before, char32_t after) {
  return std::any_of(broken_words().begin(), broken_words().end(),
                     [&](const Broken& b) {
                       return b.first.find(before) != b.first.npos &&
                              b.second.find(after) != b.second.npos;
                     });
}

// The small letter of ASCII that is read there; 0 for none.
char letter_at(const Piece& piece) {
  const LetterPage& page = letter_page(piece.c);
  const bool dressed = has(page.traits[piece.c & 0xFF], kDressed);
  const char32_t c =
      dressed ? styled_letter(piece.c) : page.folded[piece.c & 0xFF];
  return c >= 'a' && c <= 'z' ? static_cast<char>(c) : '\0';
}

// Emoji between letters; more in a row are no disguise but a row of emoji.
constexpr size_t kEmojiBetweenMax = 4;

// The letters from `at` on, and behind emoji between them; all that one of the
// names could need.
template <typename Iterator>
std::string letters_from(Iterator at, Iterator end) {
  std::string letters;
  size_t emoji = 0;
  for (; at != end && letters.size() <= kNameLettersMax; ++at) {
    const char letter = letter_at(*at);
    if (letter != '\0') letters += letter;
    emoji = letter != '\0' ? 0 : emoji + 1;
    if (letter == '\0' && !has(traits_of(at->c), kEmoji)) break;
    if (emoji > kEmojiBetweenMax) break;
  }
  return letters;
}

// Whether [begin, end) stands between two letters of one of the names.
bool breaks_a_name(const Pieces& in, size_t begin, size_t end) {
  if (begin == 0 || end == in.size() || end - begin > kEmojiBetweenMax ||
      letter_at(in[begin - 1]) == '\0' || letter_at(in[end]) == '\0') {
    return false;
  }
  const auto middle = in.rend() - static_cast<ptrdiff_t>(begin);
  std::string name = letters_from(middle, in.rend());
  std::reverse(name.begin(), name.end());
  name += letters_from(in.begin() + static_cast<ptrdiff_t>(end), in.end());
  return std::find(broken_names().begin(), broken_names().end(), name) !=
         broken_names().end();
}

void append(Pieces& out, const Piece& from, std::u32string_view text) {
  for (const char32_t c : text) out.push_back({c, from.begin, from.end});
}

// "V❤" is v信; "luv ❤" is not, nor "luv❤".
bool is_lone_v(const Pieces& in, const Around& around, size_t begin) {
  if (begin == 0 || (in[begin - 1].c != 'v' && in[begin - 1].c != 'V')) {
    return false;
  }
  const char32_t left = begin == 1 ? around.before : in[begin - 2].c;
  const char32_t small = left | 0x20;
  return !(small >= 'a' && small <= 'z') && !(left >= '0' && left <= '9');
}

// "\u270CX" is vx, "+\u270C" and 加\u270C are the v that one adds.
bool is_v_sign(char32_t before, char32_t emoji, char32_t after) {
  constexpr char32_t kPlus = 0x2795;
  if (emoji != 0x270C) return false;
  return after == 'x' || after == 'X' || before == '+' || before == kPlus ||
         before == U'加';
}

// One run of emoji, between two other characters.
void read_run(const Pieces& in, const Around& around, size_t begin, size_t end,
              Pieces& out) {
  const char32_t before = begin == 0 ? around.before : in[begin - 1].c;
  const char32_t after = end == in.size() ? around.after : in[end].c;
  if (breaks_a_word(before, after) || breaks_a_name(in, begin, end)) return;
  const std::u32string& wei = broken_words().front().first;
  for (size_t i = begin; i < end; ++i) {
    const std::u32string_view text = meaning(in[i].c);
    const bool heart_for_xin =
        i == begin && is_heart(in[i].c) &&
        ((before >= 0x80 && wei.find(before) != wei.npos) ||
         is_lone_v(in, around, begin));
    if (!text.empty()) {
      // "LINE🆔" are two words.
      const bool word = text[0] >= 'a' && text[0] <= 'z';
      const bool grown = i == begin && begin > 0 && letter_at(in[begin - 1]);
      if (word && grown) append(out, in[i], U" ");
      append(out, in[i], text);
    } else {
      const bool v = is_v_sign(i == begin ? before : in[i - 1].c, in[i].c,
                               i + 1 == end ? after : U'\0');
      append(out, in[i], heart_for_xin ? U"信" : v ? U"v" : U" ");
    }
  }
}

}  // namespace

// Below U+2190 (‼ ™ ℹ) and in the enclosed blocks NFKC knows better.
bool is_emoji(char32_t c) {
  if (c < 0x2190 || c == 0x24C2 || c == 0x3297 || c == 0x3299) return false;
  if (c == 0x2661) return true;  // the white heart is a symbol only by name
  if (c >= 0x2E80 && c <= 0xFFFF) return false;
  if (c >= 0x1F100 && c <= 0x1F2FF) return !meaning(c).empty();
  if (c >= 0x1F3FB && c <= 0x1F3FF) return true;  // skin tones
  return u_hasBinaryProperty(static_cast<UChar32>(c),
                             UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

char32_t styled_letter(char32_t c) {
  const auto found = std::upper_bound(
      styled().begin(), styled().end(), c,
      [](char32_t at, const Styled& row) { return at <= row.last; });
  const bool known = found != styled().end() && found->first <= c;
  return known ? found->as + (c - found->first) : 0;
}

Pieces read_emoji(const Pieces& pieces, const Around& around) {
  Pieces out;
  out.reserve(pieces.size());
  const auto is_one = [](const Piece& piece) {
    return has(traits_of(piece.c), kEmoji);
  };
  for (auto at = pieces.begin(); at != pieces.end();) {
    const auto end = std::find_if_not(at, pieces.end(), is_one);
    if (end != at) {
      read_run(pieces, around, static_cast<size_t>(at - pieces.begin()),
               static_cast<size_t>(end - pieces.begin()), out);
      at = end;
      continue;
    }
    out.push_back(*at);
    if (has(traits_of(at->c), kDressed)) out.back().c = styled_letter(at->c);
    ++at;
  }
  return out;
}

}  // namespace simwarden
