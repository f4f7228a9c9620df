// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstring>

#include "diag/lanes.h"
#include "text/pieces.h"

// Whether a text may hold words to be relettered: places beside places, a block
// at a time, for nearly all texts hold none. What a byte of ASCII is becomes a
// bit of a word for each question, and what stands behind it a shift. The
// vectors are spelled out: GCC makes a test of bits of "one of these signs",
// and then no vector of the loop.
namespace simwarden {
namespace {

// A byte of each place, or 0xFF where a question is answered yes.
using Bytes = Sixteen;
// The same, a bit of each place of a block and of those ahead.
using Bits = uint64_t;

constexpr size_t kPlaces = 64;
constexpr size_t kAhead = 8;  // places behind one that count for it
constexpr size_t kBlock = kPlaces - kAhead;
constexpr size_t kFar = 6;                 // two characters of three bytes
constexpr size_t kReach = kPlaces + kFar;  // bytes that are read for a block

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
Bytes is_stand_in(Bytes c) {
  return is_digit(c) | is(c, '!') | is(c, '@') | is(c, '$') | is(c, '|');
}
// One of * + - . / and ^ _ ` and | ~ and '.
Bytes is_sign(Bytes c) {
  return (is_in(c, '*', 6) & ~is(c, ',')) | is_in(c, '^', 3) | is(c | 2, '~') |
         is(c, '\'');
}

// What the bytes of a block are.
struct Places {
  Bits letters = 0;  // all beyond ASCII, too
  Bits of_ascii = 0;
  Bits digits = 0;
  Bits stand_ins = 0;
  Bits ends = 0;  // "0" "@" "$" may stand for the last letter of a word
  Bits at = 0;    // "@", which for the first does not
  Bits stars = 0;
  Bits signs = 0;
  Bits spaces = 0;
  Bits same = 0;  // as the byte behind it

  // REQUIRES: kReach bytes are there.
  explicit Places(const char* bytes) {
    for (size_t k = 0; k < kPlaces; k += sizeof(Bytes)) {
      const auto c = load<Bytes>(bytes + k);
      const auto add = [k](Bits& to, Bytes answers) {
        to |= Bits{bits_of(answers)} << k;
      };
      add(letters, is_letter(c));
      add(of_ascii, is_ascii_letter(c));
      add(digits, is_digit(c));
      add(stand_ins, is_stand_in(c));
      add(ends, is(c, '0') | is(c, '@') | is(c, '$'));
      add(at, is(c, '@'));
      add(stars, is(c, '*'));
      add(signs, is_sign(c));
      add(spaces, is(c, ' '));
      add(same, Bytes(c == load<Bytes>(bytes + k + 1)));
    }
  }
};

// "act1ve", "0range", "inf0", "ver*ified"; "s.i", "s--i", "s i".
Bits suspects_ascii(const Places& p) {
  const Bits none = ~(p.letters | p.digits);
  const Bits inside =
      p.letters & p.stand_ins >> 1 & (p.letters | p.stand_ins) >> 2;
  const Bits first =
      none & (p.ends & ~p.at) >> 1 & p.letters >> 2 & p.letters >> 3;
  const Bits last = p.letters & p.ends >> 1 & none >> 2;
  const Bits star = p.letters & p.stars >> 1 & p.letters >> 2;
  const Bits ending = ~none & none >> 1;  // the last of a word
  const Bits twice = p.signs & p.same;
  const Bits apart =
      none & p.of_ascii >> 1 &
      (((p.signs | p.spaces) >> 2 & ending >> 3) | (twice >> 2 & ending >> 4) |
       (twice >> 2 & p.same >> 3 & ending >> 5));
  return inside | first | last | star | apart;
}

// Behind a Han character what begins a row of data/pinyin.tsv.
Bytes suspects_pinyin(const Bytes* c) {
  const Bytes letters =
      (is(c[3], 'k') & (is(c[4], 'a') | ~is_ascii_letter(c[4]))) |
      (is(c[3], 's') & (is(c[4], 'm') | is(c[4], 'f') | is(c[4], 'j'))) |
      (is(c[3], 'y') & (is(c[4], 'z') | is(c[4], 'h'))) |
      (is_in(c[3], 'g', 2) & (is(c[4], 'h') | is(c[4], 'a'))) |
      (is(c[3], 'j') & is(c[4], 'f')) | (is(c[3], 'd') & is(c[4], 'h'));
  return is_in(c[0], 0xE3, 7) & letters;
}

// The same of letters of two and three bytes; "实 名", "turkc€ll", a stretched
// Arabic word, a Latin letter beside a Cyrillic one, a letter of a far script.
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
  // Ethiopic, Cherokee and Canadian; Yi and Lisu; small Cherokee.
  const Bytes far =
      (is(c[0], 0xE1) & is_in(c[1], 0x88, 18)) |
      (is(c[0], 0xEA) & (is_in(c[1], 0x80, 20) | is_in(c[1], 0xAD, 2)));
  // Bopomofo; 乇, 丂 and 卂, without which few alphabets of East Asia are.
  const Bytes east = (is(c[0], 0xE3) & is(c[1], 0x84) & is_in(c[2], 0x85, 43)) |
                     (is(c[0], 0xE4) & is(c[1], 0xB9) & is(c[2], 0x87)) |
                     (is(c[0], 0xE4) & is(c[1], 0xB8) & is(c[2], 0x82)) |
                     (is(c[0], 0xE5) & is(c[1], 0x8D) & is(c[2], 0x82));
  return signs | han | twos | threes | euro | dot | tatweel | mixed | far |
         east | suspects_pinyin(c);
}

// REQUIRES: kReach bytes are there.
bool suspects_wide_at(const char* bytes) {
  Bytes c[kAhead + 1];
  for (size_t k = 0; k <= kAhead; ++k) c[k] = load<Bytes>(bytes + k);
  return any(is_high(c[0]) | is_high(c[1])) && any(suspects_wide(c));
}

// The first bytes of characters that answer.
template <class Answer>
Bits bits_where(const char* bytes, Answer answer) {
  Bits bits = 0;
  for (size_t k = 0; k < kPlaces; k += sizeof(Bytes)) {
    bits |= Bits{bits_of(answer(load<Bytes>(bytes + k)))} << k;
  }
  return bits;
}

// As the byte that stands so many behind it.
Bits same_behind(const char* bytes, size_t far) {
  Bits bits = 0;
  for (size_t k = 0; k < kPlaces; k += sizeof(Bytes)) {
    const auto c = load<Bytes>(bytes + k);
    bits |= Bits{bits_of(Bytes(c == load<Bytes>(bytes + k + far)))} << k;
  }
  return bits;
}

// The same character of two or three bytes three times, with as much between:
// one letter or two of ASCII, a letter of two bytes, a Han character. None of
// the scripts whose own letters stand so: Cyrillic, Arabic beside Arabic.
Bits suspects_separator(const char* bytes, const Places& p) {
  const Bits twos = bits_where(bytes, [](Bytes c) {
    return is(c, 0xC2) | is_in(c, 0xC6, 8) | is_in(c, 0xD8, 4);
  });
  const Bits threes =
      bits_where(bytes, [](Bytes c) { return is_in(c, 0xE0, 11); });
  if ((twos | threes) == 0) return 0;
  const Bits wide =
      bits_where(bytes, [](Bytes c) { return is_in(c, 0xC3, 18); });
  const Bits han = bits_where(bytes, [](Bytes c) { return is_in(c, 0xE3, 7); });
  const auto thrice = [&](size_t size, size_t far) {
    Bits same = same_behind(bytes, far);
    same &= size == 3 ? same >> 1 & same >> 2 : same >> 1;
    return same & same >> far;
  };
  const Bits other = wide | p.of_ascii;
  const Bits same3 = same_behind(bytes, 3);
  const Bits again = same3 & same3 >> 1 & same3 >> 2;
  return (twos & p.of_ascii >> 2 & thrice(2, 3)) |
         (twos & other >> 2 & thrice(2, 4)) |
         (threes & p.of_ascii >> 3 & thrice(3, 4)) |
         (threes & other >> 3 & thrice(3, 5)) |
         (threes & han >> 3 & ~again & thrice(3, 6));
}

// Four letters of two bytes with accents, side by side.
Bits suspects_accents(const char* bytes) {
  const Bits accented =
      bits_where(bytes, [](Bytes c) { return is_in(c, 0xC3, 3); });
  return accented & accented >> 2 & accented >> 4 & accented >> 6;
}

// A vowel with the third tone of pinyin, U+01CD to U+01DC.
Bits suspects_tones(const char* bytes) {
  const Bits leads = bits_where(bytes, [](Bytes c) { return is(c, 0xC7); });
  if (leads == 0) return 0;
  return leads &
         bits_where(bytes, [](Bytes c) { return is_in(c, 0x8D, 16); }) >> 1;
}

// REQUIRES: kReach bytes are there.
bool suspects_block(const char* bytes) {
  const Places places(bytes);
  if (suspects_ascii(places) << kAhead != 0) return true;
  if (places.letters == places.of_ascii) return false;
  const Bits seldom = suspects_separator(bytes, places) |
                      suspects_accents(bytes) | suspects_tones(bytes);
  if (seldom << kAhead != 0) return true;
  for (size_t at = 0; at < kBlock; at += sizeof(Bytes)) {
    if (suspects_wide_at(bytes + std::min(at, kBlock - sizeof(Bytes))))
      return true;
  }
  return false;
}

}  // namespace

// Places begin with the space before the text.
bool may_reletter(std::string_view text) {
  const auto is_suspect_at_edge = [text](size_t from) {
    std::array<char, kReach> edge;
    edge.fill(' ');
    const size_t begin = from == 0 ? 0 : from - 1;
    const size_t before = from == 0 ? 1 : 0;
    const size_t size = std::min(text.size() - begin, edge.size() - before);
    std::memcpy(edge.data() + before, text.data() + begin, size);
    return suspects_block(edge.data());
  };
  if (text.empty()) return false;
  if (is_suspect_at_edge(0)) return true;
  size_t at = kBlock;
  for (; at + kReach <= text.size() + 1; at += kBlock) {
    if (suspects_block(text.data() + at - 1)) return true;
  }
  for (; at <= text.size(); at += kBlock) {
    if (is_suspect_at_edge(at)) return true;
  }
  return false;
}

}  // namespace simwarden
