// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

// What the steps of folding ask of a code point, answered by a table: a text
// takes only the steps that some character of it needs, and nearly all
// characters fold by one look-up.
//
// Pages of 256 code points are filled from ICU and from data/*.tsv when they
// are first asked, and kept. Safe from any thread.
namespace simwarden {

enum Trait : uint16_t {
  kIgnorable = 1 << 0,    // invisible: drop_invisible() takes it
  kEmoji = 1 << 1,        // is read as an emoji
  kDressed = 1 << 2,      // has a row in styled.tsv
  kStyled = 1 << 3,       // counts as a letter in another dress
  kMark = 1 << 4,         // general category M
  kForeign = 1 << 5,      // of a script that has look-alikes of Latin letters
  kSpace = 1 << 6,        // white space or seen as such
  kSegment = 1 << 7,      // folds with its neighbours or to several characters
  kChanges = 1 << 8,      // folds to another character
  kTraditional = 1 << 9,  // has a row in simplified.tsv
  kEscape = 1 << 10,      // & % = and the backslash
  kLetter = 1 << 11,      // letter or digit
  kLatin = 1 << 12,       // a Latin letter that others may be mixed with
  kCalm = 1 << 13,        // none of the above but a letter, a space or
                          // traditional, nor folds to a digit: nothing around
                          // it changes how it is read, nor it what is around
};
using Traits = uint16_t;

// One of these takes more than a look-up.
inline constexpr unsigned kNeedsSteps =
    kIgnorable | kEmoji | kDressed | kStyled | kMark | kSegment;

struct LetterPage {
  // Of the code point; kForeign, kSpace, kTraditional, kEscape and kLatin also
  // of what it folds to.
  std::array<Traits, 256> traits{};
  // NFKC, case folding, ASCII digits: when the code point stands alone and has
  // not kSegment.
  std::array<char32_t, 256> folded{};
  // That, and a traditional character simplified.
  std::array<char32_t, 256> plain{};
};

inline constexpr size_t kLetterPages = 0x110000 >> 8;
extern std::array<std::atomic<const LetterPage*>, kLetterPages> letter_pages;

// How letters are shown, of the pages that were filled; zeros for all else. By
// code point.
//
// Calm characters of three bytes that are no space, where they are shown in
// three bytes or fewer: those from the lowest byte on, as they follow each
// other, and in the highest how many they are.
inline constexpr size_t kThreeByteLetters = 0x10000;
extern std::array<std::atomic<uint32_t>, kThreeByteLetters> kept_letters;
// Letters of two bytes that take no step but unmask_words().
struct alignas(uint32_t) TwoBytes {
  std::array<char, 2> shown{};
  Traits traits = 0;
};
inline constexpr size_t kTwoByteLetters = 0x800;
extern std::array<std::atomic<TwoBytes>, kTwoByteLetters> kept_pairs;

// Those of three bytes that are shown as they are, once more, in little memory:
// by their second and third byte, a bit for each first one (E0 to EF).
inline constexpr size_t kByteTails = size_t{1} << 16;
extern std::array<std::atomic<uint16_t>, kByteTails> staying_letters;

// Whether such a character stands there; false for what is no character.
// REQUIRES: three bytes can be read.
inline bool stays_at(const uint8_t* at) {
  const uint32_t lead = at[0];
  if (lead < 0xE0) return false;
  const uint32_t leads = staying_letters[at[1] | uint32_t{at[2]} << 8].load(
      std::memory_order_relaxed);
  return (leads >> (lead & 0x1F) & 1) != 0;
}

// Fills the page `index`. REQUIRES: index < kLetterPages.
const LetterPage& fill_letter_page(size_t index);

// REQUIRES: c <= 0x10FFFF.
inline const LetterPage& letter_page(char32_t c) {
  const LetterPage* page = letter_pages[c >> 8].load(std::memory_order_acquire);
  return page != nullptr ? *page : fill_letter_page(c >> 8);
}

inline Traits traits_of(char32_t c) {
  return letter_page(c).traits[c & 0xFF];
}

inline bool has(Traits traits, unsigned wanted) {
  return (traits & wanted) != 0;
}

}  // namespace simwarden
