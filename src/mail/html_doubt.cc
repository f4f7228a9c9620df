// SPDX-License-Identifier: Apache-2.0
#include "mail/html_doubt.h"

#include <algorithm>

#include "mail/words.h"

namespace simwarden {
namespace {

// A page that people read has some; more are read as they stand.
constexpr size_t kPiecesMax = 10'000;

}  // namespace

void DoubtfulText::add(size_t begin) {
  while (begin < text_.size() && is_blank_char(text_[begin])) ++begin;
  if (begin == text_.size()) return;
  if (!pieces_.empty() && pieces_.back().end == begin) {
    pieces_.back().end = text_.size();
  } else if (pieces_.size() < kPiecesMax) {
    pieces_.push_back({begin, text_.size()});
  }
}

std::string DoubtfulText::lines_without() const {
  std::string out;
  size_t next = 0;  // where the line behind the last one begins
  for (size_t i = 0; i < pieces_.size();) {
    if (pieces_[i].end <= next) {
      ++i;
      continue;
    }
    const size_t at = std::max(pieces_[i].begin, next);
    const size_t before = text_.rfind('\n', at);
    const size_t begin = before == text_.npos ? 0 : before + 1;
    next = std::min(text_.find('\n', at), text_.size()) + 1;
    const size_t first = i;
    const std::string line = without(begin, next - 1, i);
    bool is_salted = false;
    for (size_t k = first; k < pieces_.size(); ++k) {
      if (pieces_[k].begin >= next) break;
      is_salted = is_salted || is_salt(pieces_[k]);
    }
    if (!is_salted || without_blanks(line).empty()) continue;
    out.append(out.empty() ? "" : "\n").append(without_blanks(line));
  }
  return out;
}

// In a word, or between words and as short as one; others are remarks that a
// page shows on some screens.
bool DoubtfulText::is_salt(const Piece& piece) const {
  constexpr size_t kWordBytesMax = 24;
  if (piece.end - piece.begin <= kWordBytesMax) return true;
  return piece.begin > 0 && piece.end < text_.size() &&
         !is_blank_char(text_[piece.begin - 1]) &&
         !is_blank_char(text_[piece.end]);
}

// The bytes of a line that stand in no piece; `piece` is the first that may
// reach into it, and becomes the first that reaches behind it.
std::string DoubtfulText::without(size_t begin, size_t end,
                                  size_t& piece) const {
  std::string out;
  for (; piece < pieces_.size() && pieces_[piece].begin < end; ++piece) {
    const Piece& one = pieces_[piece];
    if (one.begin > begin) out.append(text_, begin, one.begin - begin);
    begin = std::min(std::max(begin, one.end), end);
    if (one.end > end) break;
  }
  return out.append(text_, begin, end - begin);
}

}  // namespace simwarden
