// SPDX-License-Identifier: Apache-2.0
#include <unicode/utf8.h>

#include "text/pieces.h"

// Bytes to code points. A broken sequence gives one U+FFFD for its longest
// valid beginning (Unicode 15, 3.9).
namespace simwarden {

Pieces decode(std::string_view text, Disguise& disguise) {
  constexpr char32_t kReplacement = 0xFFFD;
  Pieces pieces;
  pieces.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) disguise.invalid_bytes += static_cast<uint32_t>(at - begin);
    pieces.push_back({c < 0 ? kReplacement : static_cast<char32_t>(c),
                      static_cast<uint32_t>(begin), static_cast<uint32_t>(at)});
  }
  return pieces;
}

}  // namespace simwarden
