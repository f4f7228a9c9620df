// SPDX-License-Identifier: Apache-2.0
#include "contact/overridden.h"

#include <algorithm>

#include "contact/ascii.h"
#include "diag/characters.h"

namespace simwarden {
namespace {

constexpr std::string_view kOverride = "\xE2\x80\xAE";  // U+202E
constexpr std::string_view kPop = "\xE2\x80\xAC";       // U+202C
// More is a page in a script that runs so, or nobody's to read.
constexpr size_t kPartMax = 1024;

// To the sign that ends it, the next override or the end of the line.
size_t part_end(std::string_view raw, size_t begin) {
  const std::string_view rest = raw.substr(begin, kPartMax + kPop.size());
  const size_t end =
      std::min({rest.find(kPop), rest.find(kOverride), rest.find('\n')});
  return end == rest.npos ? begin + rest.size() : begin + end;
}

// Hebrew, Arabic and their neighbours: U+0590 to U+08FF.
bool runs_leftwards(std::string_view part) {
  for (size_t i = 0; i < part.size();) {
    const CodePoint p = code_point_at(part, i);
    if (p.c >= 0x590 && p.c <= 0x8FF) return true;
    i += p.size;
  }
  return false;
}

}  // namespace

std::vector<Respelling> overridden_parts(const View& plain,
                                         std::string_view raw) {
  std::vector<Respelling> parts;
  for (size_t i = raw.find(kOverride); i != raw.npos;
       i = raw.find(kOverride, i)) {
    i += kOverride.size();
    const size_t end = part_end(raw, i);
    const Span shown =
        plain.shown({static_cast<uint32_t>(i), static_cast<uint32_t>(end)});
    const std::string_view part =
        std::string_view(plain.text).substr(shown.begin, shown.size());
    const bool apart = parts.empty() || parts.back().end <= shown.begin;
    if (!apart || part.size() < 2 || end - i > kPartMax) continue;
    if (runs_leftwards(part)) continue;
    parts.push_back({shown.begin, shown.end, turned_around(part), How::turned});
  }
  return parts;
}

}  // namespace simwarden
