// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstring>

#include "text/pieces.h"

// Whether a text may hold words to be relettered: bytes beside bytes, a block
// at a time, for nearly all texts hold none. Compilers make vectors of the
// loops; all questions give 0 or 1 without a branch.
namespace simwarden {
namespace {

constexpr size_t kBlock = 32;
constexpr size_t kAhead = 9;  // bytes behind one that are looked at with it

uint8_t is_ascii_letter(uint8_t c) {
  return uint8_t((c | 0x20) - 'a') < 26;
}
uint8_t is_high(uint8_t c) {
  return c >> 7;
}
uint8_t is_letter(uint8_t c) {
  return is_ascii_letter(c) | is_high(c);
}
uint8_t is_digit(uint8_t c) {
  return uint8_t(c - '0') < 10;
}
uint8_t is_none(uint8_t c) {
  return (is_letter(c) | is_digit(c)) ^ 1;
}
uint8_t is_stand_in(uint8_t c) {
  return is_digit(c) | (c == '!') | (c == '@') | (c == '$') | (c == '|');
}
uint8_t is_sign(uint8_t c) {
  return (c == '.') | (c == '-') | (c == '_') | (c == '*') | (c == '/') |
         (c == '|') | (c == '~') | (c == '+') | (c == '^') | (c == '\'') |
         (c == '`');
}

// "act1ve", "0range", "inf0", "ver*ified"; "s.i", "s--i", "s i".
uint8_t suspects_ascii(const uint8_t* c) {
  const uint8_t inside = is_letter(c[0]) & is_stand_in(c[1]) &
                         (is_letter(c[2]) | is_stand_in(c[2]));
  const uint8_t first = is_none(c[0]) & ((c[1] == '0') | (c[1] == '$')) &
                        is_letter(c[2]) & is_letter(c[3]);
  const uint8_t last = is_letter(c[0]) &
                       ((c[1] == '0') | (c[1] == '@') | (c[1] == '$')) &
                       is_none(c[2]);
  const uint8_t star = is_letter(c[0]) & (c[1] == '*') & is_letter(c[2]);
  const uint8_t gap = is_sign(c[2]) | (c[2] == ' ');
  const uint8_t more = is_sign(c[2]) & (c[2] == c[3]);
  const uint8_t alone = is_none(c[0]) & is_ascii_letter(c[1]);
  const uint8_t apart =
      alone & ((gap & is_none(c[4]) & (is_none(c[3]) ^ 1)) |
               (more & is_none(c[5]) & (is_none(c[4]) ^ 1)) |
               (more & (c[3] == c[4]) & is_none(c[6]) & (is_none(c[5]) ^ 1)));
  return inside | first | last | star | apart;
}

// The same of letters of two and three bytes; "实 名", "turkc€ll", a stretched
// Arabic word, a Latin letter beside a Cyrillic one.
uint8_t suspects_wide(const uint8_t* c) {
  const uint8_t more = is_sign(c[1]) & (c[1] == c[2]);
  const uint8_t signs =
      is_high(c[0]) &
      ((is_sign(c[1]) & is_high(c[2])) | (more & is_high(c[3])) |
       (more & (c[2] == c[3]) & is_high(c[4])));
  const uint8_t han =
      is_high(c[0]) & (c[1] == ' ') & (uint8_t(c[2] - 0xE3) < 7);
  const uint8_t twos = is_high(c[0]) & (c[2] == ' ') & is_high(c[3]) &
                       (c[5] == ' ') & is_high(c[6]);
  const uint8_t threes = is_high(c[0]) & (c[3] == ' ') & is_high(c[4]) &
                         (c[7] == ' ') & is_high(c[8]);
  const uint8_t euro =
      is_letter(c[0]) & (c[1] == 0xE2) & (c[2] == 0x82) & (c[3] == 0xAC);
  const uint8_t dot =
      is_letter(c[0]) &
      (((c[1] == 0xC2) & (c[2] == 0xB7) & is_letter(c[3])) |
       ((c[1] == 0xE2) & ((c[2] == 0x80) | (c[2] == 0x88)) &
        ((c[3] == 0xA2) | (c[3] == 0xA7) | (c[3] == 0x99)) & is_letter(c[4])));
  const uint8_t tatweel = (c[0] == 0xD9) & (c[1] == 0x80);
  const uint8_t mixed = (is_ascii_letter(c[0]) & (uint8_t(c[1] - 0xD0) < 2)) |
                        ((uint8_t(c[0] - 0xD0) < 2) & is_ascii_letter(c[2]));
  return signs | han | twos | threes | euro | dot | tatweel | mixed;
}

// REQUIRES: kBlock + kAhead bytes are there.
bool suspects_block(const uint8_t* bytes) {
  uint8_t ascii = 0;
  uint8_t high = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    ascii |= suspects_ascii(bytes + i);
    high = uint8_t(high | is_high(bytes[i]) | is_high(bytes[i + 1]));
  }
  if (ascii != 0 || high == 0) return ascii != 0;
  uint8_t wide = 0;
  for (size_t i = 0; i < kBlock; ++i) wide |= suspects_wide(bytes + i);
  return wide != 0;
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
