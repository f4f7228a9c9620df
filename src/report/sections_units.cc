// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/sections_records.h"
#include "report/statistics.h"

// Agents and outlets against exact control limits.
namespace simwarden {
namespace {

// Rows of a funnel plot: the largest units, and beside them those outside the
// outer limits. What is smaller is one row.
constexpr size_t kUnitsShown = 300;
constexpr size_t kOutsideMax = 200;
constexpr size_t kTokenShown = 8;  // hexadecimal digits of a pseudonym

struct Limits {
  CountRange inner;
  CountRange outer;
};

struct UnitRow {
  std::string name;
  UnitNumbers numbers;
  Limits limits;

  double share() const {
    return double(numbers.stopped) / double(numbers.requests);
  }
  // Above or below what chance explains.
  bool is_outside() const {
    return numbers.stopped > limits.outer.high ||
           numbers.stopped < limits.outer.low;
  }
  std::string_view state() const {
    if (numbers.stopped > limits.outer.high) return "above_998";
    if (numbers.stopped < limits.outer.low) return "below_998";
    if (numbers.stopped > limits.inner.high) return "above_95";
    if (numbers.stopped < limits.inner.low) return "below_95";
    return "inside_95";
  }
};

// "t1:5f0c2a91:7d1e0b6c9a4f3b28…" as "7d1e0b6c…": enough to find it again in
// the kept facts, few enough to read.
std::string shortened(const std::string& name) {
  const size_t at = name.rfind(':');
  const bool token = name.starts_with("t1:") && at != std::string::npos &&
                     name.size() - at - 1 > kTokenShown;
  return token ? name.substr(at + 1, kTokenShown) + "…" : name;
}

UnitNumbers sum_of(const Units& units) {
  UnitNumbers sum = units.others;
  for (const auto& [name, numbers] : units.known) {
    sum.requests += numbers.requests;
    sum.stopped += numbers.stopped;
  }
  return sum;
}

// The largest first.
std::vector<UnitRow> rows_of(const Units& units, double share) {
  std::map<uint64_t, Limits> of_volume;  // many units have the same
  std::vector<UnitRow> rows;
  for (const auto& [name, numbers] : units.known) {
    const uint64_t volume = numbers.requests;
    auto found = of_volume.find(volume);
    if (found == of_volume.end()) {
      const Limits made{binomial_range(share, volume, kTail95),
                        binomial_range(share, volume, kTail998)};
      found = of_volume.emplace(volume, made).first;
    }
    rows.push_back({name, numbers, found->second});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const UnitRow& a, const UnitRow& b) {
                     return a.numbers.requests > b.numbers.requests;
                   });
  return rows;
}

std::vector<Cell> cells_of(const Scribe& scribe, const UnitRow& unit) {
  const auto limit = [&unit](uint64_t count) {
    return share_cell(count, unit.numbers.requests);
  };
  return {text_cell(shortened(unit.name)),    count_cell(unit.numbers.requests),
          count_cell(unit.numbers.stopped),   share_cell(unit.share()),
          limit(unit.limits.inner.low),       limit(unit.limits.inner.high),
          limit(unit.limits.outer.low),       limit(unit.limits.outer.high),
          text_cell(scribe.say(unit.state()))};
}

ReportTable unit_table(const Scribe& scribe, const std::string& id,
                       std::string_view unit) {
  ReportTable table =
      scribe.table(id, {unit, "requests_known", "stopped", "stopped_share",
                        "low_95", "high_95", "low_998", "high_998", "state"});
  table.personal = true;
  return table;
}

// Those that are not shown, as one row without limits.
void add_rest(const Scribe& scribe, const UnitNumbers& rest,
              ReportTable& table) {
  if (rest.requests == 0) return;
  std::vector<Cell> row(table.columns.size());
  row[0] = text_cell(scribe.say("other_units"));
  row[1] = count_cell(rest.requests);
  row[2] = count_cell(rest.stopped);
  row[3] = share_cell(rest.stopped, rest.requests);
  table.add(std::move(row));
}

// By how much of a surprise it is, above first: for who has to look.
void add_outside(const Scribe& scribe, std::string_view unit,
                 std::vector<UnitRow> rows, ReportSection& section) {
  std::erase_if(rows, [](const UnitRow& row) { return !row.is_outside(); });
  std::stable_sort(
      rows.begin(), rows.end(),
      [](const UnitRow& a, const UnitRow& b) { return a.share() > b.share(); });
  ReportTable table =
      unit_table(scribe, fmt::format("{}s_outside", unit), unit);
  for (size_t i = 0; i < rows.size() && i < kOutsideMax; ++i) {
    table.add(cells_of(scribe, rows[i]));
  }
  table.note =
      fmt::format(fmt::runtime(scribe.say("units_outside_note")),
                  scribe.say(table.rows.size()), scribe.say(rows.size()));
  add_table(section, std::move(table),
            scribe.paragraph(fmt::format("no_{}s_outside", unit)));
}

void add_kind(const Scribe& scribe, std::string_view unit, const Units& units,
              ReportSection& section) {
  if (units.known.size() < 2) return;
  const UnitNumbers all = sum_of(units);
  const double share = double(all.stopped) / double(all.requests);
  const std::vector<UnitRow> rows = rows_of(units, share);
  const std::string id = fmt::format("funnel_{}s", unit);
  ReportTable table = unit_table(scribe, id, unit);
  UnitNumbers rest = units.others;
  size_t outside = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool beside = rows[i].is_outside() && outside < kOutsideMax;
    if (i < kUnitsShown || beside) {
      if (i >= kUnitsShown) ++outside;
      table.add(cells_of(scribe, rows[i]));
      continue;
    }
    rest.requests += rows[i].numbers.requests;
    rest.stopped += rows[i].numbers.stopped;
  }
  const size_t shown = table.rows.size();
  add_rest(scribe, rest, table);
  table.note =
      fmt::format(fmt::runtime(scribe.say("units_note")), scribe.say(shown),
                  scribe.say(rows.size()), scribe.say(kUnitsKnownMax));
  section.items.emplace_back(
      scribe.figure(Drawing::exact_funnel, id, std::move(table)));
  add_outside(scribe, unit, rows, section);
}

}  // namespace

void add_units(const Scribe& scribe, ReportSection& section) {
  const RecordNumbers& records = scribe.numbers().records;
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "velocity_missing", section);
  }
  add_coverage(scribe, section);
  add_kind(scribe, "agent", records.agents, section);
  add_kind(scribe, "outlet", records.outlets, section);
  add_clusters(scribe, section);
  add_overrides(scribe, section);
}

}  // namespace simwarden
