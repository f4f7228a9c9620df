// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace looks {

void unchecked_list(const Reading& reading, Findings& findings) {
  for (const ListSite& site : reading.lists) {
    const NamedList& list = *site.list;
    if (list.status != "reviewed" || list.checked != "never") continue;
    findings.add(
        *site.file, site.root.find("checked")->place,
        fmt::format("{} is reviewed and was never checked", list.name));
  }
}

}  // namespace looks
}  // namespace simwarden
