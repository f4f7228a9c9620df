// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "text/pieces.h"

// NFKC_Casefold with exact offsets. The text is cut where normalisation has a
// boundary whatever stands around, each segment is folded by itself, and all
// that comes out of a segment maps to the whole segment: "e" + U+0301 gives
// one é of three bytes, and ﬀ gives two f of one ligature. Nearly all segments
// are one character long, and of these nearly all fold to one character, which
// letters.h has ready.
namespace simwarden {
namespace {

// ICU sorts the marks of a segment by insertion, so that a megabyte of marks
// would cost a megabyte squared. Unicode's Stream-Safe Text Format (UAX 15,
// 13) allows 30 in a row; nobody can read more.
constexpr size_t kMarksReadMax = 30;
// A letter keeps this many. Real orthographies stay below six.
constexpr size_t kMarksKeptMax = 8;
// Base, marks, and vowels that may compose with what stands before; marks
// alone make a segment longer, and only kMarksReadMax of them are read.
constexpr size_t kSegmentMax = 64;

bool has_class(char32_t c) {
  return c >= 0x300 && u_getCombiningClass(static_cast<UChar32>(c)) != 0;
}

// A mark starts none, not even U+0345, which ICU would let start one.
bool starts_segment(const UNormalizer2* nfkc, char32_t c) {
  if (!has(traits_of(c), kSegment)) return true;
  return !has_class(c) &&
         unorm2_hasBoundaryBefore(nfkc, static_cast<UChar32>(c)) != 0;
}

}  // namespace

bool starts_segment(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCCasefoldInstance(&error);
  return U_FAILURE(error) || starts_segment(nfkc, c);
}

char32_t ascii_digit(char32_t c) {
  if (c < 0x80) return c;
  const int32_t value = u_charDigitValue(static_cast<UChar32>(c));
  return value < 0 ? c : U'0' + static_cast<char32_t>(value);
}

namespace {

// A segment in UTF-16: room for 16 units a code point, twice what any needs.
using Units = std::array<UChar, 16 * kSegmentMax>;

class Folder {
 public:
  Folder(const Pieces& in, Pieces& out, const UNormalizer2* nfkc)
      : in_(in), out_(out), nfkc_(nfkc) {}

  // Folds the segment that begins at `begin`; gives where the next begins.
  size_t take(size_t begin) {
    const Piece& first = in_[begin];
    const LetterPage& page = letter_page(first.c);
    size_t end = begin + 1;
    const bool alone = end == in_.size() || starts_segment(nfkc_, in_[end].c);
    if (alone && !has(page.traits[first.c & 0xFF], kSegment)) {
      out_.push_back({page.folded[first.c & 0xFF], first.begin, first.end});
      return end;
    }
    while (end < in_.size() && !starts_segment(nfkc_, in_[end].c) &&
           (end - begin < kSegmentMax || has_class(in_[end].c))) {
      ++end;
    }
    take_long(begin, end);
    return end;
  }

 private:
  void take_long(size_t begin, size_t end) {
    Units from;  // large, and written before it is read
    Units to;
    int32_t size = 0;
    size_t marks = 0;
    for (size_t i = begin; i < end; ++i) {
      marks += has_class(in_[i].c) ? 1 : 0;
      if (has_class(in_[i].c) && marks > kMarksReadMax) continue;
      if (static_cast<size_t>(size) + 2 > 2 * kSegmentMax) break;
      U16_APPEND_UNSAFE(from.data(), size, in_[i].c);
    }
    if (end > begin + 1) decompose(from, size);
    UErrorCode error = U_ZERO_ERROR;
    const int32_t got =
        unorm2_normalize(nfkc_, from.data(), size, to.data(),
                         static_cast<int32_t>(to.size()), &error);
    // The longest expansion known is 18; a failure leaves the text as it is.
    if (U_FAILURE(error)) {
      out_.insert(out_.end(), in_.begin() + static_cast<ptrdiff_t>(begin),
                  in_.begin() + static_cast<ptrdiff_t>(end));
      return;
    }
    emit(to.data(), got, in_[begin].begin, in_[end - 1].end);
  }

  // U+0345 is a mark that folds to a letter: before it does, marks have to
  // stand in their order (Unicode 15, 3.13, D145).
  static void decompose(Units& text, int32_t& size) {
    Units to;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
    const int32_t got =
        unorm2_normalize(nfd, text.data(), size, to.data(),
                         static_cast<int32_t>(to.size()), &error);
    if (U_FAILURE(error)) return;
    text = to;
    size = got;
  }

  // NOLINTNEXTLINE(readability-function-size): U16_NEXT has branches
  void emit(const UChar* text, int32_t size, uint32_t begin, uint32_t end) {
    size_t marks = 0;
    for (int32_t i = 0; i < size;) {
      UChar32 c = 0;
      U16_NEXT(text, i, size, c);
      const auto point = static_cast<char32_t>(c);
      marks = has_class(point) ? marks + 1 : 0;
      if (marks > kMarksKeptMax) continue;
      out_.push_back({ascii_digit(point), begin, end});
    }
  }

  const Pieces& in_;
  Pieces& out_;
  const UNormalizer2* nfkc_;
};

}  // namespace

Pieces fold(const Pieces& pieces) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCCasefoldInstance(&error);
  // Without ICU's data nothing can be folded; the text stays readable.
  if (U_FAILURE(error)) return pieces;
  Pieces out;
  out.reserve(pieces.size());
  Folder folder(pieces, out, nfkc);
  for (size_t i = 0; i < pieces.size();) i = folder.take(i);
  return out;
}

}  // namespace simwarden
