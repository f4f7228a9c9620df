// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mail/html.h"
#include "mail/words.h"

namespace simwarden {

std::string html_charset(std::string_view html) {
  constexpr size_t kLookedAt = 4096;
  const std::string front = small_letters(html.substr(0, kLookedAt));
  for (size_t meta = front.find("<meta"); meta != front.npos;
       meta = front.find("<meta", meta + 1)) {
    const size_t close = std::min(front.find('>', meta), front.size());
    const std::string_view tag =
        std::string_view(front).substr(meta, close - meta);
    const size_t name = tag.find("charset");
    if (name == tag.npos) continue;
    const size_t begin = tag.find_first_not_of(" ='\"\t\r\n", name + 7);
    if (begin == tag.npos) continue;
    const std::string_view rest = tag.substr(begin);
    return std::string(rest.substr(0, rest.find_first_of(" '\";/\t\r\n")));
  }
  return "";
}

}  // namespace simwarden
