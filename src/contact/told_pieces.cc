// SPDX-License-Identifier: Apache-2.0
#include "contact/told_pieces.h"

#include <algorithm>
#include <string>

#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Around the messenger's name: a sentence on either side.
constexpr size_t kReach = 96;
// From the word for a piece to the piece: "the first piece of my name is".
constexpr size_t kPieceReach = 32;
constexpr size_t kPiecesMax = 4;
constexpr size_t kNameMin = 6;
constexpr size_t kNameMax = 32;

// A noun ("piece") may have other words behind it, "starts with" has none.
bool leads_on(std::string_view word) {
  return word.find(' ') != word.npos || !is_ascii(word[0]);
}

size_t behind_blanks(std::string_view t, size_t i) {
  constexpr size_t kBlanksMax = 3;
  for (size_t n = 0; n < kBlanksMax && is_one_of(at(t, i), " :='\""); ++n) ++i;
  return i;
}

// The piece that is told behind a word for one, which ends at `i`.
Range piece_behind(std::string_view t, size_t i, bool direct) {
  const size_t until = std::min(t.size(), i + kPieceReach);
  for (size_t k = behind_blanks(t, i); k < until;) {
    if (!is_name_char(t[k])) {
      k += code_point_at(t, k).size;
      continue;
    }
    size_t end = k;
    while (end - k <= kNameMax && is_name_char(at(t, end))) ++end;
    const std::string_view word = t.substr(k, end - k);
    const bool telling = !std::all_of(word.begin(), word.end(), is_letter);
    const size_t space = before(t, k) == ' ' ? k - 1 : k;
    const bool told = !is_ascii(before(t, k)) ||
                      is_one_of(before(t, space), ":=") ||
                      told_before(Saying::is, t, space) != 0;
    if (direct || telling || told) return {k, end};
    k = end;
  }
  return {};
}

// The first word for a piece from `i` on and what is told behind it; `i` is
// moved behind that.
Range next_piece(std::string_view t, size_t& i, size_t until) {
  for (; i < until; i += code_point_at(t, i).size) {
    const size_t size = told_behind(Saying::piece, t, i);
    if (size == 0 || !is_parted_before(t, i)) continue;
    const Range piece = piece_behind(t, i + size, leads_on(t.substr(i, size)));
    if (piece.begin == piece.end) continue;
    i = piece.end;
    return piece;
  }
  return {};
}

// "demo88", "demo_kai": begins with letters and has something else.
bool is_telling(std::string_view name) {
  constexpr size_t kLettersMin = 3;
  const auto* other = std::find_if_not(name.begin(), name.end(), is_letter);
  return name.size() >= kNameMin && name.size() <= kNameMax &&
         other != name.end() &&
         static_cast<size_t>(other - name.begin()) >= kLettersMin;
}

}  // namespace

SpelledName read_told_pieces(std::string_view t, Range label) {
  const size_t from = label.begin - std::min(label.begin, kReach);
  const size_t until = std::min(t.size(), label.end + kReach);
  if (!told_words(Saying::piece).found_in(t.substr(from, until - from))) {
    return {};
  }
  SpelledName name;
  size_t pieces = 0;
  for (size_t i = from; pieces < kPiecesMax; ++pieces) {
    const Range piece = next_piece(t, i, until);
    if (piece.begin == piece.end) break;
    if (pieces == 0) name.range.begin = piece.begin;
    name.range.end = piece.end;
    name.text += t.substr(piece.begin, piece.end - piece.begin);
  }
  return pieces > 1 && is_telling(name.text) ? name : SpelledName{};
}

}  // namespace simwarden
