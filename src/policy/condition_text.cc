// SPDX-License-Identifier: Apache-2.0
#include "policy/condition_text.h"

// Why a threshold is written as T(i, n) = (x_i && T(i+1, n-1)) || T(i+1, n):
// a formula of && and || without negation is true exactly when it stays true
// with every missing operand taken as false, and false exactly when it stays
// false with them taken as true. A sum of `x ? 1 : 0` would be missing as soon
// as one operand is.
namespace simwarden {
namespace {

void append_piece(ConditionText& out, const ConditionText& piece) {
  out.text += piece.text;
  out.offsets.insert(
      out.offsets.end(), piece.offsets.begin(),
      piece.offsets.begin() + static_cast<ptrdiff_t>(piece.text.size()));
}

// "(piece)", with a line break before the ")" when a comment would eat it.
void append_grouped(ConditionText& out, const ConditionText& piece) {
  append_sign(out, "(", piece.offsets.front());
  append_piece(out, piece);
  const bool comment = piece.text.find("//") != std::string::npos;
  append_sign(out, comment ? "\n)" : ")", piece.offsets.back());
}

class Threshold {
 public:
  Threshold(const std::vector<ConditionText>& pieces, size_t at)
      : pieces_(pieces), at_(at) {}

  // REQUIRES: 1 <= n <= pieces - first. Every level writes some bytes first, so
  // that kConditionBytesMax bounds the depth too.
  bool write(ConditionText& out, size_t first, size_t n) {
    if (out.text.size() > kConditionBytesMax) return false;
    const size_t left = pieces_.size() - first;
    if (n == left) return write_flat(out, first, " && ");
    if (n == 1) return write_flat(out, first, " || ");
    append_sign(out, "(", at_);
    append_grouped(out, pieces_[first]);
    append_sign(out, " && ", at_);
    if (!write_nested(out, first + 1, n - 1)) return false;
    append_sign(out, ") || ", at_);
    return write_nested(out, first + 1, n);
  }

 private:
  bool write_nested(ConditionText& out, size_t first, size_t n) {
    append_sign(out, "(", at_);
    if (!write(out, first, n)) return false;
    append_sign(out, ")", at_);
    return true;
  }

  bool write_flat(ConditionText& out, size_t first, std::string_view sign) {
    for (size_t i = first; i < pieces_.size(); ++i) {
      if (i > first) append_sign(out, sign, at_);
      append_grouped(out, pieces_[i]);
      if (out.text.size() > kConditionBytesMax) return false;
    }
    return true;
  }

  const std::vector<ConditionText>& pieces_;
  size_t at_;
};

}  // namespace

void append_sign(ConditionText& out, std::string_view sign, size_t at) {
  out.text += sign;
  out.offsets.insert(out.offsets.end(), sign.size(), at);
}

void finish(ConditionText& text, size_t end) {
  text.offsets.push_back(end);
}

ConditionText join(const std::vector<ConditionText>& pieces,
                   std::string_view sign, size_t at) {
  if (pieces.size() == 1) return pieces.front();
  ConditionText joined;
  for (const ConditionText& piece : pieces) {
    if (!joined.text.empty()) append_sign(joined, sign, at);
    append_grouped(joined, piece);
  }
  finish(joined, pieces.back().offsets.back());
  return joined;
}

ConditionText negate(const ConditionText& piece, size_t at) {
  ConditionText out;
  append_sign(out, "!", at);
  append_grouped(out, piece);
  finish(out, piece.offsets.back());
  return out;
}

std::optional<ConditionText> threshold(const std::vector<ConditionText>& pieces,
                                       size_t n, size_t at) {
  if (pieces.size() == 1) return pieces.front();
  ConditionText out;
  if (!Threshold(pieces, at).write(out, 0, n)) return std::nullopt;
  finish(out, pieces.back().offsets.back());
  return out;
}

}  // namespace simwarden
