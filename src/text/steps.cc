// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <unicode/utf8.h>

#include "text/part.h"
#include "text/pieces.h"

// The steps, one after the other (pieces.h).
namespace simwarden {
namespace {

struct Steps {
  std::string_view text;
  Disguise& disguise;
  // What a reader takes the letters for, too; a resolver does not.
  bool reads_shapes = true;

  // From bytes to folded pieces.
  Pieces run() {
    Pieces pieces = decode(text, disguise);
    Traits traits = simwarden::traits_of(pieces);
    if (has(traits, kEscape) && unescape(pieces, disguise)) {
      traits = simwarden::traits_of(pieces);
    }
    round(pieces, traits, {});
    if (!has(traits, kEscape) || !unescape(pieces, disguise)) return pieces;
    round(pieces, simwarden::traits_of(pieces), {});
    return pieces;
  }

  void round(Pieces& pieces, Traits traits, const Around& around) {
    if (has(traits, kIgnorable | kEmoji | kDressed | kStyled | kMark)) {
      count_disguises(pieces, around, disguise);
    }
    if (has(traits, kIgnorable)) drop_invisible(pieces);
    if (reads_shapes && has(traits, kEmoji | kDressed)) {
      pieces = read_emoji(pieces, around);
    }
    if (has(traits, kSegment | kChanges)) pieces = fold(pieces);
    const bool strokes = reads_shapes && has(traits, kMark);
    if (strokes && drop_strokes(pieces)) pieces = fold(pieces);
    // A Latin letter may compose with a mark that its double had.
    if (reads_shapes && has(traits, kForeign) &&
        unmask_words(pieces, text, disguise)) {
      pieces = fold(pieces);
      if (strokes && drop_strokes(pieces)) pieces = fold(pieces);
    }
    if (reads_shapes && has(traits, kTraditional)) simplify(pieces);
  }
};

}  // namespace

Traits traits_of(const Pieces& pieces) {
  unsigned traits = 0;
  for (const Piece& piece : pieces) traits |= traits_of(piece.c);
  return static_cast<Traits>(traits);
}

Pieces read_steps(std::string_view text, Disguise& disguise) {
  return Steps{text, disguise}.run();
}

void read_round(Pieces& pieces, Traits traits, std::string_view text,
                const Around& around, Disguise& disguise) {
  Steps{text, disguise}.round(pieces, traits, around);
}

std::string fold_letters(std::string_view text) {
  Disguise ignored;
  Steps steps{text, ignored, false};
  return std::move(write_collapsed(steps.run(), text).text);
}

namespace {

// Nearly all letters of patterns are such: no page of letters is filled for
// them.
bool stands_alone(char32_t c) {
  return c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF);
}

std::string bytes_of(const Pieces& pieces) {
  std::string text;
  for (const Piece& piece : pieces) {
    char bytes[U8_MAX_LENGTH];
    uint32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, piece.c);
    text.append(bytes, size);
  }
  return text;
}

}  // namespace

std::string fold_part(std::string_view part) {
  Disguise ignored;
  Pieces pieces = decode(part, ignored);
  const bool stays =
      std::all_of(pieces.begin(), pieces.end(),
                  [](const Piece& piece) { return stands_alone(piece.c); });
  if (stays) return simplify(part);
  Steps{part, ignored}.round(pieces, simwarden::traits_of(pieces), {});
  return bytes_of(pieces);
}

// Character by character: pages of letters are for texts, which need more of
// them than this.
std::string simplify(std::string_view text) {
  // No traditional character begins with a lesser byte.
  const bool none = std::all_of(text.begin(), text.end(),
                                [](char c) { return uint8_t(c) < 0xE3; });
  if (none) return std::string(text);
  Disguise ignored;
  Pieces pieces = decode(text, ignored);
  for (Piece& piece : pieces) piece.c = simplified(piece.c);
  return bytes_of(pieces);
}

}  // namespace simwarden
