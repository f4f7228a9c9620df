// SPDX-License-Identifier: Apache-2.0
#include "mail/charset_looks.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// More bytes make no look surer.
constexpr size_t kLookBytesMax = kDetectBytesMax;

uint8_t byte_at(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

// What a unit of UTF-16 is worth as a part of a text: Latin letters swapped are
// Han characters, and not the other way round.
size_t worth(uint8_t high, uint8_t low) {
  constexpr size_t kAscii = 2;
  const bool is_blank = low == '\t' || low == '\n' || low == '\r';
  if (high == 0) return (low >= ' ' && low < 0x7F) || is_blank ? kAscii : 0;
  const bool is_letter = high == 0x04 || high == 0x30 || high == 0xFF;
  return is_letter || (high >= 0x4E && high <= 0x9F) ? 1 : 0;
}

CharsetLook order_of(std::string_view bytes) {
  size_t little = 0;
  size_t big = 0;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const uint8_t first = byte_at(bytes, i);
    const uint8_t second = byte_at(bytes, i + 1);
    little += worth(second, first);
    big += worth(first, second);
  }
  const bool is_big = big > little;
  // Half a text in either order can be what the other half hides.
  const bool is_unclear = 2 * std::min(little, big) > std::max(little, big);
  CharsetLook look{"utf-16le", "utf-16be"};
  if (is_big) std::swap(look.charset, look.other);
  if (!is_unclear) look.other = {};
  return look;
}

// Signs and the characters of level 1 of GB 2312, by their pinyin: of a Chinese
// text nineteen in twenty.
bool begins_common_pair(uint8_t first) {
  return (first >= 0xA1 && first <= 0xA3) || (first >= 0xB0 && first <= 0xD7);
}

// Lines of dots and boxes are pairs as well: always the same ones.
bool is_chinese(std::string_view bytes) {
  constexpr size_t kDistinctMin = 6;
  constexpr size_t kPairsToOneOther = 10;
  constexpr uint8_t kBeyondAscii = 0xA1;
  std::set<std::string_view> distinct;
  size_t pairs = 0;
  size_t others = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint8_t first = byte_at(bytes, i);
    if (first < 0x80) continue;
    const bool is_pair =
        i + 1 < bytes.size() && byte_at(bytes, i + 1) >= kBeyondAscii;
    if (is_pair && begins_common_pair(first)) {
      ++pairs;
      if (distinct.size() < kDistinctMin) distinct.insert(bytes.substr(i, 2));
    } else {
      ++others;
    }
    if (is_pair) ++i;
  }
  return distinct.size() == kDistinctMin && pairs >= others * kPairsToOneOther;
}

}  // namespace

CharsetLook looks_like(std::string_view bytes, std::string_view declared) {
  const std::string_view front = bytes.substr(0, kLookBytesMax);
  if (find_mark(bytes) != nullptr) return {declared, {}};
  if (same_word(declared, "utf-16")) return order_of(front);
  const auto known = find_charset(declared);
  const bool is_latin = known && known->name == "windows-1252";
  if (is_latin && is_chinese(front)) return {"gb18030", {}};
  return {declared, {}};
}

}  // namespace simwarden
