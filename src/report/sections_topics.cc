// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/lost_findings.h"
#include "report/sections_records.h"
#include "report/statistics.h"

// Sections 7 to 10: channel, verification, notice, velocity and collusion.
namespace simwarden {
namespace {

constexpr size_t kValueRowsMax = 100;
// Sources in a funnel plot; the table of section 2 names all.
constexpr size_t kUnitsMax = 300;

struct Unit {
  std::string name;
  ActionCounts counts;
};

// Sources of one name are one unit: a log that grew was read in several runs.
std::vector<Unit> units_of(const Numbers& numbers, size_t kind) {
  std::map<std::string, ActionCounts> sums;
  for (const SourceNumbers& source : numbers.sources) {
    const ActionCounts& counts = source.period[kind];
    if (counts.total() == 0) continue;
    ActionCounts& sum = sums[source.name];
    for (size_t at = 0; at < sum.by.size(); ++at) sum.by[at] += counts.by[at];
  }
  std::vector<Unit> units;
  units.reserve(sums.size());
  for (const auto& [name, counts] : sums) units.push_back({name, counts});
  std::stable_sort(units.begin(), units.end(),
                   [](const Unit& a, const Unit& b) {
                     return a.counts.total() > b.counts.total();
                   });
  return units;
}

std::string position_of(const Scribe& scribe, double share,
                        const Interval& inner, const Interval& outer) {
  if (share > outer.high) return scribe.say("above_998");
  if (share < outer.low) return scribe.say("below_998");
  if (share > inner.high) return scribe.say("above_95");
  if (share < inner.low) return scribe.say("below_95");
  return scribe.say("inside_95");
}

void add_funnel(const Scribe& scribe, size_t kind, ReportSection& section) {
  const std::vector<Unit> units = units_of(scribe.numbers(), kind);
  if (units.size() < 2) return;
  const ActionCounts& all = scribe.numbers().totals[kind];
  const double share = double(all.stopped()) / double(all.total());
  const std::string id = kind == 0 ? "funnel_requests" : "funnel_messages";
  ReportTable table =
      scribe.table(id, {"source", "records", "stopped", "stopped_share",
                        "low_95", "high_95", "low_998", "high_998", "state"});
  table.personal = true;
  for (size_t i = 0; i < units.size() && i < kUnitsMax; ++i) {
    const uint64_t volume = units[i].counts.total();
    const uint64_t stopped = units[i].counts.stopped();
    const Interval inner = control_limits(share, volume, kZ95);
    const Interval outer = control_limits(share, volume, kZ998);
    const double own = double(stopped) / double(volume);
    table.add({text_cell(units[i].name), count_cell(volume),
               count_cell(stopped), share_cell(own), share_cell(inner.low),
               share_cell(inner.high), share_cell(outer.low),
               share_cell(outer.high),
               text_cell(position_of(scribe, own, inner, outer))});
  }
  table.note = scribe.say("funnel_note");
  section.items.emplace_back(
      scribe.figure(Drawing::funnel, id, std::move(table)));
}

// A number has another pseudonym under every key.
void note_keys(const Scribe& scribe, ReportSection& section) {
  std::set<std::string> keys;
  for (const RunNumbers& run : scribe.numbers().runs) keys.insert(run.key_id);
  if (keys.size() < 2) return;
  section.items.emplace_back(Paragraph{fmt::format(
      fmt::runtime(scribe.say("several_keys")), scribe.say(keys.size()))});
}

void add_repeats(const Scribe& scribe, ReportSection& section) {
  const auto& repeats = scribe.numbers().repeats;
  // 1, 2, 3, 4, 5 and more.
  constexpr uint64_t kLast = 5;
  ReportTable table =
      scribe.table("repeats", {"requests_of_number", "numbers"});
  for (uint64_t times = 1; times <= kLast; ++times) {
    uint64_t numbers = 0;
    for (const auto& [of, count] : repeats) {
      if (of == times || (times == kLast && of > kLast)) numbers += count;
    }
    table.add({text_cell(times == kLast ? "≥ 5" : fmt::format("{}", times)),
               count_cell(numbers)});
  }
  if (repeats.empty()) return;
  table.note = scribe.say("repeats_note");
  section.items.emplace_back(
      scribe.figure(Drawing::histogram, "repeats", std::move(table)));
}

// Values of facts that begin with one of `facts`, as findings name them.
ReportTable values_of_facts(const Scribe& scribe, std::string_view id,
                            std::initializer_list<std::string_view> facts) {
  ReportTable table = scribe.table(id, {"fact", "value", "records"});
  size_t group = 0;
  for (const auto& [fact, values] : scribe.numbers().values) {
    ++group;
    const bool wanted = std::any_of(facts.begin(), facts.end(),
                                    [&fact = fact](std::string_view start) {
                                      return fact.starts_with(start);
                                    });
    if (!wanted) continue;
    std::vector<std::pair<std::string, uint64_t>> sorted(values.begin(),
                                                         values.end());
    std::stable_sort(
        sorted.begin(), sorted.end(),
        [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [value, records] : sorted) {
      if (table.rows.size() == kValueRowsMax) break;
      table.groups.push_back(group);
      table.add({text_cell(fact), text_cell(scribe.say_value(value)),
                 count_cell(records)});
    }
  }
  table.note = scribe.say("values_note");
  return table;
}

}  // namespace

ReportSection write_channels(const Scribe& scribe) {
  ReportSection section = scribe.section(7, "channels");
  add_lost_findings(scribe, section);
  add_found(scribe, section,
            rules_of_families(scribe, "channel_rules", {"channel", "delivery"}),
            "no_findings");
  add_found(scribe, section,
            values_of_facts(scribe, "channel_values", {"request.channel."}),
            "no_values");
  add_channel_shares(scribe, section);
  add_flow(scribe, section);
  return section;
}

ReportSection write_verification(const Scribe& scribe) {
  ReportSection section = scribe.section(8, "verification");
  add_lost_findings(scribe, section);
  add_found(scribe, section,
            rules_of_families(scribe, "verification_rules",
                              {"identity", "representation", "authentication"}),
            "no_findings");
  add_found(scribe, section,
            values_of_facts(scribe, "verification_values",
                            {"request.identity.", "request.auth."}),
            "no_values");
  add_verification_shares(scribe, section);
  return section;
}

ReportSection write_notice(const Scribe& scribe) {
  ReportSection section = scribe.section(9, "notice");
  add_lost_findings(scribe, section);
  add_found(scribe, section,
            rules_of_families(scribe, "notice_rules",
                              {"notification", "controls", "porting"}),
            "no_findings");
  add_notices(scribe, section);
  add_ports(scribe, section);
  return section;
}

ReportSection write_velocity(const Scribe& scribe) {
  ReportSection section = scribe.section(10, "velocity");
  add_lost_findings(scribe, section);
  add_found(
      scribe, section,
      rules_of_families(scribe, "velocity_rules", {"velocity", "collusion"}),
      "no_findings");
  add_repeats(scribe, section);
  note_keys(scribe, section);
  for (size_t kind = 0; kind < 2; ++kind) add_funnel(scribe, kind, section);
  ReportTable agents =
      values_of_facts(scribe, "agent_values", {"request.agent."});
  agents.personal = true;
  add_found(scribe, section, std::move(agents), "no_values");
  add_units(scribe, section);
  return section;
}

}  // namespace simwarden
