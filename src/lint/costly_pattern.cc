// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "lint/findings.h"
#include "scan/scanner.h"

// RE2 writes a counted repeat out: .{0,300} is 300 times what a character of a
// Unicode text can be. So the cost is measured, not guessed from the counts.
namespace simwarden {
namespace {

// Most patterns have some hundred, long lists of words some thousand. When the
// automaton of a bigger one outgrows its memory on a text that begins it again
// and again, RE2 takes ten to seventy times as long for a byte.
constexpr int kInstructionsMax = 5'000;

// The count that writes the most out.
const RegexPiece* biggest_count(const RegexSite& site) {
  const RegexPiece* biggest = nullptr;
  const auto times = [](const RegexPiece& piece) {
    return piece.most == kWithoutEnd ? piece.least : piece.most;
  };
  for (const RegexPiece& piece : site.pieces) {
    if (piece.is != RegexPiece::Is::repeats || times(piece) < 2) continue;
    if (!biggest || times(piece) > times(*biggest)) biggest = &piece;
  }
  return biggest;
}

}  // namespace

namespace looks {

void costly_pattern(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    const int instructions = instructions_of(site.text);
    if (instructions <= kInstructionsMax) continue;
    const RegexPiece* count = biggest_count(site);
    findings.add(
        *site.file,
        count ? site.place(*count) : site.place(0, site.text.size()),
        fmt::format("this expression is {} instructions of RE2 long; {} "
                    "are much",
                    instructions, kInstructionsMax),
        count ? "repeats the most" : "");
  }
}

}  // namespace looks
}  // namespace simwarden
