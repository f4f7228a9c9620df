// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace simwarden {

// `text` with what `made` makes of each of its lines; those after the first
// begin with `indent`.
inline std::string by_line(std::string_view text,
                           std::string (*made)(std::string_view),
                           std::string_view indent = {}) {
  std::string out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) out.append("\n").append(indent);
    out += made(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace simwarden
