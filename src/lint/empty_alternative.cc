// SPDX-License-Identifier: Apache-2.0
#include "lint/findings.h"

namespace simwarden {
namespace looks {

void empty_alternative(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    for (const Alternatives& group : alternatives_of(site.pieces)) {
      if (group.size() < 2) continue;
      for (size_t i = 0; i < group.size(); ++i) {
        if (group[i].first != group[i].last) continue;
        // The bar after it, or before it where it is the last.
        const size_t bar =
            i + 1 < group.size() ? group[i].last : group[i].first - 1;
        findings.add(
            *site.file, site.place(site.pieces[bar]),
            "beside this bar is nothing, which matches everywhere",
            i + 1 < group.size() ? "nothing before it" : "nothing after it");
      }
    }
  }
}

}  // namespace looks
}  // namespace simwarden
