// SPDX-License-Identifier: Apache-2.0
#include "notation/markup_text.h"

#include <cstdint>

namespace simwarden {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// U+FFFE and U+FFFF, which XML has no way to write.
bool is_no_character(std::string_view c) {
  return c == "\xEF\xBF\xBE" || c == "\xEF\xBF\xBF";
}

// "" for what may stand as it is.
std::string_view reference_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    case '\r': return "&#13;";
    default: return uint8_t(c) < 0x20 ? kReplacement : "";
  }
}

}  // namespace

std::string markup_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (is_no_character(text.substr(at, 3))) {
      out += kReplacement;
      at += 2;
      continue;
    }
    const char c = text[at];
    const std::string_view reference = reference_of(c);
    if (reference.empty()) {
      out += c;
    } else {
      out += reference;
    }
  }
  return out;
}

}  // namespace simwarden
