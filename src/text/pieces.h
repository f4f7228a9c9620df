// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/letters.h"
#include "text/views.h"

// The steps of folding. A text is a row of pieces, each a code point and the
// original bytes that gave it; every step makes a new row or changes one in
// place, and spans stay monotone:
//
//   decode -> [ unescape -> count_disguises -> drop_invisible -> read_emoji
//               -> fold -> drop_strokes -> unmask_words -> simplify ] twice
//          -> write
//
// A step is taken when some character needs it (letters.h); the second round
// when the first one left escapes.
namespace simwarden {

struct Piece {
  char32_t c = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};
using Pieces = std::vector<Piece>;

// UTF-8. Bytes that are not UTF-8 give U+FFFD and are counted in
// `disguise.invalid_bytes`.
Pieces decode(std::string_view text, Disguise& disguise);
// A part of it, which begins and ends between characters; replaces what
// `pieces` held.
void decode(std::string_view text, Span part, Disguise& disguise,
            Pieces& pieces);

// The traits of all pieces together.
Traits traits_of(const Pieces& pieces);

// Decodes HTML, percent and quoted-printable escapes, once, and counts them.
// Gives true when there were any.
bool unescape(Pieces& pieces, Disguise& disguise);

// False when unescape() would leave the ASCII text as it is.
bool may_hold_escape(std::string_view text);

// The characters before and behind the pieces: those are a part of a text, or
// all of it between two spaces.
struct Around {
  char32_t before = ' ';
  char32_t after = ' ';
};

// Everything that the later steps take away, before they do.
void count_disguises(const Pieces& pieces, const Around& around,
                     Disguise& disguise);

void drop_invisible(Pieces& pieces);

// Marks that strike out or underline ASCII go: T\u0336G\u0332. REQUIRES: the
// pieces are folded. Gives true when there were any: what they parted may
// compose.
bool drop_strokes(Pieces& pieces);

// Emoji and styled letters with a meaning become text, other emoji a space.
Pieces read_emoji(const Pieces& pieces, const Around& around);

// NFKC and case folding, then decimal digits of any script to ASCII.
Pieces fold(const Pieces& pieces);

// False when it may compose with what stands before.
bool starts_segment(char32_t c);

// Look-alike letters of words that mix Latin with another script become Latin;
// counts those words. Gives true when a piece was changed. `text`: the
// original, for the case of letters.
bool unmask_words(Pieces& pieces, std::string_view text, Disguise& disguise);

// Traditional characters become simplified ones.
void simplify(Pieces& pieces);

// What the steps know of one code point; letters.h has the answers ready.
bool is_emoji(char32_t c);
bool is_styled(char32_t c);
bool is_foreign(char32_t c);
bool is_latin(char32_t c);
inline bool is_han(char32_t c) {
  return c >= 0x3400 && c <= 0x9FFF;  // those that messages have
}
char32_t ascii_digit(char32_t c);
char32_t simplified(char32_t c);     // the code point itself when it is none
char32_t styled_letter(char32_t c);  // 0 when it is none
// The Cyrillic letter that a sign or Latin letter stands for in the middle of a
// Cyrillic word; 0 when none.
char32_t cyrillic_double(char32_t c);

inline void View::end_map(uint32_t at) {
  while (!runs_.empty() && runs_.back().at >= at) runs_.pop_back();
}

inline void View::map(uint32_t at, uint32_t begin, uint32_t size) {
  end_map(at);
  if (runs_.empty()) {
    if (size == 0 && at == begin) return;
    if (at != 0) add_run(0, 0, 0);
  }
  add_run(at, begin, size);
}

inline void View::map_made(uint32_t at, uint32_t made, uint32_t begin,
                           uint32_t size) {
  end_map(at);
  if (runs_.empty() && at != 0) add_run(0, 0, 0);
  runs_.push_back({at, begin, size});
  runs_.push_back({at + made, begin + size, 0U});
}

// Writes a view, piece after piece. (put | copy)*
class ViewWriter {
 public:
  // Keeps both by reference. REQUIRES: `view` is empty.
  ViewWriter(View& view, std::string_view original)
      : view_(view), original_(original) {}
  void put(const Piece& piece);
  // Bytes [begin, end) of the original as they are.
  void copy(uint32_t begin, uint32_t end);

 private:
  View& view_;
  std::string_view original_;
};

// White space collapsed on the way.
View write_collapsed(const Pieces& pieces, std::string_view original);

// All steps.
Pieces read_steps(std::string_view text, Disguise& disguise);

// One round of them, from count_disguises() on, for a part of a text that has
// no escape and stands between calm characters (letters.h). `traits`: of the
// pieces. REQUIRES: the first one starts a segment.
void read_round(Pieces& pieces, Traits traits, std::string_view text,
                const Around& around, Disguise& disguise);

// The short way. False when a character needs all of the text; then the views
// are good for nothing. REQUIRES: nothing was seen in them yet.
bool see_in_one_walk(std::string_view text, Views& views);

// False when reletter() finds nothing in the plain text; sees some words of
// wide letters only where a space or the same sign, once to three times, is
// between all letters.
bool may_reletter(std::string_view plain);

// Letters of Cherokee, Lisu, Canadian, Ethiopic and Yi become the Latin ones
// that they are put for, of each script of which the plain text has no other
// letters (fancy_words.h). True when it changed one. `pieces` are of `plain`.
bool read_masks(std::string_view plain, Pieces& pieces);

// What is no letter of the words in which it stands goes, where it parts
// letters again and again (separators.cc). True when there was any.
bool drop_separators(Pieces& pieces);

// Where words have accents on nearly every letter (accents.cc), all letters
// lose theirs. True when there were such words.
bool drop_accents(Pieces& pieces);

// Chinese words in the letters of their pinyin, behind a Han character, become
// Han (data/pinyin.tsv). True when it changed one.
bool read_pinyin(Pieces& pieces);

// The way of any text; see() takes a shorter way to the same result where there
// is one.
Views see_step_by_step(std::string_view text);

}  // namespace simwarden
