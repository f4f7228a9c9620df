// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/views.h"

// The steps of folding. A text is a row of pieces, each a code point and the
// original bytes that gave it; every step makes a new row or changes one in
// place, and spans stay monotone:
//
//   decode -> count_disguises -> drop_invisible -> read_emoji -> fold
//          -> unmask_words -> simplify -> collapse_spaces
namespace simwarden {

struct Piece {
  char32_t c = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};
using Pieces = std::vector<Piece>;

// UTF-8 and HTML entities, once. Bytes that are not UTF-8 give U+FFFD and are
// counted in `disguise.invalid_bytes`.
Pieces decode(std::string_view text, Disguise& disguise);

// `rest` begins with an entity that decode() would read.
bool begins_entity(std::string_view rest);

// Everything that the later steps take away, before they do.
void count_disguises(const Pieces& pieces, Disguise& disguise);

void drop_invisible(Pieces& pieces);

// Emoji and enclosed letters with a meaning become text, others a space.
Pieces read_emoji(const Pieces& pieces);
bool is_emoji(char32_t c);

// NFKC and case folding, then decimal digits of any script to ASCII.
Pieces fold(const Pieces& pieces);

// Look-alike letters of words that mix Latin with Cyrillic or Greek become
// Latin; counts those words. Gives true when a piece was changed.
bool unmask_words(Pieces& pieces, Disguise& disguise);

// Traditional characters of contact words become simplified ones.
void simplify(Pieces& pieces);

Pieces collapse_spaces(const Pieces& pieces);

// The way of any text; see() takes a shorter way to the same result when the
// text is plain ASCII.
Views see_step_by_step(std::string_view text);

}  // namespace simwarden
