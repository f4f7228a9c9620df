// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "text/pieces.h"

// Emoji as writing. Sellers write ✈ for Telegram (飞机, "plane"), 🐧 for QQ,
// ➕ for "add me", and break a filtered word with a heart: 薇♥信. An emoji
// inside such a word goes, one with a meaning becomes its word, any other
// becomes a space, so that words do not grow together.
// Source: domain notes on measured spam (variants seen in the CCS and FBS
// sets); Emoji properties from Unicode 15 emoji-data.txt through ICU.
namespace simwarden {
namespace {

struct Meaning {
  char32_t emoji;
  std::u32string_view text;
};

constexpr std::array kMeanings = {
    Meaning{0x2708, U"飞机"},  Meaning{0x1F6E9, U"飞机"},
    Meaning{0x1F6EB, U"飞机"}, Meaning{0x1F427, U"qq"},
    Meaning{0x2795, U"+"},     Meaning{0x1F51F, U"10"},
    Meaning{0x1F18E, U"ab"},   Meaning{0x1F191, U"cl"},
    Meaning{0x1F193, U"free"}, Meaning{0x1F194, U"id"},
    Meaning{0x1F195, U"new"},  Meaning{0x1F196, U"ng"},
    Meaning{0x1F197, U"ok"},   Meaning{0x1F19A, U"vs"},
};

// Words that are broken with an emoji: any first with any second letter.
struct Broken {
  std::u32string_view first;
  std::u32string_view second;
};

constexpr std::array kBroken = {
    Broken{U"微薇徽威葳崴溦維维vV", U"信芯心"},
    Broken{U"飞飛", U"机機"},
    Broken{U"电電", U"报報"},
    Broken{U"扣", U"扣"},
    Broken{U"企", U"鹅鵝"},
};

constexpr std::u32string_view kWei = kBroken[0].first;

bool is_heart(char32_t c) {
  return c == 0x2665 || c == 0x2661 || c == 0x2764 ||
         (c >= 0x1F493 && c <= 0x1F49F) || c == 0x1F5A4 || c == 0x1F9E1 ||
         c == 0x1F90D || c == 0x1F90E;
}

// Letters and digits in boxes and circles for which Unicode has no
// compatibility mapping. 0 when it is none.
char32_t enclosed(char32_t c) {
  if (c >= 0x1F1E6 && c <= 0x1F1FF) return 'a' + (c - 0x1F1E6);
  if (c >= 0x1F150 && c <= 0x1F169) return 'a' + (c - 0x1F150);
  if (c >= 0x1F170 && c <= 0x1F189) return 'a' + (c - 0x1F170);
  if (c >= 0x2776 && c <= 0x277E) return '1' + (c - 0x2776);
  if (c >= 0x2780 && c <= 0x2788) return '1' + (c - 0x2780);
  if (c >= 0x278A && c <= 0x2792) return '1' + (c - 0x278A);
  if (c >= 0x24F5 && c <= 0x24FD) return '1' + (c - 0x24F5);
  if (c == 0x24FF || c == 0x1F10B || c == 0x1F10C) return '0';
  return 0;
}

std::u32string_view meaning(char32_t c) {
  const auto* found =
      std::find_if(kMeanings.begin(), kMeanings.end(),
                   [c](const Meaning& m) { return m.emoji == c; });
  return found == kMeanings.end() ? std::u32string_view() : found->text;
}

bool breaks_a_word(char32_t before, char32_t after) {
  return std::any_of(kBroken.begin(), kBroken.end(), [&](const Broken& b) {
    return b.first.find(before) != b.first.npos &&
           b.second.find(after) != b.second.npos;
  });
}

void append(Pieces& out, const Piece& from, std::u32string_view text) {
  for (const char32_t c : text) out.push_back({c, from.begin, from.end});
}

// One run of emoji, between two other characters.
void read_run(const Pieces& in, size_t begin, size_t end, Pieces& out) {
  const char32_t before = begin == 0 ? ' ' : in[begin - 1].c;
  const char32_t after = end == in.size() ? ' ' : in[end].c;
  if (breaks_a_word(before, after)) return;
  for (size_t i = begin; i < end; ++i) {
    const std::u32string_view text = meaning(in[i].c);
    const bool heart_for_xin = i == begin && is_heart(in[i].c) &&
                               kWei.find(before) != kWei.npos && before >= 0x80;
    if (!text.empty()) {
      append(out, in[i], text);
    } else {
      append(out, in[i], heart_for_xin ? U"信" : U" ");
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

Pieces read_emoji(const Pieces& pieces) {
  Pieces out;
  out.reserve(pieces.size());
  for (size_t i = 0; i < pieces.size();) {
    size_t end = i;
    while (end < pieces.size() && is_emoji(pieces[end].c)) ++end;
    if (end > i) {
      read_run(pieces, i, end, out);
      i = end;
      continue;
    }
    const char32_t c = pieces[i].c;
    const char32_t letter = c < 0x2000 ? 0 : enclosed(c);
    out.push_back({letter == 0 ? c : letter, pieces[i].begin, pieces[i].end});
    ++i;
  }
  return out;
}

}  // namespace simwarden
