// SPDX-License-Identifier: Apache-2.0
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/pieces.h"

// What only a machine sees: counted on the decoded text, before anything is
// taken away. Invisible means Default_Ignorable_Code_Point (Unicode 15,
// DerivedCoreProperties), which is what NFKC_Casefold removes too, and control
// characters of ASCII. Those beyond it count for nothing: they are quotation
// marks of Windows that were read as Latin-1.
namespace simwarden {
namespace {

// Fewer marks are ordinary: Vietnamese has two, pointed Hebrew three rarely.
constexpr uint32_t kMarkRunMin = 3;

bool is_tag(char32_t c) {
  return c >= 0xE0000 && c <= 0xE007F;
}

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) ||
         (c >= 0x180B && c <= 0x180F && c != 0x180E);
}

bool is_ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_bidi_control(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_BIDI_CONTROL) != 0;
}

bool is_flag_letter(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

// The joiners are spelling in Arabic and in the scripts of India and around.
bool needs_joiners(char32_t before) {
  if (has(traits_of(before), kMark)) return true;
  return before >= 0x0600 && before <= 0x1CFF;
}

constexpr char32_t kKeycap = 0x20E3;

// Crosses, bridges, arrows and the like, in which "fancy text" is dressed; no
// spelling puts them on a letter. U+034F is invisible, U+0358 is Taiwanese.
bool is_frill(char32_t c) {
  if (c < 0x33A || c > 0x489) return false;
  return (c >= 0x33A && c <= 0x33E) || (c >= 0x346 && c <= 0x34E) ||
         (c >= 0x350 && c <= 0x357) || (c >= 0x359 && c <= 0x35B) ||
         c == 0x488 || c == 0x489;
}

// "=" with a stroke is another sign. Letters beyond ASCII are struck out, but
// lines below them may be their spelling.
bool is_struck(char32_t c, char32_t stroke) {
  if (has(traits_of(c), kSpace)) return true;
  const bool overlay = (stroke >= 0x335 && stroke <= 0x338) || is_frill(stroke);
  if (c >= 0x80) return overlay && has(traits_of(c), kLetter);
  return c > ' ' && c < 0x7F && c != '<' && c != '=' && c != '>';
}

// Walks with the visible neighbours of what is invisible.
class Counter {
 public:
  Counter(char32_t before, Disguise& disguise)
      : disguise_(disguise), visible_(before) {}

  void take(char32_t c) {
    const Traits traits = traits_of(c);
    if (has(traits, kIgnorable) && c != kKeycap) return take_ignorable(c);
    const bool struck = is_stroke(c) && is_struck(visible_, c);
    if (!struck) show(c);
    marks_ = has(traits, kMark) ? marks_ + 1 : 0;
    if (marks_ == kMarkRunMin) ++disguise_.combining_runs;
    if (struck) {
      ++disguise_.styled;
      return;
    }
    if (has(traits, kEmoji) || is_flag_letter(c)) ++disguise_.emoji;
    if (has(traits, kStyled)) ++disguise_.styled;
  }

  // A visible character, of which nothing else is counted.
  void show(char32_t c) {
    if (pending_ != 0 && has(traits_of(c), kLetter) &&
        has(traits_of(visible_), kLetter)) {
      disguise_.invisible_in_word += pending_;
    }
    pending_ = 0;
    visible_ = c;
  }

 private:
  void take_ignorable(char32_t c) {
    if (c > 0x7F && c < 0xA0) return;
    if (is_tag(c)) ++disguise_.tags;
    if (is_bidi_control(c)) ++disguise_.bidi_controls;
    if (is_tag(c) || is_bidi_control(c)) return;
    if (is_variation_selector(c) && !is_ascii_letter(visible_)) return;
    const bool joiner = c == 0x200C || c == 0x200D;
    if (joiner &&
        (needs_joiners(visible_) || has(traits_of(visible_), kEmoji))) {
      return;
    }
    ++disguise_.invisible;
    ++pending_;
  }

  Disguise& disguise_;
  char32_t visible_;
  uint32_t pending_ = 0;  // invisible ones since the last visible one
  uint32_t marks_ = 0;
};

}  // namespace

// One visible letter in another dress: 𝐓 ⓣ ｔ, but not ﹕ or ㎏ or ².
bool is_styled(char32_t c) {
  if (c == kKeycap) return true;  // a digit in a box
  if (c < 0x2100) return styled_letter(c) != 0;
  const auto type = static_cast<UDecompositionType>(
      u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_DECOMPOSITION_TYPE));
  if (type == U_DT_NONE || type == U_DT_CANONICAL) {
    // The letters of flags count as emoji.
    return !is_flag_letter(c) &&
           (styled_letter(c) != 0 || (c >= 0x24EB && c <= 0x24FF) ||
            (c >= 0x2776 && c <= 0x2793));
  }
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&error);
  UChar to[32];
  const int32_t size =
      unorm2_getDecomposition(nfkc, static_cast<UChar32>(c), to, 32, &error);
  if (U_FAILURE(error) || size != 1) return false;
  const bool sign = to[0] == '@' || to[0] == '.' || to[0] == '/' ||
                    to[0] == '_' || to[0] == '+';
  const bool dress = type == U_DT_FONT || type == U_DT_CIRCLE ||
                     type == U_DT_WIDE || type == U_DT_SQUARE;
  return dress && (sign || (to[0] < 0x80 && u_isalnum(to[0]) != 0));
}

void count_disguises(const Pieces& pieces, const Around& around,
                     Disguise& disguise) {
  Counter counter(around.before, disguise);
  for (const Piece& piece : pieces) counter.take(piece.c);
  counter.show(around.after);
}

// Overlays, lines above and below, letters above and frames (Unicode 15, 0300
// and 20D0); no spelling puts them on ASCII.
bool is_stroke(char32_t c) {
  if (c < 0x305 || c > 0x20F0) return false;
  return c == 0x305 || (c >= 0x332 && c <= 0x338) || c == 0x33F || c == 0x35C ||
         (c >= 0x35E && c <= 0x360) || (c >= 0x362 && c <= 0x36F) ||
         (c >= 0x20D0 && c <= 0x20F0) || is_frill(c);
}

bool drop_strokes(Pieces& pieces) {
  char32_t before = 0;
  const size_t dropped = std::erase_if(pieces, [&](const Piece& piece) {
    if (is_stroke(piece.c) && is_struck(before, piece.c)) return true;
    before = piece.c;
    return false;
  });
  return dropped != 0;
}

void drop_invisible(Pieces& pieces) {
  std::erase_if(pieces, [](const Piece& piece) {
    return has(traits_of(piece.c), kIgnorable);
  });
}

}  // namespace simwarden
