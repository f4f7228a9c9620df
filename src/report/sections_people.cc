// SPDX-License-Identifier: Apache-2.0
#include "report/sections_people.h"

#include <cmath>

#include <fmt/format.h>

#include "report/publish.h"
#include "report/statistics.h"
#include "store/decision.h"

namespace simwarden {
namespace {

// The value below which `share` of the ascending values lie (nearest rank).
// 0 of none.
double quantile(const std::vector<double>& ascending, double share) {
  if (ascending.empty()) return 0;
  const auto rank = size_t(std::ceil(share * double(ascending.size())));
  return ascending[rank == 0 ? 0 : rank - 1];
}

std::string said(const Scribe& scribe, std::string_view prefix,
                 const std::string& value) {
  return value.empty() ? "" : scribe.say_stored(prefix, value);
}

// The day of the report, for what is overdue.
std::string today_of(const Scribe& scribe) {
  return scribe.as_of().substr(0, 10);
}

// In the order in which a case goes its way.
constexpr std::string_view kOutcomeRows[] = {
    "approved", "refused",  "fraud_confirmed", "false_alarm", "complained",
    "appealed", "assigned", "remedied",        "agreed",      "disagreed"};

// What was missed is a part of what went against the verdict: the rest of that
// may be a small count.
void hide_small_rest(const Scribe& scribe, const PeopleNumbers& people,
                     std::vector<Cell>& missed) {
  if (!scribe.input.options.publish) return;
  for (const size_t kind : {0, 1}) {
    const uint64_t rest = people.overridden[kind] - people.missed[kind];
    if (people.missed[kind] > 0 && is_small_count(double(rest))) {
      missed[1 + kind] = hidden_cell("*");
    }
  }
}

ReportTable outcome_table(const Scribe& scribe) {
  const PeopleNumbers& people = scribe.numbers().people;
  const ByKind& totals = scribe.numbers().totals;
  const uint64_t all = totals[0].total() + totals[1].total();
  ReportTable table =
      scribe.table("decisions", {"outcome", "request", "message", "per_10000"});
  const auto row = [&](const std::string& name, uint64_t requests,
                       uint64_t messages) {
    table.add({text_cell(name), count_cell(requests), count_cell(messages),
               all == 0 ? Cell{}
                        : number_cell(10000.0 * double(requests + messages) /
                                      double(all))});
  };
  for (const std::string_view outcome : kOutcomeRows) {
    const auto found = people.outcomes.find(std::string(outcome));
    if (found == people.outcomes.end()) continue;
    row(scribe.say(fmt::format("outcome.{}", outcome)), found->second[0],
        found->second[1]);
  }
  row(scribe.say("taken_back"), people.taken_back[0], people.taken_back[1]);
  row(scribe.say("overridden"), people.overridden[0], people.overridden[1]);
  row(scribe.say("missed"), people.missed[0], people.missed[1]);
  hide_small_rest(scribe, people, table.rows.back());
  row(scribe.say("one_person"), people.one_person[0], people.one_person[1]);
  const auto undecided = [&](size_t kind) {
    const auto& decided = people.decided[kind];
    const uint64_t of = totals[kind].stopped();
    const uint64_t done = decided[2] + decided[3];
    return of > done ? of - done : 0;
  };
  row(scribe.say("undecided"), undecided(0), undecided(1));
  table.rows_add_up = false;
  table.note = scribe.say("decisions_note");
  return table;
}

void add_remedy(const Scribe& scribe, ReportSection& section) {
  const PeopleNumbers& people = scribe.numbers().people;
  const std::vector<double>& hours = people.hours_to_remedy;
  if (hours.empty() && people.remedied_before == 0) return;
  double sum = 0;
  for (const double each : hours) sum += each;
  ReportTable table =
      scribe.table("remedy", {"records", "average_hours", "median_hours",
                              "hours_95", "told_later", "ends_before"});
  const auto measure = [&hours](double value) {
    return hours.empty() ? Cell{} : number_cell(value);
  };
  table.add({count_cell(hours.size()), measure(sum / double(hours.size())),
             measure(quantile(hours, 0.5)), measure(quantile(hours, 0.95)),
             count_cell(people.told_later),
             count_cell(people.remedied_before)});
  table.note = scribe.say("remedy_note");
  section.items.emplace_back(std::move(table));
}

// What the period does not show; the difference may be a small count.
void add_elsewhere(const Scribe& scribe, ReportSection& section) {
  const PeopleNumbers& people = scribe.numbers().people;
  const bool publish = scribe.input.options.publish;
  if (publish || people.stored == people.counted) return;
  section.items.emplace_back(Paragraph{
      fmt::format(fmt::runtime(scribe.say("decisions_elsewhere")),
                  scribe.say(people.counted), scribe.say(people.stored))});
}

// How often who was caught by a rule was a fraud.
std::vector<Cell> found_row(const std::string& name, Cell title, Cell hits,
                            const FoundNumbers& found) {
  const Interval interval = wilson(found.frauds, found.all());
  return {text_cell(name),
          std::move(title),
          std::move(hits),
          count_cell(found.all()),
          count_cell(found.frauds),
          count_cell(found.false_alarms),
          share_cell(found.frauds, found.all()),
          share_cell(interval.low),
          share_cell(interval.high)};
}

ReportTable log_table(const Scribe& scribe) {
  const PeopleNumbers& people = scribe.numbers().people;
  ReportTable table =
      scribe.table("remediation", {"decided_at", "told_at", "verdict_id",
                                   "record", "action", "outcome", "taken_back",
                                   "decided_by", "owner", "due", "note"});
  table.personal = true;
  for (const DecisionNote& note : people.log) {
    table.add({text_cell(note.decided_at),
               is_told_later(note.decided_at, note.stored_at)
                   ? text_cell(note.stored_at)
                   : Cell{},
               text_cell(verdict_label(scribe.numbers(), note.verdict_id)),
               text_or_none(note.record_id),
               text_cell(scribe.say(name_of(note.action))),
               text_cell(said(scribe, "outcome.", note.outcome)),
               text_or_none(said(scribe, "outcome.", note.taken_back)),
               text_cell(note.decided_by), text_or_none(note.owner),
               text_or_none(note.due), text_or_none(note.note)});
  }
  table.note =
      fmt::format(fmt::runtime(scribe.say("remediation_note")),
                  scribe.say(people.log.size()), scribe.say(people.logged));
  return table;
}

ReportTable open_table(const Scribe& scribe) {
  const PeopleNumbers& people = scribe.numbers().people;
  const std::string today = today_of(scribe);
  ReportTable table = scribe.table(
      "open_actions", {"due", "owner", "verdict_id", "record", "action",
                       "outcome", "decided_at", "decided_by", "state"});
  table.personal = true;
  for (const PeopleNumbers::OpenAction& open : people.open) {
    const CaseState& state = open.state;
    const bool overdue = !state.due.empty() && state.due < today;
    table.add({text_or_none(state.due), text_or_none(state.owner),
               text_cell(verdict_label(scribe.numbers(), open.verdict_id)),
               text_or_none(open.record_id),
               text_cell(scribe.say(name_of(open.action))),
               text_cell(said(scribe, "outcome.", state.outcome)),
               text_cell(state.decided_at), text_cell(state.decided_by),
               text_cell(scribe.say(overdue ? "overdue" : "case.open"))});
  }
  table.note = fmt::format(
      fmt::runtime(scribe.say("open_note")), scribe.say(people.open.size()),
      scribe.say(people.opened), today.empty() ? "–" : today);
  return table;
}

}  // namespace

void add_decisions(const Scribe& scribe, ReportSection& section) {
  if (scribe.numbers().people.stored == 0) {
    section.items.emplace_back(scribe.missing("decisions_missing"));
    return;
  }
  section.items.emplace_back(outcome_table(scribe));
  add_remedy(scribe, section);
  add_elsewhere(scribe, section);
}

void add_case_decisions(const Scribe& scribe, ReportSection& section) {
  if (scribe.numbers().people.stored == 0) {
    section.items.emplace_back(scribe.missing("decisions_missing"));
    return;
  }
  ReportTable table = scribe.table(
      "case_decisions", {"verdict_id", "record", "action", "outcome",
                         "decided_by", "decided_at", "owner", "due", "state"});
  table.personal = true;
  for (const CriticalCase& found : scribe.numbers().cases) {
    const CaseState& state = found.decided;
    table.add(
        {text_cell(verdict_label(scribe.numbers(), found.verdict_id)),
         text_or_none(found.record_id),
         text_cell(scribe.say(name_of(found.action))),
         text_or_none(said(scribe, "outcome.", state.outcome)),
         text_or_none(state.decided_by), text_or_none(state.decided_at),
         text_or_none(state.owner), text_or_none(state.due),
         text_cell(scribe.say(state.state.empty() ? "undecided_case"
                                                  : "case." + state.state))});
  }
  if (!table.rows.empty()) section.items.emplace_back(std::move(table));
}

void add_appeals(const Scribe& scribe, ReportSection& section) {
  const Numbers& numbers = scribe.numbers();
  if (numbers.people.stored == 0) {
    section.items.emplace_back(scribe.missing("appeals_missing"));
    return;
  }
  const uint64_t stopped = numbers.totals[1].stopped();
  const uint64_t appealed = numbers.people.appealed[1];
  const Interval interval = wilson(appealed, stopped);
  ReportTable table =
      scribe.table("appeals", {"stopped", "appealed", "share", "low", "high"});
  table.add({count_cell(stopped), count_cell(appealed),
             share_cell(appealed, stopped),
             stopped ? share_cell(interval.low) : Cell{},
             stopped ? share_cell(interval.high) : Cell{}});
  table.note = scribe.say("appeals_note");
  section.items.emplace_back(std::move(table));
}

void add_reviews(const Scribe& scribe, ReportSection& section) {
  ReportTable table =
      scribe.table("reviews", {"stratum", "sample", "reviewed", "agreed",
                               "errors", "error_share", "low", "high"});
  uint64_t reviewed_in_all = 0;
  for (size_t at = kActionNames.size(); at-- > 0;) {
    const std::vector<SampleItem>& sample = scribe.numbers().samples[at];
    uint64_t agreed = 0;
    uint64_t errors = 0;
    for (const SampleItem& item : sample) {
      agreed += item.decided.review == "agreed" ? 1 : 0;
      errors += item.decided.review == "disagreed" ? 1 : 0;
    }
    const uint64_t reviewed = agreed + errors;
    reviewed_in_all += reviewed;
    const Interval interval = wilson(errors, reviewed);
    table.add({text_cell(scribe.say(kActionNames[at])),
               count_cell(sample.size()), count_cell(reviewed),
               count_cell(agreed), count_cell(errors),
               share_cell(errors, reviewed),
               reviewed ? share_cell(interval.low) : Cell{},
               reviewed ? share_cell(interval.high) : Cell{}});
  }
  if (reviewed_in_all == 0) {
    section.items.emplace_back(scribe.missing("sampling_missing"));
    return;
  }
  table.parts_begin = 3;
  table.parts_end = 5;
  table.note = scribe.say("reviews_note");
  section.items.emplace_back(std::move(table));
}

ReportSection write_remediation(const Scribe& scribe) {
  const PeopleNumbers& people = scribe.numbers().people;
  ReportSection section = scribe.section(14, "remediation");
  if (people.stored == 0) {
    section.items.emplace_back(scribe.missing("decisions_missing"));
    return section;
  }
  if (people.open.empty()) {
    section.items.emplace_back(scribe.paragraph("no_open_actions"));
  } else {
    section.items.emplace_back(open_table(scribe));
  }
  if (people.log.empty()) {
    section.items.emplace_back(scribe.paragraph("no_remediation"));
  } else {
    section.items.emplace_back(log_table(scribe));
  }
  return section;
}

void add_found_by_rule(const Scribe& scribe, ReportSection& section) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "found_by_rule", {"rule", "title", "hits", "found", "frauds",
                        "false_alarms", "frauds_of_found", "low", "high"});
  for (const auto& [rule, counts] : numbers.rules) {
    if (counts.found.all() == 0) continue;
    table.add(found_row(rule, text_cell(scribe.title_of(rule, counts.title)),
                        count_cell(counts.hits), counts.found));
  }
  if (numbers.found_without_hit.all() > 0) {
    table.add(found_row(scribe.say("no_rule_hit"), Cell{}, Cell{},
                        numbers.found_without_hit));
  }
  table.rows_add_up = false;  // a record may be hit by several
  table.parts_begin = 4;
  table.parts_end = 6;
  table.beside = "rules";
  table.note = scribe.say("found_by_rule_note");
  add_table(section, std::move(table), scribe.paragraph("nothing_found_out"));
}

}  // namespace simwarden
