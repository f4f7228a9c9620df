// SPDX-License-Identifier: Apache-2.0
#include "report/lost_findings.h"

#include <utility>

#include <fmt/format.h>

namespace simwarden {

void add_lost_findings(const Scribe& scribe, ReportSection& section) {
  const Numbers& numbers = scribe.numbers();
  if (numbers.with_findings() == numbers.counted()) return;
  // The difference may be a small count.
  section.items.emplace_back(
      scribe.input.options.publish
          ? scribe.missing("lost_findings_published")
          : Paragraph{fmt::format(fmt::runtime(scribe.say("lost_findings")),
                                  scribe.say(numbers.purged + numbers.not_kept),
                                  scribe.say(numbers.counted()),
                                  scribe.say(numbers.purged),
                                  scribe.say(numbers.not_kept),
                                  scribe.say(numbers.with_findings())),
                      true});
}

void add_found(const Scribe& scribe, ReportSection& section, ReportTable table,
               std::string_view none) {
  const Numbers& numbers = scribe.numbers();
  const bool unknown = numbers.counted() > 0 && numbers.with_findings() == 0;
  if (table.rows.empty() && unknown) return;
  add_table(section, std::move(table), scribe.paragraph(none));
}

}  // namespace simwarden
