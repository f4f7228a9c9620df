// SPDX-License-Identifier: Apache-2.0
#include "contact/parted_names.h"

#include <algorithm>

#include "contact/ascii.h"
#include "contact/prefixes.h"

namespace simwarden {
namespace {

bool is_name_char(char c) {
  return is_alnum(c) || c == '_';
}

// "o_k" of "d-e-m-o_k-a".
bool is_joined(std::string_view letters) {
  for (size_t i = 1; i < letters.size(); ++i) {
    if (letters[i] != '_' && letters[i - 1] != '_') return false;
  }
  return true;
}

// Behind a space, a dash or brackets between two characters of a name.
size_t behind_apart(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 2;  // "】【"
  constexpr std::u32string_view kSigns = U" -[](){}【】「」";
  for (size_t n = 0; n < kSignsMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (kSigns.find(p.c) == kSigns.npos) break;
    i += p.size;
  }
  return i;
}

}  // namespace

size_t read_spaced_name(std::string_view t, size_t begin, size_t longest,
                        std::string& name) {
  constexpr size_t kApartMin = 3;
  size_t end = begin;
  bool tail = false;  // "_" stood behind some characters
  for (size_t i = begin; name.size() <= longest;) {
    const size_t piece = i;
    while (is_name_char(at(t, i))) ++i;
    const std::string_view letters = t.substr(piece, i - piece);
    const bool apart = letters.size() <= 1 || is_joined(letters);
    if (letters.empty() || (!apart && !tail)) break;
    name += letters;
    end = i;
    tail = tail || (letters.back() == '_' && name.size() > kApartMin);
    const size_t next = behind_apart(t, i);
    if (!apart || next == i) break;
    i = next;
  }
  return end;
}

std::string_view dress_at(const Scene& scene, size_t i) {
  const std::string_view t = scene.text();
  const bool between = at(t, i) == ' ' && is_name_char(before(t, i)) &&
                       is_name_char(at(t, i + 1));
  if (!between) return "";
  const std::string_view dress = scene.raw({i, i + 1});
  return std::any_of(dress.begin(), dress.end(), is_ascii) ? "" : dress;
}

}  // namespace simwarden
