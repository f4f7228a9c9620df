// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "diag/check.h"
#include "record/time.h"
#include "report/buckets.h"
#include "report/lost_findings.h"
#include "report/sections_people.h"

// Section 4: what authorities ask for, and what became of obligations.
namespace simwarden {
namespace {

constexpr std::string_view kFccProfile = "us-fcc";
constexpr std::string_view kNccProfile = "ng-ncc";

const std::map<int64_t, ActionCounts>* months_of(const Scribe& scribe,
                                                 std::string_view profile) {
  const auto& months = scribe.numbers().months;
  const auto found = months.find(std::string(profile));
  return found == months.end() ? nullptr : &found->second;
}

template <typename Month>
Month month_at(const std::map<std::string, std::map<int64_t, Month>>& months,
               std::string_view profile, int64_t month) {
  const auto found = months.find(std::string(profile));
  if (found == months.end()) return {};
  const auto at = found->second.find(month);
  return at == found->second.end() ? Month{} : at->second;
}

// What the records of a month say, where every one of them says it; a count of
// some would look like one of all.
struct MonthFacts {
  MonthNumbers records;
  uint64_t all = 0;
  bool decisions = false;  // the store holds some at all
  bool gone = false;       // verdicts of the time were deleted

  bool known() const { return !gone && records.known == all; }
  Cell of_all(uint64_t count) const { return when(!gone, count); }
  bool has_states() const { return known() && records.with_state == all; }
  Cell when(bool known, uint64_t count) const {
    return known ? count_cell(count) : not_stored();
  }
  // Whom policy stopped and the operator served: until somebody says what they
  // were, a 0 is no number for an authority.
  bool has_open_doubts() const {
    return has_states() && decisions &&
           records.doubts_settled < records.doubtful;
  }
  Cell fraudulent() const {
    const bool said =
        (decisions && !has_open_doubts()) || records.with_fraud == all;
    return when(has_states() && said, records.fraudulent);
  }
  // By decisions and by the records; how many of how many, the note says.
  Cell hours_to_remedy() const {
    if (!known()) return not_stored();
    if (records.remedied == 0) return decisions ? Cell{} : not_stored();
    return number_cell(records.remedy_hours / double(records.remedied));
  }
  bool has_unknown_remedies() const {
    return known() && records.remedied > 0 &&
           records.remedied < records.to_remedy;
  }
  Cell methods() const {
    if (!has_states()) return not_stored();
    std::string names;
    for (const std::string& method : records.methods) {
      names += (names.empty() ? "" : ", ") + method;
    }
    return text_or_none(names);
  }
  void add(const MonthFacts& more) {
    all += more.all;
    records.known += more.records.known;
    records.with_state += more.records.with_state;
    records.with_channel += more.records.with_channel;
    records.by_staff += more.records.by_staff;
    records.by_agents += more.records.by_agents;
    records.with_decision += more.records.with_decision;
    records.refused += more.records.refused;
    records.reported += more.records.reported;
    records.reported_in_time += more.records.reported_in_time;
  }
};

// What of these months is in the period; both are included.
bool lost_in(const Scribe& scribe, const std::string& from_month,
             const std::string& to_month) {
  std::string from = from_month + "-01";
  std::string to = to_month + "-31";
  const ReportPeriod& period = scribe.input.question.period;
  if (const auto day = period.first_day())
    from = std::max(from, date_text(*day));
  if (const auto day = period.last_day()) to = std::min(to, date_text(*day));
  return lost_verdicts(scribe.numbers(), from, to);
}

MonthFacts facts_of(const Scribe& scribe, std::string_view profile,
                    int64_t month, uint64_t all) {
  const Numbers& numbers = scribe.numbers();
  return {month_at(numbers.records.months, profile, month), all,
          numbers.people.stored > 0,
          lost_in(scribe, month_text(month), month_text(month))};
}

// Of those that are SIM changes. Which ones are is known where all say it.
MonthFacts changes_of(const Scribe& scribe, int64_t month, uint64_t all) {
  MonthFacts facts = facts_of(scribe, kFccProfile, month, all);
  const bool told = facts.known() && facts.records.with_type == all;
  facts.records =
      month_at(scribe.numbers().records.sim_changes, kFccProfile, month);
  facts.all = facts.records.known;
  facts.gone = !told;
  return facts;
}

// Which days of the row there are, where not all: of the report, else of the
// requests of the profile that the store holds.
Cell part_cell(const Scribe& scribe, std::string_view profile, int64_t first,
               int64_t last) {
  const ReportPeriod& period = scribe.input.question.period;
  const bool begins = period.begins_within(first, last);
  const bool ends = period.ends_within(first, last);
  const auto say = [&scribe](std::string_view id, std::string_view from,
                             std::string_view to) {
    return text_cell(fmt::format(fmt::runtime(scribe.say(id)), from, to));
  };
  if (begins || ends) {
    return say("part_of", period.begin_text(first, last),
               period.end_text(first, last));
  }
  const auto& spans = scribe.numbers().request_days;
  const auto span = spans.find(std::string(profile));
  if (span == spans.end()) return {};
  const int64_t from = std::max(first, span->second.first);
  const int64_t to = std::min(last, span->second.last);
  if (from == first && to == last) return {};
  return say("part_held", date_text(from), date_text(to));
}

// 47 CFR 64.2010(h)(8): what a carrier keeps for three years. One row a month.
ReportTable fcc_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "fcc",
      {"month", "sim_change_requests", "successful", "failed",
       "fraudulent_successful", "average_hours_to_remediate", "complaints",
       "authentication_methods", "held_or_refused", "part"});
  const auto* months = months_of(scribe, kFccProfile);
  if (months == nullptr) return table;
  uint64_t ends_before = 0;
  std::string averages;  // of some
  std::string doubts;
  for (const auto& [month, counts] : *months) {
    const MonthFacts facts = changes_of(scribe, month, counts.total());
    if (facts.has_open_doubts()) {
      doubts +=
          (doubts.empty() ? "" : ", ") +
          fmt::format(fmt::runtime(scribe.say("decided_of")), month_text(month),
                      facts.records.doubts_settled, facts.records.doubtful);
    }
    if (facts.has_unknown_remedies()) {
      averages += (averages.empty() ? "" : ", ") +
                  fmt::format(fmt::runtime(scribe.say("remedied_of")),
                              month_text(month), facts.records.remedied,
                              facts.records.to_remedy);
    }
    ends_before += facts.gone ? 0 : facts.records.ends_before;
    table.add(
        {text_cell(month_text(month)), facts.of_all(facts.all),
         facts.when(facts.has_states(), facts.records.successful),
         facts.when(facts.has_states(), facts.records.failed),
         facts.fraudulent(), facts.hours_to_remedy(),
         facts.when(facts.decisions && !facts.gone, facts.records.complaints),
         facts.methods(), facts.of_all(facts.records.stopped),
         part_cell(scribe, kFccProfile, first_day_of(month),
                   first_day_of(month + 1) - 1)});
  }
  table.note = scribe.say("fcc_note") + " " + scribe.say("part_note");
  if (!doubts.empty() && !scribe.input.options.publish) {
    table.note +=
        " " + fmt::format(fmt::runtime(scribe.say("decided_some")), doubts);
  }
  if (!averages.empty() && !scribe.input.options.publish) {
    table.note +=
        " " + fmt::format(fmt::runtime(scribe.say("remedied_some")), averages);
  }
  if (ends_before > 0 && !scribe.input.options.publish) {
    table.note += " " + fmt::format(fmt::runtime(scribe.say("remedied_before")),
                                    scribe.say(ends_before));
  }
  return table;
}

struct Quarter {
  ActionCounts counts;
  MonthFacts facts;
};

std::vector<Cell> quarter_row(const std::string& name, const Quarter& quarter) {
  const MonthFacts& facts = quarter.facts;
  std::vector<Cell> row = {text_cell(name),
                           facts.of_all(quarter.counts.total())};
  for (const uint64_t count : quarter.counts.by) {
    row.push_back(facts.of_all(count));
  }
  const bool by_whom =
      facts.has_states() && facts.records.with_channel == facts.all;
  row.push_back(facts.when(by_whom, facts.records.by_staff));
  row.push_back(facts.when(by_whom, facts.records.by_agents));
  const bool by_decision =
      facts.known() && facts.records.with_decision == facts.all;
  row.push_back(facts.when(by_decision, facts.records.refused));
  row.push_back(facts.when(facts.known() && facts.records.reported > 0,
                           facts.records.reported_in_time));
  return row;
}

// The NCC's quarterly audit of swaps. One row a quarter.
ReportTable ncc_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "ncc", {"quarter", "sim_swap_requests", "pass", "review", "hold",
              "refuse", "swaps_by_staff", "swaps_by_agents",
              "refused_by_operator", "refusals_reported_in_48_hours", "part"});
  const auto* months = months_of(scribe, kNccProfile);
  if (months == nullptr) return table;
  std::map<int64_t, Quarter> quarters;  // by its first month
  for (const auto& [month, counts] : *months) {
    Quarter& sum = quarters[month - (month % 3 + 3) % 3];
    for (size_t at = 0; at < counts.by.size(); ++at) {
      sum.counts.by[at] += counts.by[at];
    }
    sum.facts.add(facts_of(scribe, kNccProfile, month, counts.total()));
  }
  for (auto& [month, quarter] : quarters) {
    const std::string first = month_text(month);
    quarter.facts.gone = lost_in(scribe, first, month_text(month + 2));
    const std::string name = fmt::format("{}-Q{}", first.substr(0, 4),
                                         std::stoi(first.substr(5)) / 3 + 1);
    std::vector<Cell> row = quarter_row(name, quarter);
    row.push_back(part_cell(scribe, kNccProfile, first_day_of(month),
                            first_day_of(month + 3) - 1));
    table.add(std::move(row));
  }
  table.parts_begin = 2;
  table.parts_end = 6;
  table.note = scribe.say("ncc_note") + " " + scribe.say("part_note");
  return table;
}

bool holds_for(const Obligation& duty, const std::string& profile) {
  return duty.profiles.empty() ||
         std::find(duty.profiles.begin(), duty.profiles.end(), profile) !=
             duty.profiles.end();
}

bool is_in_force(const Obligation& duty, const Numbers& numbers) {
  return std::any_of(
      numbers.profiles.begin(), numbers.profiles.end(),
      [&duty](const auto& row) { return holds_for(duty, row.first); });
}

// What became of an obligation, and of how many records.
struct DutyNumbers {
  ControlNumbers counts;
  uint64_t records = 0;
  uint64_t without_findings = 0;   // beside them
  uint64_t found_in_messages = 0;  // of those not met

  uint64_t nothing_found() const {
    CHECK(records >= counts.all(), "a record counts once under an obligation");
    return records - counts.all();
  }
};

// Of requests or of messages under the profiles that it holds for.
DutyNumbers numbers_of_kind(const Obligation& duty, const Numbers& numbers,
                            size_t kind) {
  DutyNumbers sum;
  for (const auto& [profile, kinds] : numbers.profiles) {
    if (holds_for(duty, profile)) sum.records += kinds[kind].total();
  }
  for (const auto& [profile, kinds] : numbers.without_findings) {
    if (holds_for(duty, profile)) sum.without_findings += kinds[kind];
  }
  sum.records -= sum.without_findings;
  const auto found = numbers.controls.find(duty.reference());
  if (found == numbers.controls.end()) return sum;
  for (const auto& [profile, kinds] : found->second) {
    if (holds_for(duty, profile)) sum.counts.add(kinds[kind]);
  }
  return sum;
}

// Of the kinds of records that its rules ask about, or that a rule which is no
// more found something in.
DutyNumbers numbers_of(const Obligation& duty, const Numbers& numbers) {
  DutyNumbers sum;
  for (size_t kind = 0; kind < numbers.totals.size(); ++kind) {
    const DutyNumbers of = numbers_of_kind(duty, numbers, kind);
    const bool asks = kind == 0 ? duty.asks_requests : duty.asks_messages;
    if (!asks && of.counts.all() == 0) continue;
    sum.records += of.records;
    sum.without_findings += of.without_findings;
    sum.counts.add(of.counts);
    if (kind == 1) sum.found_in_messages = of.counts.not_met;
  }
  return sum;
}

std::string state_of(const Scribe& scribe, const Obligation& duty,
                     const DutyNumbers& of) {
  if (!duty.not_checkable.empty()) return scribe.say("duty.not_checkable");
  if (duty.rules.empty()) return scribe.say("duty.no_rule");
  if (of.records == 0 && of.without_findings > 0) {
    return scribe.say(scribe.numbers().purged > 0 ? "duty.findings_deleted"
                                                  : "duty.findings_not_kept");
  }
  if (of.records == 0) return scribe.say("duty.no_records");
  if (of.counts.not_met > of.found_in_messages) {
    return scribe.say("duty.not_met");
  }
  if (of.found_in_messages > 0) return scribe.say("duty.found_in_messages");
  if (of.counts.waived > 0) return scribe.say("duty.waived");
  if (of.counts.undetermined == of.records) {
    return scribe.say("duty.undetermined");
  }
  return scribe.say("duty.nothing_found");
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

void add_duties(const Scribe& scribe, ReportSection& section) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "obligations", {"control", "duty", "state", "checked", "not_met",
                      "undetermined", "waived", "nothing_found", "rules"});
  ReportTable open = scribe.table("not_checkable", {"control", "duty", "why"});
  for (const Obligation& duty : scribe.input.obligations.rows) {
    if (!is_in_force(duty, numbers)) continue;
    const Cell name = text_cell(duty.reference());
    if (!duty.not_checkable.empty()) {
      open.add({name, text_cell(duty.title), text_cell(duty.not_checkable)});
      continue;
    }
    const DutyNumbers of = numbers_of(duty, numbers);
    const ControlNumbers& counts = of.counts;
    const bool asked = of.records > 0 && !duty.rules.empty();
    table.add({name, text_cell(duty.title),
               text_cell(state_of(scribe, duty, of)),
               asked ? count_cell(of.records) : Cell{},
               asked ? count_cell(counts.not_met) : Cell{},
               asked ? count_cell(counts.undetermined) : Cell{},
               asked ? count_cell(counts.waived) : Cell{},
               asked ? count_cell(of.nothing_found()) : Cell{},
               text_cell(joined(duty.rules))});
  }
  table.rows_add_up = false;
  table.note = scribe.say("obligations_note");
  table.parts_begin = 4;
  table.parts_end = 8;
  const bool none = scribe.input.obligations.rows.empty();
  add_table(section, std::move(table),
            scribe.missing(none ? "no_obligations" : "none_in_force"));
  if (!open.rows.empty()) section.items.emplace_back(std::move(open));
}

}  // namespace

ReportSection write_authorities(const Scribe& scribe) {
  ReportSection section = scribe.section(4, "authorities");
  add_lost_findings(scribe, section);
  add_table(section, fcc_table(scribe), scribe.missing("no_fcc"));
  add_table(section, ncc_table(scribe), scribe.missing("no_ncc"));
  add_duties(scribe, section);
  section.items.emplace_back(scribe.missing("authorities_missing"));
  return section;
}

}  // namespace simwarden
