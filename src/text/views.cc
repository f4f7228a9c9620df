// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <array>
#include <bit>
#include <cstring>

#include <unicode/utf8.h>

#include "diag/lanes.h"
#include "text/pieces.h"

// Most messages are ASCII, and for these folding is lower case and single
// spaces: blocks of bytes that are looked at together. Others are walked
// (walk.cc); what a walk cannot say goes step by step over code points
// (pieces.h).
namespace simwarden {
namespace {

using Bytes = Sixteen;
constexpr size_t kBlock = sizeof(Bytes);

Bytes are_blank(Bytes c) {
  return Bytes(c == ' ') | Bytes(c - '\t' < 5);
}

// Capitals become small letters.
Bytes lower(Bytes c) {
  return c | (Bytes(c - 'A' < 26) & 0x20);
}

// Bytes beyond ASCII, those that may begin an escape, and what nobody sees.
Bytes want_walk(Bytes c, Bytes blank) {
  const Bytes escape =
      Bytes(c == '&') | Bytes(c == '%') | Bytes(c == '=') | Bytes(c == '\\');
  const Bytes unseen = (Bytes(c < ' ') & ~blank) | Bytes(c == 0x7F);
  return c | escape | unseen;
}

// The part of the text that is shown; never half a character.
std::string_view shown_part(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  auto end = static_cast<int32_t>(kTextBytesMax);
  U8_SET_CP_START(reinterpret_cast<const uint8_t*>(text.data()), 0, end);
  return text.substr(0, static_cast<size_t>(end));
}

}  // namespace

// Every white space is " ", and left out behind another one: seldom, so that
// nearly all blocks are written as they are.
class AsciiFolder {
 public:
  AsciiFolder(std::string_view text, View& view) : text_(text), view_(view) {
    view_.text.resize(text.size() + kBlock);
    to_ = view_.text.data();
  }

  // False when the text wants to be walked; the view says nothing then.
  bool run() {
    const bool is_folded = fold();
    if (!is_folded) out_ = 0;
    if (out_ != 0 && to_[out_ - 1] == ' ') --out_;
    view_.text.resize(out_);
    view_.end_map(uint32_t(out_));
    return is_folded;
  }

 private:
  bool fold() {
    size_t at = 0;
    for (; text_.size() - at >= kBlock; at += kBlock) {
      if (!take(load<Bytes>(text_.data() + at), kBlock, at)) return false;
    }
    std::array<char, kBlock> rest{};
    const size_t left = text_.copy(rest.data(), kBlock, at);
    return take(load<Bytes>(rest.data()), left, at);
  }

  // The first `size` bytes of `c`, which stand at `at`.
  bool take(Bytes c, size_t size, size_t at) {
    const Bytes blank = are_blank(c);
    const uint32_t there = (1U << size) - 1;
    if ((bits_of(want_walk(c, blank)) & there) != 0) return false;
    const Bytes folded = (blank & ' ') | (~blank & lower(c));
    const uint32_t blanks = bits_of(blank) & there;
    const uint32_t left_out = blanks & (blanks << 1 | after_blank_);
    after_blank_ = blanks >> (kBlock - 1);
    if ((left_out | after_gap_) != 0) {
      write_pieces(folded, there & ~left_out, at);
      after_gap_ = left_out >> (kBlock - 1);
      return true;
    }
    std::memcpy(to_ + out_, &folded, kBlock);
    out_ += size;
    return true;
  }

  void write_pieces(Bytes folded, uint32_t kept, size_t at) {
    std::array<char, 2 * kBlock> bytes{};
    std::memcpy(bytes.data(), &folded, kBlock);
    while (kept != 0) {
      const auto begin = unsigned(std::countr_zero(kept));
      const auto end = begin + unsigned(std::countr_one(kept >> begin));
      if (begin > 0 || after_gap_ != 0) map_gap(uint32_t(at) + begin);
      std::memcpy(to_ + out_, bytes.data() + begin, kBlock);
      out_ += end - begin;
      kept = kept >> end << end;
      after_gap_ = 0;
    }
  }

  // White space is one space up to `at`.
  void map_gap(uint32_t at) {
    const auto out = uint32_t(out_);
    if (out == 0) {
      view_.add_run(0, at, 0);
    } else {
      const uint32_t begin = last_at_ + (out - 1 - last_out_);
      view_.map_made(out - 1, 1, begin, at - begin);
    }
    last_at_ = at;
    last_out_ = out;
  }

  std::string_view text_;
  View& view_;
  char* to_;
  size_t out_ = 0;
  uint32_t after_blank_ = 1;  // 0 or 1: so was the byte before
  uint32_t after_gap_ = 0;    // so was the byte before, and left out
  uint32_t last_at_ = 0;      // what stands behind the last gap
  uint32_t last_out_ = 0;
};

namespace {

// The first and last byte tell most texts beyond ASCII.
bool see_ascii(std::string_view text, Views& views) {
  const bool is_other =
      !text.empty() && ((text.front() | text.back()) & 0x80) != 0;
  return !is_other && AsciiFolder(text, views.plain).run();
}

}  // namespace

Views see_step_by_step(std::string_view text) {
  const std::string_view shown = shown_part(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  views.plain = write_collapsed(read_steps(shown, views.disguise), shown);
  return views;
}

Views see(std::string_view text) {
  Views views;
  see(text, views);
  return views;
}

void see(std::string_view text, Views& views) {
  const std::string_view shown = shown_part(text);
  views.forget();
  views.raw = text;
  views.cut = shown.size() != text.size();
  if (see_ascii(shown, views) || see_in_one_walk(shown, views)) return;
  views = see_step_by_step(text);
}

}  // namespace simwarden
