// SPDX-License-Identifier: Apache-2.0
#include "mail/flowed.h"

#include <algorithm>

namespace simwarden {

std::string unflowed(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size());
  size_t depth_before = 0;  // of the line that flows into this one
  bool flows = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t depth = std::min(whole.find_first_not_of('>'), whole.size());
    std::string_view line = whole.substr(depth);
    if (line.starts_with(' ')) line.remove_prefix(1);  // stuffed
    const bool joined = flows && depth == depth_before;
    if (!joined) {
      if (!out.empty()) out += '\n';
      out.append(whole.substr(0, depth));
      if (depth > 0) out += ' ';
    }
    flows = line.ends_with(' ') && line != "-- ";
    if (flows && delete_space) line.remove_suffix(1);
    out.append(line);
    depth_before = depth;
  }
  return out;
}

}  // namespace simwarden
