// SPDX-License-Identifier: Apache-2.0
#include "contact/link_slips.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "link/hosts.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Signs and a space between the name and "//": "http(s) ://".
constexpr size_t kBetweenMax = 4;
constexpr std::string_view kBetween = " .:;-_|,*([{)]}>";
// What parts the letters of the name.
constexpr std::string_view kGaps = ".-*( ";

constexpr std::array<std::string_view, 5> kNames = {"https", "http", "hxxps",
                                                    "hxxp", "ttps"};

// Where `name` begins when its letters, at most a sign apart, end at `end`;
// npos when they do not.
size_t begin_of(std::string_view t, size_t end, std::string_view name) {
  size_t i = end;
  for (size_t k = name.size(); k-- > 0;) {
    const bool gap = k + 1 < name.size() && is_one_of(before(t, i), kGaps);
    if (gap) --i;
    if (before(t, i) != name[k]) return t.npos;
    --i;
  }
  return i;
}

UChar32 letter_at(std::string_view t, size_t i) {
  return static_cast<UChar32>(code_point_at(t, i).c);
}

}  // namespace

SlippedScheme slipped_scheme(std::string_view t, size_t slash) {
  size_t end = slash;
  while (slash - end < kBetweenMax && is_one_of(before(t, end), kBetween)) {
    --end;
  }
  for (const std::string_view name : kNames) {
    const size_t begin = begin_of(t, end, name);
    if (begin != t.npos) return {begin, true, true};
  }
  const bool colon = before(t, slash) == ':' &&
                     (slash == 1 || is_one_of(before(t, slash - 1), " ([\"'"));
  return colon ? SlippedScheme{slash - 1, true, false} : SlippedScheme{};
}

size_t sentence_begin(const Scene& scene, Range host) {
  // No further than the host: a text may have very many without a dot.
  const std::string_view t = scene.text().substr(0, host.end);
  size_t last = t.find('.', host.begin);
  if (last == t.npos) return host.end;
  for (size_t dot = t.find('.', last + 1); dot != t.npos;
       last = dot, dot = t.find('.', dot + 1)) {
    if (!begins_sentence(scene, dot + 1)) continue;
    const std::string_view head = scene.raw({host.begin, dot});
    if (std::any_of(head.begin(), head.end(), is_capital)) return host.end;
    if (is_known_suffix(std::string(t.substr(last + 1, dot - last - 1)))) {
      return dot;
    }
  }
  return host.end;
}

bool begins_sentence(const Scene& scene, size_t i) {
  if (i >= scene.text().size()) return false;
  const std::string_view written = scene.raw({i, scene.text().size()});
  const size_t size = code_point_at(written, 0).size;
  return u_isupper(letter_at(written, 0)) != 0 &&
         u_islower(letter_at(written, size)) != 0;
}

bool is_place_in_source(std::string_view t, const UrlParts& parts) {
  return parts.port.end > parts.port.begin && parts.end == parts.port.end &&
         at(t, parts.end) == ':' && is_digit(at(t, parts.end + 1));
}

}  // namespace simwarden
