// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>
#include <re2/re2.h>

#include "cel/value/regex.h"
#include "lint/findings.h"

namespace simwarden {
namespace looks {

// One letter, digit or sign each: what matches most of them by itself matches
// nearly every message.
constexpr std::array<const char*, 5> kTexts = {"a", "e", "7", "\u5B57", "."};
constexpr int kMost = 3;
// Longer ones are lists of words, and dear to make once more.
constexpr size_t kPatternBytesMax = 256;

void any_text(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    if (site.set == nullptr || site.text.size() > kPatternBytesMax) continue;
    const cel::Regex regex = cel::make_regex(site.text);
    if (regex.compiled == nullptr) continue;
    int matched = 0;
    for (const char* text : kTexts) {
      matched += re2::RE2::PartialMatch(text, *regex.compiled) ? 1 : 0;
    }
    if (matched < kMost) continue;
    findings.add(*site.file, site.place(0, site.text.size()),
                 fmt::format("{} matches nearly every text", site.set->name),
                 "a letter is enough");
  }
}

}  // namespace looks
}  // namespace simwarden
