// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <unicode/unorm2.h>

#include "text/pieces.h"

// "Vóďáfóńé: ýóúŕ ŚÍḾ": accents and strokes on nearly every letter, consonants
// too. No language has three such words in a text in which every second word is
// one: Czech has "žďár" and "šíří", Vietnamese no consonant but đ. And "bǔkǎ":
// vowels with a caron are those of pinyin's third tone.
namespace simwarden {
namespace {

constexpr size_t kLettersMin = 4;  // of a word
constexpr size_t kWordsMin = 3;    // in such dress
constexpr size_t kWordsShare = 2;  // every second
constexpr size_t kTonesMin = 2;    // one may be a name

// ǎ ǐ ǒ ǔ and ǖ ǘ ǚ ǜ, capital and small.
bool has_third_tone(char32_t c) {
  return c >= 0x01CD && c <= 0x01DC;
}

// Letters with a stroke, which decompose to nothing, and ı.
char32_t without_stroke(char32_t c) {
  constexpr std::u32string_view kWith = U"đħıłøŧƀɨƶɍ";
  constexpr std::u32string_view kWithout = U"dhilotbizr";
  const size_t at = kWith.find(c);
  return at == kWith.npos ? 0 : kWithout[at];
}

// The letter of ASCII under the accents; 0 when the letter has none.
char32_t bare_letter(char32_t c) {
  if (c < 0x80 || c > 0x1EFF) return 0;
  if (const char32_t bare = without_stroke(c)) return bare;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  if (U_FAILURE(error)) return 0;
  std::array<UChar, 8> to{};
  const int32_t size = unorm2_getDecomposition(
      nfd, static_cast<UChar32>(c), to.data(), int32_t(to.size()), &error);
  const bool is_bare =
      U_SUCCESS(error) && size > 1 && to[0] >= 'a' && to[0] <= 'z';
  return is_bare ? to[0] : 0;
}

bool is_vowel(char32_t c) {
  return std::u32string_view(U"aeiou").find(c) != std::u32string_view::npos;
}

class Words {
 public:
  void take(char32_t c) {
    if (has(traits_of(c), kMark)) return;
    tones_ += has_third_tone(c) ? 1 : 0;
    if (!has(traits_of(c), kLetter)) return end_word();
    const char32_t bare = bare_letter(c);
    ++letters_;
    accented_ += bare != 0 ? 1 : 0;
    consonants_ += bare != 0 && !is_vowel(bare) ? 1 : 0;
  }

  void end_word() {
    if (letters_ >= kLettersMin) {
      ++words_;
      const bool most = 5 * accented_ >= 3 * letters_;
      dressed_ += most && consonants_ >= 2 ? 1 : 0;
    }
    letters_ = accented_ = consonants_ = 0;
  }

  bool are_dressed() const {
    return dressed_ >= kWordsMin && kWordsShare * dressed_ >= words_;
  }
  bool are_pinyin() const { return tones_ >= kTonesMin; }

 private:
  size_t letters_ = 0;
  size_t accented_ = 0;
  size_t consonants_ = 0;
  size_t words_ = 0;
  size_t dressed_ = 0;
  size_t tones_ = 0;
};

}  // namespace

bool drop_accents(Pieces& pieces) {
  Words words;
  for (const Piece& piece : pieces) words.take(piece.c);
  words.end_word();
  if (!words.are_dressed() && !words.are_pinyin()) return false;
  char32_t before = 0;
  std::erase_if(pieces, [&](Piece& piece) {
    if (const char32_t bare = bare_letter(piece.c)) piece.c = bare;
    const bool mark = has(traits_of(piece.c), kMark) && before < 0x80;
    if (!mark) before = piece.c;
    return mark;
  });
  return true;
}

}  // namespace simwarden
