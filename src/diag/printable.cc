// SPDX-License-Identifier: Apache-2.0
#include "diag/printable.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diag/characters.h"

namespace simwarden {
namespace {

// The marks first.
constexpr size_t kMarks = 3;
constexpr std::string_view kTurning[] = {
    "\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C",
    "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

bool has_any(std::string_view text, std::span<const std::string_view> of) {
  return std::any_of(of.begin(), of.end(), [&](std::string_view one) {
    return text.find(one) != text.npos;
  });
}

bool runs_leftwards(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || !u_isalpha(c)) continue;
    const UCharDirection runs = u_charDirection(c);
    if (runs == U_RIGHT_TO_LEFT || runs == U_RIGHT_TO_LEFT_ARABIC) return true;
  }
  return false;
}

// By its first byte; 0: none begins with it.
size_t whole_size(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  if (c < 0x80) return 1;
  if (c < 0xC2 || c > 0xF4) return 0;
  if (c < 0xE0) return 2;
  return c < 0xF0 ? 3 : 4;
}

void append_bytes(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const bool plain = c >= ' ' && c < 0x7F;
    out += plain ? std::string(1, c)
                 : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
}

// REQUIRES: two or three bytes of UTF-8, as all of kTurning and C1 are.
void append_number(std::string& out, std::string_view code_point) {
  uint32_t number = 0;
  const uint32_t lead_mask = code_point.size() == 2 ? 0x1F : 0x0F;
  for (size_t i = 0; i < code_point.size(); ++i) {
    const auto c = static_cast<unsigned char>(code_point[i]);
    number = number << 6 | (c & (i == 0 ? lead_mask : 0x3F));
  }
  out += fmt::format("\\u{{{:x}}}", number);
}

// A control character, line breaks too, or one that turns the direction of
// text. REQUIRES: one code point, see code_point_size().
bool steers_terminal(std::string_view code_point) {
  const auto c = static_cast<unsigned char>(code_point[0]);
  if (c < 0x20 || c == 0x7F) return true;
  if (code_point.size() == 2 && c == 0xC2) {
    return static_cast<unsigned char>(code_point[1]) < 0xA0;
  }
  return std::count(std::begin(kTurning), std::end(kTurning), code_point) > 0;
}

}  // namespace

std::string printable_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const std::string_view one = text.substr(at, code_point_size(text, at));
    const size_t whole = whole_size(one[0]);
    const std::string_view sound =
        one.substr(0, whole <= one.size() ? whole : 0);
    if (!sound.empty()) out += steers_terminal(sound) ? "·" : sound;
    if (sound.size() < one.size()) out += "\uFFFD";
    at += one.size();
  }
  return out;
}

std::string escaped_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const std::string_view one = text.substr(at, code_point_size(text, at));
    if (one.size() == 1 || one.size() != whole_size(one[0])) {
      append_bytes(out, one);
    } else if (steers_terminal(one)) {
      append_number(out, one);
    } else {
      out += one;
    }
    at += one.size();
  }
  return out;
}

bool turns_direction(std::string_view text) {
  const std::span<const std::string_view> turning(kTurning);
  if (has_any(text, turning.subspan(kMarks))) return true;
  return has_any(text, turning.first(kMarks)) && !runs_leftwards(text);
}

std::string escaped_prose(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const size_t kept =
        rest.starts_with("\r\n") ? 2 : rest[0] == '\n' || rest[0] == '\t';
    const size_t end = std::min(rest.find_first_of("\r\n\t", 1), rest.size());
    if (kept > 0) {
      out += rest.substr(0, kept);
    } else {
      out += escaped_text(rest.substr(0, end));
    }
    at += kept > 0 ? kept : end;
  }
  return out;
}

}  // namespace simwarden
