// SPDX-License-Identifier: Apache-2.0
#include "text/letters.h"

#include <memory>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "text/pieces.h"

namespace simwarden {

std::array<std::atomic<const LetterPage*>, kLetterPages> letter_pages{};
std::array<std::atomic<uint16_t>, kByteTails> staying_letters{};
std::array<std::atomic<uint32_t>, kThreeByteLetters> kept_letters{};
std::array<std::atomic<TwoBytes>, kTwoByteLetters> kept_pairs{};

namespace {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

struct Folded {
  char32_t c = 0;  // the only character, or the code point itself
  bool alone = true;
  Traits traits = 0;  // of all characters that it folds to
};

bool is_space(char32_t c) {
  constexpr char32_t kBrailleBlank = 0x2800;
  return c == ' ' || (c >= 9 && c <= 13) || c == kBrailleBlank ||
         (c >= 0x85 && u_isUWhiteSpace(static_cast<UChar32>(c)) != 0);
}

// U+20E3 turns a digit into a key (1️⃣) and is nothing to read; control
// characters that are no white space are shown nowhere.
bool is_ignorable(char32_t c) {
  constexpr char32_t kKeycap = 0x20E3;
  if (c < 0xAD) return is_control(c) && !is_space(c);
  return c == kKeycap ||
         u_hasBinaryProperty(static_cast<UChar32>(c),
                             UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

Traits own_traits(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  unsigned traits = 0;
  if (is_ignorable(c)) traits |= kIgnorable;
  if (is_emoji(c)) traits |= kEmoji;
  if (styled_letter(c) != 0) traits |= kDressed;
  if (is_styled(c)) traits |= kStyled;
  if ((U_GET_GC_MASK(point) & U_GC_M_MASK) != 0) traits |= kMark;
  if (is_foreign(c)) traits |= kForeign;
  if (is_space(c)) traits |= kSpace;
  if (simplified(c) != c) traits |= kTraditional;
  if (c == '&' || c == '%' || c == '=' || c == '\\') traits |= kEscape;
  if (u_isalnum(point) != 0) traits |= kLetter;
  if (is_latin(c)) traits |= kLatin;
  return static_cast<Traits>(traits);
}

Folded fold_alone(const UNormalizer2* nfkc, char32_t c) {
  constexpr int32_t kExpansionMax = 64;  // U+FDFA gives 18
  Folded folded{c, false, 0};
  UChar from[2];
  UChar to[kExpansionMax];
  int32_t size = 0;
  U16_APPEND_UNSAFE(from, size, c);
  UErrorCode error = U_ZERO_ERROR;
  const int32_t got =
      unorm2_normalize(nfkc, from, size, to, kExpansionMax, &error);
  if (U_FAILURE(error)) return folded;
  size_t count = 0;
  for (int32_t i = 0; i < got; ++count) {
    UChar32 part = 0;
    U16_NEXT(to, i, got, part);
    folded.c = ascii_digit(static_cast<char32_t>(part));
    folded.traits |= own_traits(folded.c);
  }
  // U+0345 is a mark that folds to a letter.
  const bool mark = u_getCombiningClass(static_cast<UChar32>(c)) != 0;
  folded.alone = count == 1 && !mark &&
                 unorm2_hasBoundaryBefore(nfkc, static_cast<UChar32>(c)) != 0;
  return folded;
}

bool is_calm(unsigned traits, const Folded& folded) {
  constexpr unsigned kOfCalm = kLetter | kSpace | kChanges | kTraditional;
  const bool word =
      folded.c < 0x80 && u_isalnum(static_cast<UChar32>(folded.c));
  return folded.alone && (traits & ~kOfCalm) == 0 && !word;
}

void fill(LetterPage& page, char32_t first) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCCasefoldInstance(&error);
  for (size_t i = 0; i < page.traits.size(); ++i) {
    const char32_t c = first + static_cast<char32_t>(i);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    page.folded[i] = page.plain[i] = c;
    if (surrogate || U_FAILURE(error)) continue;
    const Folded folded = fold_alone(nfkc, c);
    constexpr unsigned kInherited =
        kForeign | kSpace | kTraditional | kEscape | kLatin;
    unsigned traits = own_traits(c) | (folded.traits & kInherited);
    if (!folded.alone) traits |= kSegment;
    if (folded.alone && folded.c != c) traits |= kChanges;
    if (folded.alone) page.folded[i] = folded.c;
    if (is_calm(traits, folded)) traits |= kCalm;
    page.plain[i] = simplified(page.folded[i]);
    page.traits[i] = static_cast<Traits>(traits);
  }
}

void tell_kept(const LetterPage& page, char32_t first) {
  constexpr unsigned kOther = kNeedsSteps | kSpace | kEscape;
  for (size_t i = 0; i < page.traits.size(); ++i) {
    const char32_t c = first + static_cast<char32_t>(i);
    const Traits traits = page.traits[i];
    if (has(traits, kOther)) continue;
    std::array<uint8_t, U8_MAX_LENGTH> shown{};
    uint32_t size = 0;
    U8_APPEND_UNSAFE(shown.data(), size, page.plain[i]);
    const bool calm = has(traits, kCalm);
    const int32_t bytes = U8_LENGTH(c);
    if (bytes == 2 && size == 2 && !calm) {
      kept_pairs[c] = {{char(shown[0]), char(shown[1])}, traits};
    }
    if (bytes != 3 || size > 3 || !calm) continue;
    kept_letters[c] = shown[0] | shown[1] << 8U | shown[2] << 16U | size << 24;
    if (page.plain[i] != c) continue;
    const size_t tail = (c >> 6 & 0x3F) | 0x80 | (c & 0x3F) << 8 | 0x8000;
    staying_letters[tail] |= static_cast<uint16_t>(1U << (c >> 12));
  }
}

}  // namespace

const LetterPage& fill_letter_page(size_t index) {
  auto page = std::make_unique<LetterPage>();
  fill(*page, static_cast<char32_t>(index << 8));
  const LetterPage* expected = nullptr;
  if (letter_pages[index].compare_exchange_strong(expected, page.get(),
                                                  std::memory_order_acq_rel)) {
    tell_kept(*page, static_cast<char32_t>(index << 8));
    return *page.release();
  }
  return *expected;  // another thread was faster
}

}  // namespace simwarden
