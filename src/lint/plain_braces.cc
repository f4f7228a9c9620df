// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace {

// "{,5}", "{3, 5}", "{ 3 }": meant as a count by whoever wrote it.
size_t size_of_count(std::string_view rest) {
  const size_t close = rest.find('}');
  if (close == std::string_view::npos) return 0;
  const std::string_view inside = rest.substr(1, close - 1);
  const bool number = inside.find_first_of("0123456789") != inside.npos;
  const bool only = inside.find_first_not_of("0123456789, ") == inside.npos;
  return number && only ? close + 1 : 0;
}

}  // namespace

namespace looks {

void plain_braces(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    for (const RegexPiece& piece : site.pieces) {
      if (piece.is != RegexPiece::Is::text || site.of(piece) != "{") continue;
      const size_t size =
          size_of_count(std::string_view(site.text).substr(piece.begin));
      if (size == 0) continue;
      findings.add(*site.file, site.place(piece.begin, piece.begin + size),
                   fmt::format("RE2 looks for the text {}",
                               site.text.substr(piece.begin, size)),
                   "no count");
    }
  }
}

}  // namespace looks
}  // namespace simwarden
