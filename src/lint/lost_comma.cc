// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace {

// Nobody asks for exactly a hundred of anything, but for the digits of a
// digest.
constexpr uint32_t kExactlyMax = 99;
bool is_of_digest(uint32_t count) {
  return count == 128 || count == 256 || count == 512;
}

// "{314}" gives "{3,14}", "{010}" gives "{0,10}".
std::string with_comma(std::string_view count) {
  return fmt::format("{{{},{}", count.substr(1, 1), count.substr(2));
}

}  // namespace

namespace looks {

void lost_comma(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    for (const RegexPiece& piece : site.pieces) {
      const std::string_view count = site.of(piece);
      if (piece.is != RegexPiece::Is::repeats || !count.starts_with('{'))
        continue;
      if (count.find(',') != std::string_view::npos) continue;
      const bool leading_zero = count.size() > 3 && count[1] == '0';
      const bool odd = piece.least > kExactlyMax && !is_of_digest(piece.least);
      if (!leading_zero && !odd) continue;
      findings.add(*site.file, site.place(piece),
                   fmt::format("exactly {} times", piece.least),
                   fmt::format("{} may be meant", with_comma(count)));
    }
  }
}

}  // namespace looks
}  // namespace simwarden
