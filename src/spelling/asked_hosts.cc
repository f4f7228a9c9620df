// SPDX-License-Identifier: Apache-2.0
#include "spelling/asked_hosts.h"

#include <algorithm>
#include <array>

#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Signs, and one short word, between the word that asks and the host.
constexpr size_t kSignsMax = 3;
constexpr std::array<std::string_view, 18> kBetween = {
    "at", "to", "on", "is", "en", "a", "em",  "na",  "di",
    "ke", "su", "in", "на", "по", "в", "sur", "auf", "the"};

size_t skip_signs_back(std::string_view t, size_t i) {
  for (size_t n = 0; n < kSignsMax && is_one_of(before(t, i), " :'\"(["); ++n) {
    --i;
  }
  return i;
}

size_t skip_word_back(std::string_view t, size_t i) {
  for (const std::string_view word : kBetween) {
    if (i <= word.size() || t[i - word.size() - 1] != ' ') continue;
    if (starts_at(t, i - word.size(), word)) return i - word.size() - 1;
  }
  return i;
}

}  // namespace

size_t word_before(Saying what, std::string_view t, size_t host) {
  const size_t i = skip_signs_back(t, host);
  for (const size_t end : {i, skip_word_back(t, i)}) {
    const size_t size = told_before(what, t, end);
    if (size != 0) return end - size;
  }
  return t.npos;
}

bool is_asked_behind(std::string_view t, size_t host) {
  return word_before(Saying::site, t, host) != t.npos ||
         word_before(Saying::open, t, host) != t.npos;
}

bool is_placed_behind(std::string_view t, size_t host) {
  constexpr std::array<std::string_view, 9> kPlaces = {
      "at", "on", "en", "em", "na", "no", "su", "sul", "sur"};
  if (before(t, host) != ' ') return false;
  return std::any_of(kPlaces.begin(), kPlaces.end(), [&](auto word) {
    if (host <= word.size()) return false;
    const size_t begin = host - word.size() - 1;
    return starts_at(t, begin, word) && is_parted_before(t, begin);
  });
}

bool leads_to_host(std::string_view t, size_t end) {
  return skip_word_back(t, end) != end ||
         told_before(Saying::site, t, end) != 0 ||
         told_before(Saying::open, t, end) != 0 ||
         told_before(Saying::mail, t, end) != 0 ||
         told_before(Saying::write, t, end) != 0;
}

}  // namespace simwarden
