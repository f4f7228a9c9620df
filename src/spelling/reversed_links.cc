// SPDX-License-Identifier: Apache-2.0
#include "spelling/reversed_links.h"

#include <algorithm>
#include <string>

#include "spelling/host_endings.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kLinkMax = 128;  // longer ones are not typed by hand
constexpr size_t kReach = 48;     // to the words that say so

bool is_link_char(char c) {
  return is_alnum(c) || is_one_of(c, ".-_/:@+?=&");
}

// All that stands around `i` up to white space, without the signs of the
// sentence.
Range link_around(std::string_view t, size_t i) {
  Range link{i, i};
  while (link.begin > 0 && is_link_char(t[link.begin - 1]) &&
         i - link.begin < kLinkMax) {
    --link.begin;
  }
  while (is_link_char(at(t, link.end)) && link.end - i < kLinkMax) ++link.end;
  while (link.begin < i && is_one_of(t[link.begin], ".:-?")) ++link.begin;
  while (link.end > i && is_one_of(t[link.end - 1], ".:-?")) --link.end;
  return link;
}

bool is_told(std::string_view t, Range link) {
  const Words& words = told_words(Saying::reversed);
  const size_t from = link.begin - std::min(link.begin, kReach);
  return words.found_in(t.substr(from, link.begin - from)) ||
         words.found_in(t.substr(link.end, kReach));
}

}  // namespace

bool may_be_reversed(std::string_view t, size_t i) {
  constexpr size_t kEndingMax = 8;
  size_t begin = i;
  while (begin > 0 && i - begin <= kEndingMax && is_letter(t[begin - 1])) {
    --begin;
  }
  const size_t size = i - begin;
  const bool parted =
      !is_alnum(before(t, begin)) && !is_one_of(before(t, begin), "._-");
  if (size < 2 || size > kEndingMax || !parted || !is_alnum(at(t, i + 1))) {
    return false;
  }
  const std::string_view written = t.substr(begin, size);
  return is_host_ending(std::string(written.rbegin(), written.rend()));
}

bool read_reversed_link(std::string_view t, size_t i, Respelling& out) {
  const Range link = link_around(t, i);
  if (link.end <= i + 1 || !is_told(t, link)) return false;
  const std::string_view written = t.substr(link.begin, link.end - link.begin);
  // "pot.org" stands as it is meant.
  if (is_host_ending(written.substr(written.rfind('.') + 1))) return false;
  out = {link.begin, link.end, std::string(written.rbegin(), written.rend()),
         How::turned};
  return true;
}

}  // namespace simwarden
