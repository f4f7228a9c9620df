// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "scan/scanner.h"

// Conditions run their expressions on one short fact: only pattern sets matter.
namespace simwarden {
namespace looks {

void no_literal(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    if (site.set == nullptr || cost_of(site.text).waits) continue;
    findings.add(*site.file, site.place(0, site.text.size()),
                 fmt::format("this pattern of {} is run over every text",
                             site.set->name),
                 "nothing in it must be there");
  }
}

}  // namespace looks
}  // namespace simwarden
