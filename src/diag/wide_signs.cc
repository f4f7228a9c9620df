// SPDX-License-Identifier: Apache-2.0
#include "diag/wide_signs.h"

namespace simwarden {

char narrow_of(std::string_view text, size_t at) {
  const std::string_view sign =
      at < text.size() ? text.substr(at, kWideSignBytes) : std::string_view();
  if (sign == "\xE3\x80\x80") return ' ';
  if (sign == "\xE2\x80\x98" || sign == "\xE2\x80\x99") return '\'';
  if (sign == "\xE2\x80\x9C" || sign == "\xE2\x80\x9D") return '"';
  if (sign.size() < kWideSignBytes || sign[0] != '\xEF') return '\0';
  // U+FF01 to U+FF5E stand as ! to ~ do.
  const auto row = static_cast<unsigned char>(sign[1]);
  const auto cell = static_cast<unsigned char>(sign[2]);
  if (row == 0xBC && cell > 0x80) return static_cast<char>(cell - 0x60);
  if (row == 0xBD && cell < 0x9F) return static_cast<char>(cell - 0x20);
  return '\0';
}

size_t odd_blank_bytes(std::string_view text, size_t at) {
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  if (narrow_of(text, at) == ' ') return kWideSignBytes;
  const bool no_break =
      at < text.size() && text.substr(at).starts_with(kNoBreak);
  return no_break ? kNoBreak.size() : 0;
}

std::string wide_sign_name(std::string_view text, size_t at) {
  if (text.substr(at).starts_with("\xC2\xA0")) {
    return "the no-break blank (U+00A0)";
  }
  const std::string sign(text.substr(at, kWideSignBytes));
  if (sign == "\xE3\x80\x80") return "the full-width blank (U+3000)";
  const bool curly = sign[0] == '\xE2';
  return (curly ? "the quotation mark " : "the full-width ") + sign;
}

}  // namespace simwarden
