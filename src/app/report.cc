// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/options.h"
#include "app/output.h"
#include "app/retention.h"
#include "diag/counted.h"
#include "diag/issue.h"
#include "house/house.h"
#include "record/time.h"
#include "report/formats.h"
#include "terminal/terminal.h"

// report: the store is counted, the policies say which obligations their
// rules serve, the rest is the report's.
namespace simwarden {
namespace {

bool is_active(const Rule& rule) {
  return rule.status == RuleStatus::active;
}

// The active rules that name the obligation.
void add_rules(const Ruleset& ruleset, Obligation& duty) {
  const std::string reference = duty.reference();
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      const auto& named = rule.controls;
      const bool serves =
          is_active(rule) &&
          std::find(named.begin(), named.end(), reference) != named.end();
      if (!serves) continue;
      duty.rules.push_back(rule.id);
      (pack.asks == "message" ? duty.asks_messages : duty.asks_requests) = true;
    }
  }
}

// What rules ask for that name no clause of it; nothing where none does.
void add_whole(const House& house, const Control& control,
               const std::string& name, const std::string& language,
               Obligations& made) {
  const std::string& title = in_language(control.title, language);
  Obligation duty{.control = name,
                  .instrument = title,
                  .title = title,
                  .confidence = control.confidence,
                  .profiles = control.profiles};
  add_rules(house.ruleset(), duty);
  if (!duty.rules.empty()) made.rows.push_back(std::move(duty));
}

Obligations obligations_of(const House& house, const std::string& language) {
  Obligations made{.digest = house.ruleset().digest,
                   .packs = house.packs(),
                   .family_titles = house.ruleset().family_titles(language)};
  for (const Pack& pack : house.ruleset().packs) {
    for (const Rule& rule : pack.rules) {
      RuleTitle& title = made.rule_titles[rule.id];
      title.shown = in_language(rule.title, language);
      for (const auto& known : rule.title) title.known.insert(known.second);
    }
  }
  for (const auto& [name, control] : house.ruleset().controls) {
    add_whole(house, control, name, language, made);
    for (const Clause& clause : control.clauses) {
      Obligation duty{
          .control = name,
          .clause = clause.name,
          .instrument = in_language(control.title, language),
          .title = in_language(clause.title, language),
          .confidence = clause.confidence,
          .not_checkable = in_language(clause.not_checkable, language),
          .profiles = control.profiles};
      add_rules(house.ruleset(), duty);
      made.rows.push_back(std::move(duty));
    }
  }
  return made;
}

std::map<std::string, std::vector<std::string>> served_by_rule(
    const Ruleset& ruleset) {
  std::map<std::string, std::vector<std::string>> serves;
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) serves[rule.id] = rule.controls;
  }
  return serves;
}

Result<std::string> written(const Document& document,
                            const ReportCommandOptions& options) {
  switch (options.format) {
    case ReportOutput::html: return to_html(document);
    case ReportOutput::json: return to_json(document);
    case ReportOutput::markdown: return to_markdown(document);
    case ReportOutput::csv: break;
  }
  if (options.table.empty()) return to_csv(document);
  const ReportTable* table = find_table(document, options.table);
  if (table != nullptr) return to_csv(*table);
  std::string ids;
  for (const std::string& id : table_ids(document)) {
    ids += (ids.empty() ? "" : ", ") + id;
  }
  return Error{Trouble::usage,
               fmt::format("--table {}: this report has no such table (it may "
                           "have no rows); it has {}",
                           options.table, ids)};
}

Status check_time(const std::string& text) {
  if (text.empty() || parse_timestamp(text)) return Done{};
  return Error{Trouble::usage,
               fmt::format("--generated-at {}: is no time with its zone "
                           "(2026-03-01T00:00:00Z)",
                           text)};
}

// What the report itself says too: whoever only looks at the exit code shall
// know.
void tell_damage(const Damage& damage) {
  for (const DamagedBlock& block : damage.named) {
    say("simwarden: block {} ({}): {}\n", block.block, inert(block.source),
        block.what);
  }
  say("simwarden: kept facts of {} could not be read; figures "
      "that take them are of the others\n",
      how_many(damage.records, "record"));
}

// The exit code of a report that was written.
Result<int> make_report(const ReportCommandOptions& options) {
  const Status time = check_time(options.generated_at);
  if (!time) return time.error();
  const Result<ReportPeriod> period =
      ReportPeriod::parse(options.from, options.to);
  if (!period) return period.error();
  const auto house = House::open(options.policy);
  if (!house) return house.error();
  const Question question{.period = *period,
                          .cases_max = options.cases,
                          .seed = options.seed,
                          .serves = served_by_rule((*house)->ruleset())};
  const auto retention = retention_named(options.retention);
  if (!retention) return retention.error();
  const Result<Numbers> numbers = count_stores(options.dbs, question);
  if (!numbers) return numbers.error();
  const std::string& language = options.policy.language;
  const Document document = write_report(
      {*numbers,
       question,
       obligations_of(**house, language),
       {language, options.generated_at, options.publish, *retention,
        options.operator_name, options.ordered_by, options.lines}});
  const Result<std::string> text = written(document, options);
  if (!text) return text.error();
  for (const std::string& db : options.dbs) {
    Status spared = check_output(options.output, files_of_database(db));
    if (!spared) return spared.error();
  }
  auto output = OutputFile::open(options.output);
  if (!output) return output.error();
  Status wrote = (*output)->write(*text);
  if (wrote) wrote = (*output)->finish();
  if (!wrote) return wrote.error();
  const Damage& damage = numbers->records.damage;
  if (damage.blocks == 0) return kExitDone;
  tell_damage(damage);
  return kExitInput;
}

}  // namespace

int run_report(const ReportCommandOptions& options) {
  const Result<int> made = make_report(options);
  return made ? *made : complain(made.error());
}

}  // namespace simwarden
