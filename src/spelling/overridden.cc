// SPDX-License-Identifier: Apache-2.0
#include "spelling/overridden.h"

#include "diag/characters.h"

namespace simwarden {

std::vector<Respelling> respelled_overridden(const View& plain,
                                             std::string_view raw) {
  std::vector<Respelling> parts;
  for (const Span part : overridden_parts(plain, raw)) {
    const auto written =
        std::string_view(plain.text).substr(part.begin, part.size());
    parts.push_back(
        {part.begin, part.end, turned_around(written), How::turned});
  }
  return parts;
}

}  // namespace simwarden
