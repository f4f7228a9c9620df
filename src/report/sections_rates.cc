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

bool has_decisions(const Numbers& numbers) {
  return numbers.people.stored > 0;
}

// What only the records say.
std::map<int64_t, FraudMonth> told_by_records(const RecordNumbers& records) {
  std::map<int64_t, FraudMonth> sums;
  for (const auto& [profile, months] : records.months) {
    for (const auto& [month, numbers] : months) {
      sums[month].requests += numbers.known;
      sums[month].fraud += numbers.fraud - numbers.decided_fraud;
    }
  }
  return sums;
}

// Where people decide, a request counts whether its facts are kept or not.
std::map<int64_t, FraudMonth> fraud_by_month(const Numbers& numbers) {
  std::map<int64_t, FraudMonth> sums = told_by_records(numbers.records);
  if (!has_decisions(numbers)) return sums;
  for (auto& [month, of] : sums) of.requests = 0;
  for (const auto& [profile, months] : numbers.months) {
    for (const auto& [month, counts] : months) {
      sums[month].requests += counts.total();
    }
  }
  for (const auto& [profile, months] : numbers.people.months) {
    for (const auto& [month, of] : months) sums[month].fraud += of.fraud;
  }
  return sums;
}

// Those without a time too.
uint64_t all_fraud(const Numbers& numbers) {
  uint64_t sum = 0;
  for (const auto& [month, of] : told_by_records(numbers.records)) {
    sum += of.fraud;
  }
  const auto& outcomes = numbers.people.outcomes;
  const auto decided = outcomes.find("fraud_confirmed");
  return sum + (decided == outcomes.end() ? 0 : decided->second[0]);
}

// Whether anybody ever says what was fraud and what not.
bool says_fraud(const Numbers& numbers) {
  if (has_decisions(numbers)) return true;
  for (const auto& [profile, months] : numbers.records.months) {
    for (const auto& [month, of] : months) {
      if (of.with_fraud > 0) return true;
    }
  }
  return false;
}

void add_fraud(const Scribe& scribe, ReportSection& section) {
  ReportTable table = scribe.table(
      "fraud_by_month", {"month", "requests_known", "fraud", "fraud_share",
                         "low", "high", "per_10000"});
  const auto months = fraud_by_month(scribe.numbers());
  if (months.empty() || !says_fraud(scribe.numbers())) {
    return say_unknown(scribe, "fraud_missing", section);
  }
  for (const auto& [month, of] : months) {
    if (of.requests == 0) continue;
    const Interval interval = wilson(of.fraud, of.requests);
    table.add({text_cell(month_text(month)), count_cell(of.requests),
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
    table.add({text_cell(scribe.say(id)), count_cell(count),
               number_cell(kOf * double(count) / double(lines))});
  };
  row("rate.requests", numbers.totals[0].total());
  row("rate.stopped", numbers.totals[0].stopped());
  if (says_fraud(numbers)) row("rate.fraud", all_fraud(numbers));
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
