// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "record/time.h"

namespace simwarden {
namespace looks {

void future_list(const Reading& reading, Findings& findings) {
  constexpr int64_t kDaysMax = 1;  // it is tomorrow in the east already
  for (const ListSite& site : reading.lists) {
    const auto checked = parse_date(site.list->checked);
    if (!checked || *checked <= reading.as_of + kDaysMax) continue;
    findings.add(*site.file, site.root.find("checked")->place,
                 fmt::format("{} was checked on a day to come, {}",
                             site.list->name, site.list->checked));
  }
}

}  // namespace looks
}  // namespace simwarden
