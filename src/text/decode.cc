// SPDX-License-Identifier: Apache-2.0
#include <unicode/utf8.h>

#include "text/pieces.h"

// Bytes to code points. A broken sequence gives one U+FFFD for its longest
// valid beginning (Unicode 15, 3.9).
namespace simwarden {

// NOLINTNEXTLINE(readability-function-size): U8_NEXT has branches
void decode(std::string_view text, Span part, Disguise& disguise,
            Pieces& pieces) {
  constexpr char32_t kReplacement = 0xFFFD;
  pieces.clear();
  pieces.reserve(part.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(part.end);
  for (auto at = static_cast<int32_t>(part.begin); at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) disguise.invalid_bytes += static_cast<uint32_t>(at - begin);
    pieces.push_back({c < 0 ? kReplacement : static_cast<char32_t>(c),
                      static_cast<uint32_t>(begin), static_cast<uint32_t>(at)});
  }
}

Pieces decode(std::string_view text, Disguise& disguise) {
  Pieces pieces;
  decode(text, {0, static_cast<uint32_t>(text.size())}, disguise, pieces);
  return pieces;
}

}  // namespace simwarden
