// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "record/time.h"

namespace simwarden {
namespace {

// Its entries were looked at when it was checked, else when it was written.
std::optional<int64_t> last_look(const NamedList& list) {
  const auto checked = parse_date(list.checked);
  return checked ? checked : parse_date(list.version);
}

}  // namespace

namespace looks {

void old_list(const Reading& reading, Findings& findings) {
  for (const ListSite& site : reading.lists) {
    const NamedList& list = *site.list;
    const auto last = last_look(list);
    if (list.review_every_days == 0 || !last) continue;
    const auto days = reading.as_of - *last;
    if (days <= int64_t{list.review_every_days}) continue;
    const bool checked = list.checked != "never";
    findings.add(
        *site.file, site.root.find(checked ? "checked" : "version")->place,
        fmt::format("{} is {} days old and was to be reviewed every {} days",
                    list.name, days, list.review_every_days),
        checked ? "last checked" : "never checked since");
  }
}

}  // namespace looks
}  // namespace simwarden
