// SPDX-License-Identifier: Apache-2.0
// Text behind U+202E (right-to-left override), which programs show from its
// end.
#include <algorithm>

#include <unicode/utf8.h>

#include "diag/characters.h"
#include "text/views.h"

namespace simwarden {
namespace {

constexpr std::string_view kOverride = "\xE2\x80\xAE";  // U+202E
constexpr std::string_view kPop = "\xE2\x80\xAC";       // U+202C
// More is a page in a script that runs so, or nobody's to read.
constexpr size_t kPartMax = 1024;

// To the sign that ends it, the next override or the end of the line.
size_t part_end(std::string_view raw, size_t begin) {
  std::string_view rest = raw.substr(begin, kPartMax + kPop.size());
  // The nearer ones first: many overrides in a row are looked at once each.
  for (const std::string_view sign :
       {kOverride, kPop, std::string_view("\n")}) {
    rest = rest.substr(0, rest.find(sign));
  }
  return begin + rest.size();
}

// Hebrew, Arabic and their neighbours: U+0590 to U+08FF.
bool runs_leftwards(std::string_view part) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(part.data());
  const auto size = static_cast<int32_t>(part.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0x590 && c <= 0x8FF) return true;
  }
  return false;
}

}  // namespace

std::vector<Span> overridden_parts(const View& plain, std::string_view raw) {
  std::vector<Span> parts;
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
    if (!runs_leftwards(part)) parts.push_back(shown);
  }
  return parts;
}

std::optional<View> turn_overridden(const View& plain, std::string_view raw) {
  const std::vector<Span> parts = overridden_parts(plain, raw);
  if (parts.empty()) return std::nullopt;
  const std::string_view text = plain.text;
  View view;
  size_t done = 0;
  for (const Span part : parts) {
    if (part.begin > done) view.append(plain, done, part.begin);
    view.append(turned_around(text.substr(part.begin, part.size())),
                plain.original(part.begin, part.end));
    done = part.end;
  }
  if (done < text.size()) view.append(plain, done, text.size());
  return view;
}

}  // namespace simwarden
