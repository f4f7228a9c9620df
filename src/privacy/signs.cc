// SPDX-License-Identifier: Apache-2.0
#include "privacy/signs.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diag/ascii.h"

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
  return c < 0 ? kNoCodePoint : char32_t(c);
}

bool is_any_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  constexpr std::u32string_view kChinese =
      U"零〇〡〢〣〤〥〦〧〨〩一二三四五六七八九幺壹贰貳叁參叄肆伍陆陸柒捌玖";
  constexpr char32_t kHanFirst = 0x3007;  // and those of merchants: 〡 to 〩
  constexpr char32_t kHanLast = 0x9fff;
  if (c >= kHanFirst && c <= kHanLast) {
    return kChinese.find(c) != kChinese.npos;
  }
  const int type = u_getIntPropertyValue(UChar32(c), UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

bool is_invisible(char32_t c) {
  const bool white = c >= '\t' && c <= '\r';
  if (c < 0x80) return (c < ' ' && !white) || c == 0x7F;
  const auto type = u_charType(UChar32(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
         u_hasBinaryProperty(UChar32(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_telling(char32_t c) {
  if (c < 0x80) return is_ascii_letter(char(c)) || is_digit(char(c));
  return c != kNoCodePoint && !is_invisible(c) && !u_ispunct(UChar32(c)) &&
         !u_isUWhiteSpace(UChar32(c));
}

// ASCII letters that begin a unit: yuan, rmb, cny, usd, euros, dollars.
constexpr Signs::Sign Signs::of_ascii(char c) {
  const char small = char(c | 0x20);
  if (c >= '0' && c <= '9') return {kDigit, kEscape};
  if (small >= 'a' && small <= 'z') {
    const bool unit =
        std::string_view("yrcude").find(small) != std::string_view::npos;
    return {uint16_t(small == 'a' ? kServer : 0),
            uint16_t(kDot | (unit ? kDigit | kGap : 0) |
                     (small == 'd' ? kEscape : 0))};
  }
  switch (c) {
    case '.': return {kDot, 0};
    case ':': return {kColon, kServer};
    case '/': return {0, kColon};
    case '@': return {kAt, 0};
    case '%':
    case '&': return {kEscape, 0};
    case '#': return {0, kEscape};
    case '$': return {kDollar | kCurrency, 0};
    default: return {};
  }
}

Signs::Sign Signs::of_foreign(char32_t c) {
  switch (c) {
    case U'＠':
    case U'﹫': return {kAt, 0};
    case U'ａ':
    case U'Ａ': return {kServer, 0};
    case U'：': return {0, kServer};
    case U'＄':
    case U'﹩': return {kDollar, 0};
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
