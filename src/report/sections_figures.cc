// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "report/buckets.h"
#include "report/lost_findings.h"
#include "report/sections_people.h"
#include "report/sections_records.h"
#include "report/statistics.h"

// Section 3: the main figures.
namespace simwarden {
namespace {

ReportTable key_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "key_figures",
      {"kind", "records", "pass", "review", "hold", "refuse", "stopped_share",
       "low", "high", "previous_records", "previous_stopped_share"});
  table.parts_begin = 2;
  table.parts_end = 6;
  const bool previous = scribe.input.question.period.has_previous();
  for (size_t kind = 0; kind < numbers.totals.size(); ++kind) {
    const ActionCounts& now = numbers.totals[kind];
    const ActionCounts& then = numbers.previous[kind];
    const Interval interval = wilson(now.stopped(), now.total());
    std::vector<Cell> row = {text_cell(scribe.kind(kind)),
                             count_cell(now.total())};
    for (const uint64_t count : now.by) row.push_back(count_cell(count));
    row.push_back(share_cell(now.stopped(), now.total()));
    row.push_back(now.total() ? share_cell(interval.low) : Cell{});
    row.push_back(now.total() ? share_cell(interval.high) : Cell{});
    row.push_back(previous ? count_cell(then.total()) : Cell{});
    row.push_back(previous ? share_cell(then.stopped(), then.total()) : Cell{});
    table.add(std::move(row));
  }
  table.note = scribe.say("stopped_note");
  return table;
}

ReportTable profile_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("profiles", {"profile", "kind", "records", "pass", "review",
                                "hold", "refuse", "stopped_share"});
  table.parts_begin = 3;
  table.parts_end = 7;
  for (const auto& [profile, kinds] : scribe.numbers().profiles) {
    for (size_t kind = 0; kind < kinds.size(); ++kind) {
      const ActionCounts& counts = kinds[kind];
      if (counts.total() == 0) continue;
      std::vector<Cell> row = {text_cell(profile), text_cell(scribe.kind(kind)),
                               count_cell(counts.total())};
      for (const uint64_t count : counts.by) row.push_back(count_cell(count));
      row.push_back(share_cell(counts.stopped(), counts.total()));
      table.add(std::move(row));
      table.groups.push_back(kind);
    }
  }
  return table;
}

constexpr std::string_view kKindIds[] = {"requests", "messages"};

// Also CSV and JSON say what a row is of.
ReportColumn stretch_column(const Scribe& scribe, const Buckets& buckets) {
  constexpr const char* kIds[] = {"day", "week_from", "month", "year"};
  const auto at = size_t(buckets.stretch);
  return {kIds[at], scribe.say(fmt::format("stretch.{}", at))};
}

void add_by_day(const Scribe& scribe, const Buckets& buckets, size_t kind,
                ReportSection& section) {
  const std::string id = fmt::format("by_day_{}", kKindIds[kind]);
  ReportTable table =
      scribe.table(id, {"day", "records", "pass", "review", "hold", "refuse"});
  table.columns[0] = stretch_column(scribe, buckets);
  table.parts_begin = 2;
  table.parts_end = 6;
  for (const Bucket& bucket : buckets.rows) {
    const ActionCounts& counts = bucket.counts;
    std::vector<Cell> row = {text_cell(bucket.label),
                             count_cell(counts.total())};
    for (const uint64_t count : counts.by) row.push_back(count_cell(count));
    table.add(std::move(row));
  }
  section.items.emplace_back(
      scribe.figure(Drawing::actions_by_day, id, std::move(table)));
}

void add_trend(const Scribe& scribe, const Buckets& buckets, size_t kind,
               ReportSection& section) {
  const std::string id = fmt::format("trend_{}", kKindIds[kind]);
  ReportTable table = scribe.table(
      id, {"day", "records", "stopped", "stopped_share", "low", "high"});
  table.columns[0] = stretch_column(scribe, buckets);
  table.beside = fmt::format("by_day_{}", kKindIds[kind]);
  for (const Bucket& bucket : buckets.rows) {
    const ActionCounts& counts = bucket.counts;
    const uint64_t records = counts.total();
    const Interval interval = wilson(counts.stopped(), records);
    table.add({text_cell(bucket.label), count_cell(records),
               count_cell(counts.stopped()),
               share_cell(counts.stopped(), records),
               records ? share_cell(interval.low) : Cell{},
               records ? share_cell(interval.high) : Cell{}});
  }
  section.items.emplace_back(
      scribe.figure(Drawing::trend, id, std::move(table)));
}

void add_week(const Scribe& scribe, ReportSection& section) {
  ReportTable table = scribe.table("week", {"weekday"});
  for (int hour = 0; hour < 24; ++hour) {
    table.columns.push_back(
        {fmt::format("h{:02}", hour), fmt::format("{:02}", hour)});
  }
  const auto& week = scribe.numbers().week;
  for (size_t day = 0; day < week.size(); ++day) {
    std::vector<Cell> row = {
        text_cell(scribe.say(fmt::format("weekday.{}", day)))};
    for (const ActionCounts& counts : week[day]) {
      row.push_back(count_cell(counts.flagged()));
    }
    table.add(std::move(row));
  }
  section.items.emplace_back(
      scribe.figure(Drawing::week, "week", std::move(table)));
}

}  // namespace

ReportSection write_key_figures(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportSection section = scribe.section(3, "key_figures");
  add_lost_verdicts(scribe, section);
  section.items.emplace_back(key_table(scribe));
  add_table(section, profile_table(scribe), scribe.paragraph("no_records"));
  for (size_t kind = 0; kind < numbers.totals.size(); ++kind) {
    const Buckets buckets = make_buckets(numbers.days, kind);
    if (buckets.rows.empty()) continue;
    add_by_day(scribe, buckets, kind, section);
    add_trend(scribe, buckets, kind, section);
  }
  if (!numbers.days.empty()) add_week(scribe, section);
  add_requests(scribe, section);
  add_decisions(scribe, section);
  add_rates(scribe, section);
  return section;
}

}  // namespace simwarden
