// SPDX-License-Identifier: Apache-2.0
#include "facts/read_length.h"

#include <algorithm>
#include <unordered_set>

#include <unicode/utf8.h>

#include "text/letters.h"

namespace simwarden {
namespace {

// More lines are taken for new ones: no message that people read has them.
constexpr size_t kLinesKnownMax = 10'000;

// Letters and digits, and what stands between them as one: who writes
// "one   two" or "one -- two" writes no more than "one two".
uint32_t length_of_line(std::string_view line) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(line.data());
  const auto size = static_cast<int32_t>(line.size());
  uint32_t length = 0;
  bool gap = false;  // no letter stood before
  for (int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    const Traits traits =
        point < 0 ? Traits{} : traits_of(static_cast<char32_t>(point));
    if (has(traits, kIgnorable | kMark)) continue;
    const bool letter = has(traits, kLetter | kStyled);
    length += letter || !gap ? 1 : 0;
    gap = !letter;
  }
  return length;
}

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  const size_t begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) + 1 - begin);
}

}  // namespace

uint32_t read_length(std::string_view text) {
  constexpr std::string_view kEnds = "\n\r";
  if (text.find_first_of(kEnds) == text.npos) return length_of_line(text);
  std::unordered_set<std::string_view> known;
  uint32_t length = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find_first_of(kEnds));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string_view words = trimmed(line);
    if (words.empty()) continue;
    const bool is_new = known.size() >= kLinesKnownMax
                            ? !known.contains(words)
                            : known.insert(words).second;
    length += is_new ? length_of_line(words) + 1 : 0;  // and its end
  }
  return length;
}

}  // namespace simwarden
