// SPDX-License-Identifier: Apache-2.0
#include "report/lost_findings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "record/time.h"

namespace simwarden {

namespace {

// A purge of an older program does not say which days it took: all before its
// day may be gone.
bool took_of(const PurgeNumbers& purge, std::string_view from,
             std::string_view to) {
  if (purge.what != "verdicts" || purge.verdicts == 0) return false;
  const std::string& last =
      purge.last_day.empty() ? purge.before : purge.last_day;
  return (from.empty() || last >= from) &&
         (to.empty() || purge.first_day <= to);
}

}  // namespace

bool lost_verdicts(const Numbers& numbers, std::string_view from,
                   std::string_view to) {
  return std::any_of(
      numbers.purges.begin(), numbers.purges.end(),
      [&](const PurgeNumbers& purge) { return took_of(purge, from, to); });
}

void add_lost_verdicts(const Scribe& scribe, ReportSection& section) {
  const ReportPeriod& period = scribe.input.question.period;
  const auto text = [](const std::optional<int64_t>& day) {
    return day ? date_text(*day) : std::string();
  };
  if (!lost_verdicts(scribe.numbers(), text(period.first_day()),
                     text(period.last_day()))) {
    return;
  }
  section.items.emplace_back(scribe.missing("lost_verdicts"));
}

void add_lost_findings(const Scribe& scribe, ReportSection& section) {
  add_lost_verdicts(scribe, section);
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
