// SPDX-License-Identifier: Apache-2.0
#include "contact/host_asked_for.h"

#include <algorithm>
#include <array>

#include "spelling/asked_hosts.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Of names of files and members that one opens too.
constexpr std::array<std::string_view, 12> kOfFiles = {
    "zip", "mov", "py", "sh",   "md",  "rs",
    "ps",  "ai",  "so", "name", "run", "cat"};

// Of members of programs and of sentences: "on session.id", "at noon.is".
constexpr std::array<std::string_view, 8> kOfMembers = {"id", "is", "in", "to",
                                                        "at", "no", "do", "as"};

constexpr size_t kLettersMin = 6;  // shorter names are everyday words

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
