// SPDX-License-Identifier: Apache-2.0
#include "privacy/signs.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

// The sets are those of the expressions of mask_text.cc, never smaller.

namespace simwarden {
namespace {

// As mask_text.cc asks for them.
constexpr size_t kDrawnLines = 4;
constexpr size_t kDrawnSigns = 8;  // a byte each or more

// Bytes of the signs of a drawing: of ASCII, or any of a longer one.
constexpr std::array<bool, 256> kDraws = [] {
  std::array<bool, 256> draws{};
  for (const char c : std::string_view(" #@*%&+XxMWHO01.-_:")) {
    draws[uint8_t(c)] = true;
  }
  for (size_t c = 0x80; c < 0xc0; ++c) draws[c] = true;
  for (const size_t lead : {0xc2, 0xe2, 0xe3, 0xf0}) draws[lead] = true;
  return draws;
}();

bool is_drawn(std::string_view beginning) {
  return beginning.size() == kDrawnSigns &&
         std::all_of(beginning.begin(), beginning.end(),
                     [](char c) { return kDraws[uint8_t(c)]; });
}

}  // namespace

char32_t take_code_point(std::string_view text, size_t& at) {
  constexpr size_t kLongest = 4;
  const std::string_view rest = text.substr(at, kLongest);
  const auto* bytes = reinterpret_cast<const uint8_t*>(rest.data());
  const auto size = int32_t(rest.size());
  int32_t next = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, next, size, c);
  at += size_t(next);
  return c < 0 ? U'\0' : char32_t(c);
}

bool is_any_digit(char32_t c) {
  switch (c) {
    case U'⓪':
    case U'零':
    case U'〇':
    case U'一':
    case U'二':
    case U'三':
    case U'四':
    case U'五':
    case U'六':
    case U'七':
    case U'八':
    case U'九':
    case U'幺': return true;
    default: break;
  }
  if (c >= U'①' && c <= U'⑨') return true;
  if (c >= U'❶' && c <= U'❾') return true;
  return u_isdigit(UChar32(c)) != 0;
}

// ASCII letters that begin a unit: yuan, rmb, cny, usd, euros, dollars.
constexpr Signs::Sign Signs::of_ascii(char c) {
  const char small = char(c | 0x20);
  if (c >= '0' && c <= '9') return {kDigit, 0};
  if (small >= 'a' && small <= 'z') {
    const bool unit =
        std::string_view("yrcude").find(small) != std::string_view::npos;
    return {uint16_t(small == 'a' ? kServer : 0),
            uint16_t(kDot | (unit ? kDigit | kGap : 0))};
  }
  switch (c) {
    case '.': return {kDot, 0};
    case ':': return {kColon, kServer};
    case '/': return {0, kColon};
    case '@': return {kAt, 0};
    case '$': return {kDollar | kCurrency, 0};
    default: return {};
  }
}

Signs::Sign Signs::of_foreign(char32_t c) {
  switch (c) {
    case U'＠': return {kAt, 0};
    case U'：': return {0, kServer};
    case U'＄': return {kDollar, 0};
    case U'¥':
    case U'￥':
    case U'€':
    case U'£':
    case U'₹':
    case U'₦':
    case U'₱':
    case U'฿':
    case U'₩': return {kCurrency, 0};
    case U'元':
    case U'圆':
    case U'块':
    case U'円':
    case U'원': return {0, kDigit | kGap};
    default: return {uint16_t(is_any_digit(c) ? kDigit : 0), 0};
  }
}

Signs::Signs(std::string_view text) {
  static constexpr std::array<Sign, 128> kAscii = [] {
    std::array<Sign, 128> signs;
    for (size_t c = 0; c < signs.size(); ++c) signs[c] = of_ascii(char(c));
    return signs;
  }();
  uint16_t before = 0;
  for (size_t i = 0; i < text.size();) {
    const auto byte = uint8_t(text[i]);
    Sign sign;
    if (byte < 0x80) {
      sign = kAscii[byte];
      if (byte == ' ' && (before & kDigit) != 0) sign.is = kGap;
      ++i;
    } else {
      sign = of_foreign(take_code_point(text, i));
    }
    digits_ += sign.is & kDigit;
    pairs_ |= before & sign.behind;
    seen_ |= sign.is;
    before = sign.is;
  }
}

bool may_hold_drawing(std::string_view text) {
  size_t lines = 0;
  for (size_t at = 0; at < text.size();) {
    lines = is_drawn(text.substr(at, kDrawnSigns)) ? lines + 1 : 0;
    if (lines == kDrawnLines) return true;
    const size_t end = text.find('\n', at);
    if (end == text.npos) return false;
    at = end + 1;
  }
  return false;
}

}  // namespace simwarden
