// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "report/lost_findings.h"
#include "report/publish.h"
#include "report/sections_records.h"
#include "report/svg.h"

// Sections 1 and 2: what was read, and whether all of it.
namespace simwarden {
namespace {

// Runs and sources shown; the store holds the others.
constexpr size_t kRowsMax = 500;
// Days without records that are named.
constexpr size_t kGapsMax = 60;
constexpr size_t kFactsMax = 50;
// Sources that were read again and are named.
constexpr size_t kRepeatsMax = 20;

std::vector<Cell> pair(const std::string& item, std::string_view value) {
  return {text_cell(item), text_cell(value)};
}

std::string zone_text(int minutes) {
  if (minutes == 0) return "UTC";
  const int size = std::abs(minutes);
  return fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60,
                     size % 60);
}

std::string zones_text(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable zones{.columns = {{"zone", ""}, {"records", ""}}};
  for (const auto& [minutes, records] : numbers.zones) {
    zones.add({text_cell(zone_text(minutes)), count_cell(records)});
  }
  if (scribe.input.options.publish) hide_small_counts(zones);
  std::string out;
  for (const auto& row : zones.rows) {
    out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", row[0].text,
                       shown(row[1], scribe.language()));
  }
  return out.empty() ? "–" : out;
}

std::string joined(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out.empty() ? "–" : out;
}

std::string previous_text(const Scribe& scribe) {
  const ReportPeriod& period = scribe.input.question.period;
  if (!period.closed()) return scribe.say("no_previous");
  if (!period.has_previous()) return scribe.say("no_previous_years");
  return scribe.previous_period();
}

// Whether the store is as it was written.
std::string checked_text(const Scribe& scribe, const StoreNumbers& store) {
  const auto& checks = scribe.input.options.checks;
  const auto check = checks.find(store.name);
  if (check == checks.end()) return scribe.say("checked_not");
  const auto [links, findings] = check->second;
  return findings == 0 ? fmt::format(fmt::runtime(scribe.say("checked_well")),
                                     scribe.say(links))
                       : fmt::format(fmt::runtime(scribe.say("checked_wrong")),
                                     scribe.say(findings));
}

std::string checked_note(const Scribe& scribe) {
  return scribe.input.options.checks.empty() ? "" : scribe.say("checked_note");
}

ReportTable cover_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  std::set<std::string> versions;
  std::set<std::string> keys;
  std::set<std::string> profiles;
  for (const RunNumbers& run : numbers.runs) {
    versions.insert("simwarden " + run.program_version);
    keys.insert(run.key_id);
  }
  for (const auto& [profile, counts] : numbers.profiles) {
    profiles.insert(profile);
  }
  ReportTable table = scribe.table("cover", {"item", "value"});
  const auto say = [&scribe](std::string_view id) { return scribe.say(id); };
  for (const std::vector<Cell>& row :
       {pair(say("period"), scribe.period()),
        pair(say("previous_period"), previous_text(scribe)),
        pair(say("program"), joined(versions)),
        pair(say("profiles"), joined(profiles)),
        pair(say("zones"), zones_text(scribe)),
        pair(say("key_ids"), joined(keys)),
        pair(say("duties_from"), scribe.input.obligations.digest.empty()
                                     ? say("none_given")
                                     : scribe.input.obligations.digest)}) {
    table.add(row);
  }
  const auto given = [&table, &say](std::string_view id,
                                    const std::string& value) {
    if (!value.empty()) table.add(pair(say(id), value));
  };
  // Of several, the table of databases says it.
  if (numbers.stores.size() == 1 && !numbers.stores[0].head.empty()) {
    const StoreNumbers& store = numbers.stores[0];
    given("chain",
          fmt::format(fmt::runtime(say("chain_to")), store.links, store.head));
    given("checked", checked_text(scribe, store));
    table.note = checked_note(scribe);
  }
  given("operator", scribe.input.options.operator_name);
  given("ordered_by", scribe.input.options.ordered_by);
  return table;
}

ReportTable ruleset_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "rulesets", {"ruleset", "packs", "digest", "first_seen_at", "records"});
  for (const RulesetNumbers& ruleset : scribe.numbers().rulesets) {
    table.add({text_cell(ruleset.ruleset), text_cell(ruleset.packs),
               text_cell(ruleset.digest), text_cell(ruleset.first_seen_at),
               count_cell(ruleset.verdicts)});
  }
  return table;
}

// Lists that decided with the rules, as the store has their text.
ReportTable list_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "lists", {"ruleset", "file", "version", "list_checked", "digest"});
  for (const ListNumbers& list : scribe.numbers().lists) {
    table.add({text_cell(list.ruleset), text_cell(list.path),
               text_or_none(list.version),
               text_or_none(scribe.say_stored("checked.", list.checked)),
               text_cell(list.sha256)});
  }
  table.note = scribe.say("lists_note");
  return table;
}

void note_rows_left(const Scribe& scribe, size_t rows, ReportTable& table) {
  if (rows <= kRowsMax) return;
  if (!table.note.empty()) table.note += ' ';
  table.note += fmt::format(fmt::runtime(scribe.say("rows_left")), kRowsMax,
                            rows - kRowsMax);
}

// Copies of one that went on each by itself.
void add_forks(const Scribe& scribe, ReportSection& section) {
  for (const StoreFork& fork : scribe.numbers().forks) {
    section.items.emplace_back(
        Paragraph{fmt::format(fmt::runtime(scribe.say("fork")), fork.first + 1,
                              fork.second + 1, fork.link)});
  }
}

// Of several, which database is which.
ReportTable store_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("stores", {"store", "file", "links", "head", "as_written",
                              "key_ids", "runs", "records", "twice"});
  for (const StoreNumbers& store : scribe.numbers().stores) {
    table.add({text_cell(fmt::format("{}", table.rows.size() + 1)),
               text_cell(store.name), text_or_none(store.links),
               text_or_none(store.head), text_cell(checked_text(scribe, store)),
               text_cell(store.key_ids), count_cell(store.runs),
               count_cell(store.verdicts), count_cell(store.twice)});
  }
  table.note = checked_note(scribe);
  table.personal = true;  // names of files are the operator's own
  return table;
}

ReportTable run_table(const Scribe& scribe) {
  const auto& runs = scribe.numbers().runs;
  ReportTable table = scribe.table(
      "runs",
      {"run", "ruleset", "profile", "started_at", "ended_at", "status"});
  const size_t first = runs.size() > kRowsMax ? runs.size() - kRowsMax : 0;
  for (size_t i = first; i < runs.size(); ++i) {
    const RunNumbers& run = runs[i];
    table.add({text_cell(run.run), text_cell(run.ruleset),
               text_cell(run.profile), text_cell(run.started_at),
               text_or_none(run.ended_at),
               text_cell(scribe.say_stored("status.", run.status))});
  }
  note_rows_left(scribe, runs.size(), table);
  return table;
}

// Sources that are not complete first: they are what somebody must see.
std::vector<const SourceNumbers*> sources_to_show(const Numbers& numbers) {
  std::vector<const SourceNumbers*> shown;
  for (const SourceNumbers& source : numbers.sources) shown.push_back(&source);
  std::stable_partition(
      shown.begin(), shown.end(),
      [](const SourceNumbers* source) { return source->state != "complete"; });
  if (shown.size() > kRowsMax) shown.resize(kRowsMax);
  return shown;
}

ReportTable source_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table =
      scribe.table("sources", {"source", "run", "bytes", "read_digest"});
  for (const SourceNumbers* source : sources_to_show(numbers)) {
    table.add({text_cell(source->name), text_cell(source->run),
               count_cell(source->bytes), text_or_none(source->digest)});
  }
  table.note = scribe.say("sources_note");
  note_rows_left(scribe, numbers.sources.size(), table);
  table.personal = true;  // names of files are the operator's own
  return table;
}

ReportTable certificate(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "completeness", {"source", "run", "seen", "judged", "unreadable",
                       "duplicate", "difference", "state"});
  for (const SourceNumbers* source : sources_to_show(numbers)) {
    const double sum =
        double(source->judged + source->unreadable + source->duplicate);
    table.add({text_cell(source->name),
               text_cell(source->run),
               count_cell(source->seen),
               count_cell(source->judged),
               count_cell(source->unreadable),
               count_cell(source->duplicate),
               {Cell::Kind::count, {}, double(source->seen) - sum},
               text_cell(scribe.say_stored("state.", source->state))});
  }
  note_rows_left(scribe, numbers.sources.size(), table);
  table.personal = true;
  return table;
}

// The certificate in one sentence.
Paragraph certify(const Scribe& scribe) {
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;
  uint64_t incomplete = 0;
  uint64_t counted = 0;
  for (const SourceNumbers& source : scribe.numbers().sources) {
    if (!source.same_as.empty()) continue;
    ++counted;
    seen += source.seen;
    judged += source.judged;
    unreadable += source.unreadable;
    duplicate += source.duplicate;
    incomplete += source.state == "complete" ? 0 : 1;
  }
  // With what was judged, which other tables tell, the sum would give a small
  // count away.
  const bool hides =
      scribe.input.options.publish &&
      (is_small_count(double(unreadable)) || is_small_count(double(duplicate)));
  return {fmt::format(
      fmt::runtime(scribe.say(incomplete == 0 ? "certified" : "uncertified")),
      hides ? "*" : scribe.say(seen), scribe.say_records(judged),
      scribe.say_records(unreadable), scribe.say_records(duplicate),
      scribe.say(counted), scribe.say(incomplete))};
}

// Runs that were broken off, or run still: whose sources they are, and how much
// is there of them.
void add_never_ended(const Scribe& scribe, ReportSection& section) {
  uint64_t sources = 0;
  uint64_t records = 0;
  std::set<std::string> runs;
  for (const SourceNumbers& source : scribe.numbers().sources) {
    if (!source.never_ended()) continue;
    ++sources;
    records += source.seen;
    runs.insert(source.run);
  }
  if (sources == 0) return;
  std::string names;
  size_t named = 0;
  for (const std::string& run : runs) {
    if (named++ == kRepeatsMax) break;
    names += (names.empty() ? "" : ", ") + run;
  }
  if (runs.size() > kRepeatsMax) names += ", …";
  const bool hides =
      scribe.input.options.publish && is_small_count(double(records));
  section.items.emplace_back(Paragraph{fmt::format(
      fmt::runtime(scribe.say("never_ended_sources")), scribe.say(sources),
      names, hides ? "*" : scribe.say(records))});
}

// The same bytes under the same ruleset, which the certificate counts once.
void add_repeated(const Scribe& scribe, ReportSection& section) {
  uint64_t repeated = 0;
  std::string names;
  for (const SourceNumbers& source : scribe.numbers().sources) {
    if (source.same_as.empty() || repeated++ >= kRepeatsMax) continue;
    names += fmt::format("{}{} = {}", names.empty() ? "" : ", ", source.run,
                         source.same_as);
  }
  if (repeated == 0) return;
  if (repeated > kRepeatsMax) names += ", …";
  section.items.emplace_back(
      Paragraph{fmt::format(fmt::runtime(scribe.say("repeated_sources")),
                            scribe.say(repeated), names)});
}

// The most first, so many as a table shows.
std::vector<std::pair<std::string, uint64_t>> most_first(
    const std::map<std::string, uint64_t>& counts) {
  std::vector<std::pair<std::string, uint64_t>> sorted(counts.begin(),
                                                       counts.end());
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > kFactsMax) sorted.resize(kFactsMax);
  return sorted;
}

ReportTable counted_names(const Scribe& scribe, std::string_view id,
                          std::initializer_list<std::string_view> columns,
                          const std::map<std::string, uint64_t>& counts) {
  ReportTable table = scribe.table(id, columns);
  for (const auto& [name, count] : most_first(counts)) {
    table.add({text_cell(name), count_cell(count)});
  }
  return table;
}

// With the share of the requests, or of the messages, as each asks.
ReportTable shares_by_kind(const Scribe& scribe, std::string_view id,
                           std::initializer_list<std::string_view> columns,
                           const std::map<std::string, KindCounts>& kinds) {
  std::map<std::string, uint64_t> counts;
  for (const auto& [name, of] : kinds) {
    if (of[0] + of[1] > 0) counts[name] = of[0] + of[1];
  }
  ReportTable table = scribe.table(id, columns);
  for (const auto& [name, count] : most_first(counts)) {
    const KindCounts& of = kinds.at(name);
    const uint64_t whole =
        scribe.numbers().with_findings(Kinds{of[0] > 0, of[1] > 0});
    table.add({text_cell(name), count_cell(count), share_cell(count, whole)});
  }
  table.rows_add_up = false;
  return table;
}

ReportTable undetermined_table(const Scribe& scribe) {
  std::map<std::string, KindCounts> kinds;
  for (const auto& [rule, numbers] : scribe.numbers().rules) {
    kinds[rule] = numbers.undetermined;
  }
  ReportTable table = shares_by_kind(scribe, "undetermined",
                                     {"rule", "records", "share"}, kinds);
  table.note = scribe.say("undetermined_note");
  scribe.add_rule_titles(table);
  return table;
}

ReportTable not_recorded_table(const Scribe& scribe) {
  ReportTable table =
      shares_by_kind(scribe, "not_recorded", {"fact", "records", "share"},
                     scribe.numbers().not_recorded);
  table.note = scribe.say("not_recorded_note");
  return table;
}

// Days inside the period that no record carries.
Paragraph gaps(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  const ReportPeriod& period = scribe.input.question.period;
  if (numbers.days.empty()) return scribe.paragraph("no_days");
  const int64_t first =
      period.first_day().value_or(numbers.days.begin()->first);
  const int64_t last = period.last_day().value_or(numbers.days.rbegin()->first);
  // From one day with records to the next, so that a span of years is cheap.
  uint64_t empty = 0;
  std::string names;
  size_t named = 0;
  int64_t next = first;
  const auto name_gap = [&](int64_t begin, int64_t end) {
    if (end <= begin) return;
    empty += uint64_t(end - begin);
    if (named++ >= kGapsMax) return;
    names += names.empty() ? "" : ", ";
    names += date_text(begin);
    if (end - begin > 1) names += " – " + date_text(end - 1);
  };
  for (const auto& [day, counts] : numbers.days) {
    name_gap(next, day);
    next = std::max(next, day + 1);
  }
  name_gap(next, last + 1);
  if (empty == 0) {
    return {fmt::format(fmt::runtime(scribe.say("no_gaps")), date_text(first),
                        date_text(last))};
  }
  if (named > kGapsMax) names += ", …";
  return {fmt::format(fmt::runtime(scribe.say("gaps")), scribe.say(empty),
                      date_text(first), date_text(last), names)};
}

ReportTable left_out(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table("left_out", {"item", "records"});
  // Those "of them" add up to nothing.
  size_t alone = 0;
  const auto row = [&](std::string_view id, uint64_t count, bool adds = true) {
    table.add({text_cell(scribe.say(id)), count_cell(count)});
    table.groups.push_back(adds ? 0 : ++alone);
  };
  row("counted", numbers.counted());
  row("timeless", numbers.timeless, false);
  if (numbers.nameless_twice > 0) {
    row("nameless_twice", numbers.nameless_twice, false);
  }
  if (numbers.counted_alike > 0) {
    row("counted_alike", numbers.counted_alike, false);
  }
  row("in_previous", numbers.previous_period);
  row("outside", numbers.outside);
  row("no_time", numbers.no_time);
  if (numbers.stores.size() > 1) row("twice", numbers.twice);
  row("superseded", numbers.superseded);
  row("purged", numbers.purged, false);
  row("not_kept", numbers.not_kept, false);
  return table;
}

}  // namespace

ReportSection write_cover(const Scribe& scribe) {
  ReportSection section = scribe.section(1, "cover");
  section.items.emplace_back(cover_table(scribe));
  section.items.emplace_back(ruleset_table(scribe));
  add_table(section, list_table(scribe), scribe.paragraph("no_lists"));
  if (scribe.numbers().stores.size() > 1) {
    section.items.emplace_back(store_table(scribe));
    add_forks(scribe, section);
  }
  section.items.emplace_back(run_table(scribe));
  section.items.emplace_back(source_table(scribe));
  section.items.emplace_back(scribe.missing("cover_missing"));
  return section;
}

ReportSection write_completeness(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportSection section = scribe.section(2, "completeness");
  section.items.emplace_back(certify(scribe));
  add_never_ended(scribe, section);
  add_repeated(scribe, section);
  section.items.emplace_back(certificate(scribe));
  add_damage(scribe, section);
  section.items.emplace_back(left_out(scribe));
  section.items.emplace_back(gaps(scribe));
  add_table(
      section,
      counted_names(scribe, "unreadable", {"code", "records"}, numbers.errors),
      scribe.paragraph("no_unreadable"));
  ReportTable invalid = counted_names(scribe, "invalid", {"fact", "records"},
                                      numbers.invalid_fields);
  invalid.rows_add_up = false;
  add_table(section, std::move(invalid), scribe.paragraph("no_invalid"));
  add_lost_findings(scribe, section);
  add_found(scribe, section, not_recorded_table(scribe), "no_not_recorded");
  add_found(scribe, section, undetermined_table(scribe), "no_undetermined");
  add_mandatory(scribe, section);
  return section;
}

}  // namespace simwarden
