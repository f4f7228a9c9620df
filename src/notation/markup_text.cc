// SPDX-License-Identifier: Apache-2.0
#include "notation/markup_text.h"

#include <cstdint>

namespace simwarden {
namespace {

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
    default: return uint8_t(c) < 0x20 ? "\xEF\xBF\xBD" : "";
  }
}

}  // namespace

std::string markup_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
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
