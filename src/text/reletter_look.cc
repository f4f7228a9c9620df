// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstring>

#include "text/pieces.h"

// Whether a text may hold words to be relettered: bytes beside bytes, a block
// at a time, for nearly all texts hold none. The vectors are spelled out: GCC
// makes a test of bits of "one of these signs", and then no vector of the loop.
namespace simwarden {
namespace {

constexpr size_t kBlock = 16;
constexpr size_t kAhead = 9;  // bytes behind one that are looked at with it

// A byte of each place of a block, or 0xFF where a question is answered yes.
using Bytes [[gnu::vector_size(kBlock)]] = uint8_t;

Bytes is(Bytes c, uint8_t one) {
  return Bytes(c == one);
}
// So many from `first` on.
Bytes is_in(Bytes c, uint8_t first, uint8_t count) {
  return Bytes(c - first < count);
}
Bytes is_ascii_letter(Bytes c) {
  return is_in(c | 0x20, 'a', 26);
}
Bytes is_high(Bytes c) {
  return Bytes(c >= 0x80);
}
Bytes is_letter(Bytes c) {
  return is_ascii_letter(c) | is_high(c);
}
Bytes is_digit(Bytes c) {
  return is_in(c, '0', 10);
}
Bytes is_none(Bytes c) {
  return ~(is_letter(c) | is_digit(c));
}
Bytes is_stand_in(Bytes c) {
  return is_digit(c) | is(c, '!') | is(c, '@') | is(c, '$') | is(c, '|');
}
Bytes is_sign(Bytes c) {
  return is(c, '.') | is(c, '-') | is(c, '_') | is(c, '*') | is(c, '/') |
         is(c, '|') | is(c, '~') | is(c, '+') | is(c, '^') | is(c, '\'') |
         is(c, '`');
}

// "act1ve", "0range", "inf0", "ver*ified"; "s.i", "s--i", "s i".
Bytes suspects_ascii(const Bytes* c) {
  const Bytes inside = is_letter(c[0]) & is_stand_in(c[1]) &
                       (is_letter(c[2]) | is_stand_in(c[2]));
  const Bytes first = is_none(c[0]) & (is(c[1], '0') | is(c[1], '$')) &
                      is_letter(c[2]) & is_letter(c[3]);
  const Bytes last = is_letter(c[0]) &
                     (is(c[1], '0') | is(c[1], '@') | is(c[1], '$')) &
                     is_none(c[2]);
  const Bytes star = is_letter(c[0]) & is(c[1], '*') & is_letter(c[2]);
  const Bytes gap = is_sign(c[2]) | is(c[2], ' ');
  const Bytes more = is_sign(c[2]) & Bytes(c[2] == c[3]);
  const Bytes alone = is_none(c[0]) & is_ascii_letter(c[1]);
  const Bytes apart =
      alone & ((gap & is_none(c[4]) & ~is_none(c[3])) |
               (more & is_none(c[5]) & ~is_none(c[4])) |
               (more & Bytes(c[3] == c[4]) & is_none(c[6]) & ~is_none(c[5])));
  return inside | first | last | star | apart;
}

// The same of letters of two and three bytes; "实 名", "turkc€ll", a stretched
// Arabic word, a Latin letter beside a Cyrillic one.
Bytes suspects_wide(const Bytes* c) {
  const Bytes more = is_sign(c[1]) & Bytes(c[1] == c[2]);
  const Bytes signs =
      is_high(c[0]) &
      ((is_sign(c[1]) & is_high(c[2])) | (more & is_high(c[3])) |
       (more & Bytes(c[2] == c[3]) & is_high(c[4])));
  const Bytes han = is_high(c[0]) & is(c[1], ' ') & is_in(c[2], 0xE3, 7);
  const Bytes twos = is_high(c[0]) & is(c[2], ' ') & is_high(c[3]) &
                     is(c[5], ' ') & is_high(c[6]);
  const Bytes threes = is_high(c[0]) & is(c[3], ' ') & is_high(c[4]) &
                       is(c[7], ' ') & is_high(c[8]);
  const Bytes euro =
      is_letter(c[0]) & is(c[1], 0xE2) & is(c[2], 0x82) & is(c[3], 0xAC);
  const Bytes dot =
      is_letter(c[0]) &
      ((is(c[1], 0xC2) & is(c[2], 0xB7) & is_letter(c[3])) |
       (is(c[1], 0xE2) & (is(c[2], 0x80) | is(c[2], 0x88)) &
        (is(c[3], 0xA2) | is(c[3], 0xA7) | is(c[3], 0x99)) & is_letter(c[4])));
  const Bytes tatweel = is(c[0], 0xD9) & is(c[1], 0x80);
  const Bytes mixed = (is_ascii_letter(c[0]) & is_in(c[1], 0xD0, 2)) |
                      (is_in(c[0], 0xD0, 2) & is_ascii_letter(c[2]));
  return signs | han | twos | threes | euro | dot | tatweel | mixed;
}

bool any(Bytes answers) {
  std::array<uint64_t, kBlock / sizeof(uint64_t)> halves;
  std::memcpy(halves.data(), &answers, sizeof(answers));
  return (halves[0] | halves[1]) != 0;
}

// REQUIRES: kBlock + kAhead bytes are there.
bool suspects_block(const uint8_t* bytes) {
  Bytes c[kAhead + 1];
  for (size_t k = 0; k <= kAhead; ++k) {
    std::memcpy(&c[k], bytes + k, sizeof(c[k]));
  }
  if (any(suspects_ascii(c))) return true;
  return any(is_high(c[0]) | is_high(c[1])) && any(suspects_wide(c));
}

}  // namespace

bool may_reletter(std::string_view text) {
  // `from` counts the space before the text, too.
  const auto is_suspect_at_edge = [text](size_t from) {
    std::array<char, kBlock + kAhead> edge;
    edge.fill(' ');
    const size_t begin = from == 0 ? 0 : from - 1;
    const size_t before = from == 0 ? 1 : 0;
    const size_t size = std::min(text.size() - begin, edge.size() - before);
    std::memcpy(edge.data() + before, text.data() + begin, size);
    return suspects_block(reinterpret_cast<const uint8_t*>(edge.data()));
  };
  if (text.empty()) return false;
  if (is_suspect_at_edge(0)) return true;
  size_t at = kBlock;
  for (; at + kBlock + kAhead <= text.size() + 1; at += kBlock) {
    const char* const bytes = text.data() + at - 1;
    if (suspects_block(reinterpret_cast<const uint8_t*>(bytes))) return true;
  }
  for (; at <= text.size(); at += kBlock) {
    if (is_suspect_at_edge(at)) return true;
  }
  return false;
}

}  // namespace simwarden
