// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <fmt/format.h>

#include "record/person.h"
#include "report/sections_people.h"
#include "report/statistics.h"

// Sections 12 to 16: what people do with the verdicts, and the words.
namespace simwarden {
namespace {

// Sizes of samples, and errors found in them, that the manual speaks of:
// without an error 59 show, at 95 % confidence, less than 5 %, 299 less than
// 1 %.
constexpr uint64_t kSizes[] = {25, 59, 299};
constexpr uint64_t kErrorsMax = 3;
// Purges and openings shown, the newest; the store holds the others.
constexpr size_t kPurgesMax = 500;

ReportTable plan_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "sampling", {"stratum", "population", "sample", "error_rate_below"});
  for (size_t at = kActionNames.size(); at-- > 0;) {
    const uint64_t size = numbers.samples[at].size();
    table.add({text_cell(scribe.say(kActionNames[at])),
               count_cell(numbers.strata[at]), count_cell(size),
               size == 0 ? Cell{} : share_cell(wilson(0, size).high)});
  }
  // Only the strata add up.
  table.groups = {0, 0, 0, 0, 1, 2};
  const auto row = [&](std::string_view id, uint64_t all, uint64_t shown) {
    const std::string some = std::string(id) + (shown < all ? "_some" : "");
    table.add({text_cell(scribe.say(some)), count_cell(all), count_cell(shown),
               Cell{}});
  };
  // Not drawn: all of them, as far as their own tables show them.
  row("stratum.critical", numbers.critical, numbers.cases.size());
  const OverrideNumbers& overrides = numbers.records.overrides;
  row("stratum.overrides", overrides.used, overrides.log.size());
  table.note = fmt::format(fmt::runtime(scribe.say("sampling_note")),
                           scribe.input.question.seed);
  return table;
}

// The columns are those that `audit decide --from` reads back: outcomes stand
// in it as the store has them, in no language.
ReportTable sample_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table =
      scribe.table("sample", {"stratum", "source", "line", "record",
                              "verdict_id", "decided_by", "outcome", "note"});
  table.personal = true;
  const auto row = [&](std::string_view stratum, const auto& item) {
    table.add({text_cell(scribe.say(stratum)),
               text_cell(numbers.sources[size_t(item.source)].name),
               count_cell(item.line), text_or_none(item.record_id),
               text_cell(verdict_label(numbers, item.verdict_id)),
               text_or_none(item.decided.reviewer),
               text_or_none(item.decided.review),
               text_or_none(item.decided.review_note)});
  };
  std::set<int64_t> drawn;
  for (size_t at = kActionNames.size(); at-- > 0;) {
    for (const SampleItem& item : numbers.samples[at]) {
      drawn.insert(item.verdict_id);
      row(kActionNames[at], item);
    }
  }
  for (const CriticalCase& item : numbers.cases) {
    if (!drawn.contains(item.verdict_id)) row("stratum.beside", item);
  }
  table.note = scribe.say("sample_note");
  return table;
}

ReportTable wilson_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "wilson", {"sample", "errors", "error_share", "low", "high"});
  for (const uint64_t size : kSizes) {
    for (uint64_t errors = 0; errors <= kErrorsMax; ++errors) {
      const Interval interval = wilson(errors, size);
      // Numbers of the method, not of records: nothing to hide in them.
      table.add({text_cell(fmt::format("{}", size)),
                 text_cell(fmt::format("{}", errors)),
                 share_cell(double(errors) / double(size)),
                 share_cell(interval.low), share_cell(interval.high)});
    }
  }
  table.note = scribe.say("wilson_note");
  return table;
}

ReportTable waiver_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("waivers", {"waiver", "rule", "asked_by", "approved_by",
                               "eyes", "why", "until", "records"});
  table.personal = true;
  for (const auto& [key, waiver] : scribe.numbers().waivers) {
    const bool own = same_person(waiver.asked_by, waiver.approved_by);
    table.add({text_cell(key.substr(0, key.find('\n'))), text_cell(waiver.rule),
               text_cell(waiver.asked_by), text_cell(waiver.approved_by),
               text_or_none(own ? scribe.say("approved_own") : ""),
               text_cell(waiver.why), text_cell(waiver.until),
               count_cell(waiver.records)});
  }
  return table;
}

// "13 months" in the language of the report; a text that is no age as it is.
std::string age_text(const Scribe& scribe, const std::string& text) {
  const auto age = parse_age(text);
  if (!age || scribe.language() == "en") return text;
  constexpr std::string_view kWords[] = {"age.days", "age.months", "age.years"};
  return fmt::format(fmt::runtime(scribe.say(kWords[size_t(age->unit)])),
                     age->number);
}

std::string last_keep(const Scribe& scribe, size_t at) {
  std::string keep;
  for (const PurgeNumbers& purge : scribe.numbers().purges) {
    if (purge.what == kRetentionClasses[at].name && !purge.keep.empty()) {
      keep = purge.keep;
    }
  }
  return keep;
}

// What was ordered on the command line; else what the last purge was told.
std::string kept_for(const Scribe& scribe, size_t at) {
  if (at >= kAgedClassCount) return scribe.say("own_day");
  const auto& age = scribe.input.options.retention.ages[at];
  return age_text(scribe, age ? text_of(*age) : last_keep(scribe, at));
}

// The same as an age, where it is one.
std::optional<Age> age_of(const Scribe& scribe, size_t at) {
  const auto& age = scribe.input.options.retention.ages[at];
  return age ? age : parse_age(last_keep(scribe, at));
}

// On the day of the report something is there that should have gone.
bool is_overdue(const Scribe& scribe, size_t at) {
  const Numbers& numbers = scribe.numbers();
  const auto today = parse_date(scribe.as_of().substr(0, 10));
  if (!today) return false;
  if (at >= kAgedClassCount) {
    const auto until = parse_date(numbers.first_until);
    return until && *until < *today;
  }
  const auto oldest = parse_date(numbers.oldest[at]);
  const auto age = age_of(scribe, at);
  return oldest && age && *oldest < day_before(*today, *age);
}

ReportTable retention_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "retention",
      {"class", "holds", "kept_for", "oldest", "overdue", "last_purge"});
  for (size_t at = 0; at < kRetentionClassCount; ++at) {
    const std::string name(kRetentionClasses[at].name);
    const std::string keep = kept_for(scribe, at);
    const std::string& oldest = numbers.oldest[at];
    std::string last;
    for (const PurgeNumbers& purge : numbers.purges) {
      if (purge.what == name) last = purge.at;
    }
    table.add(
        {text_cell(name), text_cell(scribe.say("holds." + name)),
         text_or_none(keep), text_or_none(oldest),
         text_or_none(is_overdue(scribe, at) ? scribe.say("overdue") : ""),
         text_or_none(last)});
  }
  table.note = scribe.say("retention_note");
  return table;
}

ReportTable purge_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("purges", {"purged_at", "class", "events_from", "events_to",
                              "before", "kept_for", "early", "blocks",
                              "records", "unreadable", "who", "why"});
  const auto& purges = scribe.numbers().purges;
  const size_t first =
      purges.size() > kPurgesMax ? purges.size() - kPurgesMax : 0;
  for (size_t at = first; at < purges.size(); ++at) {
    const PurgeNumbers& purge = purges[at];
    // Who: of staff, and nobody's business outside.
    table.add(
        {text_cell(purge.at), text_cell(purge.what),
         text_or_none(purge.first_day), text_or_none(purge.last_day),
         text_cell(purge.before), text_or_none(age_text(scribe, purge.keep)),
         text_or_none(takes_younger(purge.at, purge.before, purge.keep)
                          ? scribe.say("early")
                          : ""),
         count_cell(purge.blocks), count_cell(purge.verdicts),
         count_cell(purge.errors),
         scribe.input.options.publish ? Cell{} : text_cell(purge.who),
         scribe.input.options.publish
             ? Cell{}
             : text_cell(scribe.say_stored("purge_reason.", purge.reason))});
  }
  if (first > 0) {
    table.note =
        fmt::format(fmt::runtime(scribe.say("rows_left")), kPurgesMax, first);
  }
  return table;
}

ReportTable case_file_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "case_files",
      {"case", "opened_at", "who", "until", "texts", "texts_left"});
  table.personal = true;
  for (const CaseFileNumbers& file : scribe.numbers().case_files) {
    table.add({text_cell(file.number), text_cell(file.opened_at),
               text_cell(file.opened_by), text_cell(file.until),
               count_cell(file.texts), count_cell(file.left)});
  }
  return table;
}

ReportTable opening_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("case_openings", {"read_at", "case", "who", "why", "texts"});
  table.personal = true;
  const auto& openings = scribe.numbers().openings;
  const size_t first =
      openings.size() > kPurgesMax ? openings.size() - kPurgesMax : 0;
  for (size_t at = first; at < openings.size(); ++at) {
    const OpeningNumbers& opening = openings[at];
    table.add({text_cell(opening.at), text_cell(opening.number),
               text_cell(opening.who), text_cell(opening.why),
               count_cell(opening.texts)});
  }
  if (first > 0) {
    table.note =
        fmt::format(fmt::runtime(scribe.say("rows_left")), kPurgesMax, first);
  }
  return table;
}

ReportTable glossary_table(const Scribe& scribe) {
  ReportTable table = scribe.table("glossary", {"term", "meaning"});
  for (const char* term :
       {"pass", "review", "hold", "refuse", "hit", "undetermined",
        "not_recorded", "waived", "shadow", "ruleset", "digest", "subject",
        "stopped", "complete"}) {
    table.add({text_cell(scribe.say(term)),
               text_cell(scribe.say(fmt::format("meaning.{}", term)))});
  }
  return table;
}

}  // namespace

ReportSection write_sampling(const Scribe& scribe) {
  ReportSection section = scribe.section(12, "sampling");
  section.items.emplace_back(plan_table(scribe));
  add_table(section, sample_table(scribe), scribe.paragraph("no_records"));
  add_reviews(scribe, section);
  section.items.emplace_back(wilson_table(scribe));
  return section;
}

ReportSection write_waivers(const Scribe& scribe) {
  ReportSection section = scribe.section(13, "waivers");
  add_table(section, waiver_table(scribe), scribe.paragraph("no_waivers"));
  return section;
}

ReportSection write_retention(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportSection section = scribe.section(15, "retention");
  if (!numbers.days.empty()) {
    section.items.emplace_back(
        Paragraph{fmt::format(fmt::runtime(scribe.say("retention_span")),
                              date_text(numbers.days.begin()->first),
                              date_text(numbers.days.rbegin()->first))});
  }
  section.items.emplace_back(retention_table(scribe));
  add_table(section, purge_table(scribe), scribe.paragraph("no_purges"));
  for (ReportTable table : {case_file_table(scribe), opening_table(scribe)}) {
    if (!table.rows.empty()) section.items.emplace_back(std::move(table));
  }
  return section;
}

ReportSection write_glossary(const Scribe& scribe) {
  ReportSection section = scribe.section(16, "glossary");
  section.items.emplace_back(glossary_table(scribe));
  for (const char* id : {"limits_advice", "limits_personal", "limits_policy",
                         "limits_duties", "limits_time"}) {
    section.items.emplace_back(scribe.paragraph(id));
  }
  return section;
}

}  // namespace simwarden
