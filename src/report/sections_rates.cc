// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "report/buckets.h"
#include "report/sections_records.h"
#include "report/statistics.h"

// How often, of so many.
namespace simwarden {
namespace {

constexpr double kOf = 10'000;

struct FraudMonth {
  uint64_t requests = 0;
  uint64_t fraud = 0;
};

std::map<int64_t, FraudMonth> fraud_by_month(const RecordNumbers& records) {
  std::map<int64_t, FraudMonth> sums;
  for (const auto& [profile, months] : records.months) {
    for (const auto& [month, numbers] : months) {
      sums[month].requests += numbers.known;
      sums[month].fraud += numbers.fraud;
    }
  }
  return sums;
}

// Whether anybody ever says what was fraud and what not.
bool says_fraud(const Numbers& numbers) {
  if (numbers.people.stored > 0) return true;
  for (const auto& [profile, months] : numbers.records.months) {
    for (const auto& [month, of] : months) {
      if (of.with_fraud > 0) return true;
    }
  }
  return false;
}

void add_fraud(const Scribe& scribe, ReportSection& section) {
  const auto months = fraud_by_month(scribe.numbers().records);
  if (months.empty() || !says_fraud(scribe.numbers())) {
    section.items.emplace_back(scribe.missing("fraud_missing"));
    return;
  }
  ReportTable table = scribe.table(
      "fraud_by_month", {"month", "requests_known", "fraud", "fraud_share",
                         "low", "high", "per_10000"});
  for (const auto& [month, of] : months) {
    const Interval interval = wilson(of.fraud, of.requests);
    table.rows.push_back(
        {text_cell(month_text(month)), count_cell(of.requests),
         count_cell(of.fraud), share_cell(of.fraud, of.requests),
         share_cell(interval.low), share_cell(interval.high),
         number_cell(kOf * double(of.fraud) / double(of.requests))});
  }
  table.note = scribe.say("fraud_note");
  section.items.emplace_back(
      scribe.figure(Drawing::trend, "fraud_by_month", std::move(table)));
}

void add_per_lines(const Scribe& scribe, ReportSection& section) {
  const uint64_t lines = scribe.input.options.lines;
  if (lines == 0) {
    section.items.emplace_back(scribe.missing("key_missing"));
    return;
  }
  const Numbers& numbers = scribe.numbers();
  ReportTable table =
      scribe.table("per_lines", {"item", "requests_known", "per_10000_lines"});
  const auto row = [&](std::string_view id, uint64_t count) {
    table.rows.push_back({text_cell(scribe.say(id)), count_cell(count),
                          number_cell(kOf * double(count) / double(lines))});
  };
  row("rate.requests", numbers.totals[0].total());
  row("rate.stopped", numbers.totals[0].stopped());
  if (says_fraud(numbers)) {
    uint64_t fraud = 0;
    for (const auto& [month, of] : fraud_by_month(numbers.records)) {
      fraud += of.fraud;
    }
    row("rate.fraud", fraud);
  }
  table.rows_add_up = false;
  table.note = fmt::format(fmt::runtime(scribe.say("per_lines_note")),
                           scribe.say(lines));
  section.items.emplace_back(std::move(table));
}

}  // namespace

void add_rates(const Scribe& scribe, ReportSection& section) {
  add_fraud(scribe, section);
  add_per_lines(scribe, section);
}

}  // namespace simwarden
