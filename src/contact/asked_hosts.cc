// SPDX-License-Identifier: Apache-2.0
#include "contact/asked_hosts.h"

#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/contact.h"
#include "contact/told_words.h"

namespace simwarden {
namespace {

// Signs, and one short word, between the word that asks and the host.
constexpr size_t kSignsMax = 3;
constexpr std::array<std::string_view, 18> kBetween = {
    "at", "to", "on", "is", "en", "a", "em",  "na",  "di",
    "ke", "su", "in", "на", "по", "в", "sur", "auf", "the"};

// Of names of files and members that one opens too.
constexpr std::array<std::string_view, 12> kOfFiles = {
    "zip", "mov", "py", "sh",   "md",  "rs",
    "ps",  "ai",  "so", "name", "run", "cat"};

// Of members of programs and of sentences: "on session.id", "at noon.is".
constexpr std::array<std::string_view, 8> kOfMembers = {"id", "is", "in", "to",
                                                        "at", "no", "do", "as"};

constexpr size_t kLettersMin = 6;  // shorter names are everyday words

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

// Where the word of that row begins that stands in front; npos when none does.
size_t word_before(Saying what, std::string_view t, size_t host) {
  const size_t i = skip_signs_back(t, host);
  for (const size_t end : {i, skip_word_back(t, i)}) {
    const size_t size = told_before(what, t, end);
    if (size != 0) return end - size;
  }
  return t.npos;
}

// "activa tu línea en demochip.es.", "Recarga: demochip.es": an ending of two
// letters behind a place or a colon, where no sentence goes on.
bool is_told_last(std::string_view t, Range host) {
  const size_t next = host.end + (at(t, host.end) == ' ' ? 1 : 0);
  const bool last =
      !is_word(code_point_at(t, next).c) || is_one_of(at(t, host.end), ",;)!?");
  const bool colon = before(t, host.begin) == ' ' &&
                     before(t, host.begin - 1) == ':' &&
                     is_letter(before(t, host.begin - 2));
  return last && (colon || is_placed_behind(t, host.begin));
}

bool has_small(std::string_view written) {
  return std::any_of(written.begin(), written.end(), is_small);
}

// A digit, a brand in it, or capitals where other words have none.
bool is_telling(const Scene& scene, Range host, Range word) {
  const std::string_view name = scene.slice(host);
  if (std::any_of(name.begin(), name.end(), is_digit)) return true;
  if (!has_small(scene.raw(host)) && has_small(scene.raw(word))) return true;
  return !examine_host(name, scene.registry()).lookalike_of.empty();
}

}  // namespace

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

bool is_host_asked_for(const Scene& scene, Range host) {
  if (scene.how(host) == How::spelled_dot) return true;
  const std::string_view t = scene.text();
  const std::string_view name = scene.slice(host);
  const size_t dot = name.rfind('.');
  if (dot == name.npos || dot < 3 || !is_alnum(name[0])) return false;
  const std::string_view ending = name.substr(dot + 1);
  if (is_one_of(ending, kOfFiles)) return false;
  const size_t noun = word_before(Saying::site, t, host.begin);
  const size_t verb = word_before(Saying::open, t, host.begin);
  const bool alone = ending.size() == 2 && name.find('.') == dot &&
                     !is_one_of(ending, kOfMembers);
  if (alone && dot >= kLettersMin && is_told_last(t, host)) return true;
  if (noun == t.npos && verb == t.npos) return false;
  const bool word = ending.size() == 2 || dot < kLettersMin;
  if (noun != t.npos && !word) return true;
  return is_telling(scene, host, {std::min(noun, verb), host.begin});
}

}  // namespace simwarden
