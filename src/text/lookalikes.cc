// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "text/pieces.h"

// Letters that are there to be taken for others. A word is unmasked only when
// it already mixes Latin with Cyrillic or Greek and every foreign letter of it
// has a Latin double: Теlеgrаm is, "SIM-карта", "μs" and Russian are not.
namespace simwarden {
namespace {

struct Double {
  char32_t letter;
  char latin;
};

// From Unicode's confusables.txt (UTS 39, version 15.0), folded to lower
// case; where the two cases look like different letters, the capital counts
// for Cyrillic (В Н М Т) and the small one for Greek (ν ρ υ).
constexpr std::array kDoubles = {
    Double{0x03B1, 'a'}, Double{0x03B2, 'b'}, Double{0x03B5, 'e'},
    Double{0x03B6, 'z'}, Double{0x03B7, 'n'}, Double{0x03B9, 'i'},
    Double{0x03BA, 'k'}, Double{0x03BD, 'v'}, Double{0x03BF, 'o'},
    Double{0x03C1, 'p'}, Double{0x03C4, 't'}, Double{0x03C5, 'u'},
    Double{0x03C7, 'x'}, Double{0x0430, 'a'}, Double{0x0432, 'b'},
    Double{0x0435, 'e'}, Double{0x043A, 'k'}, Double{0x043C, 'm'},
    Double{0x043D, 'h'}, Double{0x043E, 'o'}, Double{0x0440, 'p'},
    Double{0x0441, 'c'}, Double{0x0442, 't'}, Double{0x0443, 'y'},
    Double{0x0445, 'x'}, Double{0x0455, 's'}, Double{0x0456, 'i'},
    Double{0x0458, 'j'}, Double{0x0475, 'v'}, Double{0x04BB, 'h'},
    Double{0x04CF, 'l'}, Double{0x0501, 'd'}, Double{0x051B, 'q'},
    Double{0x051D, 'w'},
};

struct Pair {
  char32_t traditional;
  char32_t simplified;
};

// The characters of words that name a contact or a SIM service, sorted.
// Source: Unihan kSimplifiedVariant (Unicode 15.0).
constexpr std::array kSimplified = {
    Pair{0x500B, 0x4E2A}, Pair{0x5099, 0x5907}, Pair{0x50B3, 0x4F20},
    Pair{0x5132, 0x50A8}, Pair{0x52D9, 0x52A1}, Pair{0x532F, 0x6C47},
    Pair{0x54E1, 0x5458}, Pair{0x555F, 0x542F}, Pair{0x55AE, 0x5355},
    Pair{0x570B, 0x56FD}, Pair{0x5831, 0x62A5}, Pair{0x5BE6, 0x5B9E},
    Pair{0x5C08, 0x4E13}, Pair{0x5E33, 0x5E10}, Pair{0x5E6B, 0x5E2E},
    Pair{0x5F8C, 0x540E}, Pair{0x61C9, 0x5E94}, Pair{0x63DB, 0x6362},
    Pair{0x6A5F, 0x673A}, Pair{0x71B1, 0x70ED}, Pair{0x767C, 0x53D1},
    Pair{0x78BC, 0x7801}, Pair{0x7C21, 0x7B80}, Pair{0x7D61, 0x7EDC},
    Pair{0x7D66, 0x7ED9}, Pair{0x7DAD, 0x7EF4}, Pair{0x7DB2, 0x7F51},
    Pair{0x7DDA, 0x7EBF}, Pair{0x7E6B, 0x7CFB}, Pair{0x806F, 0x8054},
    Pair{0x81C9, 0x8138}, Pair{0x865F, 0x53F7}, Pair{0x88DC, 0x8865},
    Pair{0x8A0A, 0x8BAF}, Pair{0x8A3B, 0x6CE8}, Pair{0x8A71, 0x8BDD},
    Pair{0x8A8D, 0x8BA4}, Pair{0x8ACB, 0x8BF7}, Pair{0x8B49, 0x8BC1},
    Pair{0x8B58, 0x8BC6}, Pair{0x8B77, 0x62A4}, Pair{0x8CB7, 0x4E70},
    Pair{0x8CBB, 0x8D39}, Pair{0x8CE3, 0x5356}, Pair{0x8CEC, 0x8D26},
    Pair{0x8CF4, 0x8D56}, Pair{0x8F49, 0x8F6C}, Pair{0x8FA6, 0x529E},
    Pair{0x9023, 0x8FDE}, Pair{0x904B, 0x8FD0}, Pair{0x9054, 0x8FBE},
    Pair{0x958B, 0x5F00}, Pair{0x95DC, 0x5173}, Pair{0x96D9, 0x53CC},
    Pair{0x96FB, 0x7535}, Pair{0x98DB, 0x98DE}, Pair{0x9A57, 0x9A8C},
    Pair{0x9D5D, 0x9E45}, Pair{0x9EDE, 0x70B9},
};

bool is_latin(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c <= 0x1EFF);
}

bool is_foreign(char32_t c) {
  return (c >= 0x370 && c <= 0x52F) || (c >= 0x1C80 && c <= 0x1C8F) ||
         (c >= 0x1F00 && c <= 0x1FFF) || (c >= 0xA640 && c <= 0xA69F);
}

bool is_in_word(char32_t c) {
  if (is_latin(c) || is_foreign(c)) return true;
  if (c < 0x300) return c >= '0' && c <= '9';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

bool is_masked(const Pieces& pieces, size_t begin, size_t end) {
  bool latin = false;
  bool foreign = false;
  for (size_t i = begin; i < end; ++i) {
    latin = latin || is_latin(pieces[i].c);
    if (!is_foreign(pieces[i].c)) continue;
    if (latin_double(pieces[i].c) == '\0') return false;
    foreign = true;
  }
  return latin && foreign;
}

void unmask(Pieces& pieces, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    const char latin = latin_double(pieces[i].c);
    if (latin != '\0') pieces[i].c = static_cast<unsigned char>(latin);
  }
}

}  // namespace

char latin_double(char32_t c) {
  const auto* found = std::lower_bound(
      kDoubles.begin(), kDoubles.end(), c,
      [](const Double& d, char32_t x) { return d.letter < x; });
  return found != kDoubles.end() && found->letter == c ? found->latin : '\0';
}

bool unmask_words(Pieces& pieces, Disguise& disguise) {
  uint32_t words = 0;
  for (size_t i = 0; i < pieces.size();) {
    size_t end = i;
    while (end < pieces.size() && is_in_word(pieces[end].c)) ++end;
    if (end > i && is_masked(pieces, i, end)) {
      unmask(pieces, i, end);
      ++words;
    }
    i = end > i ? end : i + 1;
  }
  disguise.mixed_script_words += words;
  return words != 0;
}

void simplify(Pieces& pieces) {
  for (Piece& p : pieces) {
    if (p.c < kSimplified.front().traditional) continue;
    const auto* found = std::lower_bound(
        kSimplified.begin(), kSimplified.end(), p.c,
        [](const Pair& x, char32_t c) { return x.traditional < c; });
    if (found == kSimplified.end() || found->traditional != p.c) continue;
    p.c = found->simplified;
  }
}

}  // namespace simwarden
