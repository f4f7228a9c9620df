// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/options.h"
#include "app/output.h"
#include "app/retention.h"
#include "audit/verify.h"
#include "diag/counted.h"
#include "diag/issue.h"
#include "diag/printable.h"
#include "house/house.h"
#include "record/time.h"
#include "report/formats.h"
#include "report/words.h"
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
  const bool hidden = options.publish;
  if (!hidden && has_word(fmt::format("table.{}", options.table))) {
    say("simwarden: --table {}: this report says nothing of it, not even its "
        "columns: see its section in another format\n",
        options.table);
    return std::string();
  }
  std::string ids;
  for (const std::string& id : table_ids(document)) {
    ids += (ids.empty() ? "" : ", ") + id;
  }
  return Error{Trouble::usage,
               fmt::format("--table {}: this report has no such table{}; it "
                           "has {}",
                           options.table,
                           hidden ? " (--publish leaves out those of "
                                    "single records and people)"
                                  : "",
                           ids)};
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
    say("simwarden: block {} ({}): {}\n", block.block,
        escaped_text(block.source), escaped_text(block.what));
  }
  say("simwarden: kept facts of {} could not be read; figures "
      "that take them are of the others\n",
      how_many(damage.records, "record"));
}

using StoreChecks = std::map<std::string, StoreCheck>;

// Nobody shall take figures for evidence that are none.
Result<StoreChecks> checks_of(const ReportCommandOptions& options) {
  StoreChecks checks;
  if (options.unverified) return checks;
  Progress line(true);
  for (const std::string& db : options.dbs) {
    const auto report =
        verify_database(db, {}, [&](uint64_t verdicts, double share) {
          line.show(db, verdicts, share);
        });
    if (!report) return report.error();
    checks[db] = {report->links, report->findings_total};
  }
  line.clear();
  return checks;
}

bool tell_checks(const StoreChecks& checks) {
  bool well = true;
  for (const auto& [db, check] : checks) {
    if (check.findings == 0) continue;
    well = false;
    say("simwarden: {}: is not as it was written: {}; see simwarden audit "
        "verify --db {}\n",
        escaped_text(db), how_many(check.findings, "finding"),
        escaped_text(db));
  }
  return well;
}

void tell_forks(const Numbers& numbers) {
  for (const StoreFork& fork : numbers.forks) {
    say("simwarden: {} and {} are copies of one database up to link {}, and "
        "both went on: what they have in common counts once; `audit merge` "
        "refuses such two\n",
        escaped_text(numbers.stores[fork.first].name),
        escaped_text(numbers.stores[fork.second].name), fork.link);
  }
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
  const Result<StoreChecks> checks = checks_of(options);
  if (!checks) return checks.error();
  const Result<Numbers> numbers = count_stores(options.dbs, question);
  if (!numbers) return numbers.error();
  const std::string& language = options.policy.language;
  const Document document = write_report(
      {*numbers,
       question,
       obligations_of(**house, language),
       {language, options.generated_at, options.publish, *retention,
        options.operator_name, options.ordered_by, options.lines, *checks}});
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
  tell_forks(*numbers);
  const bool well = tell_checks(*checks);
  const Damage& damage = numbers->records.damage;
  if (damage.blocks > 0) tell_damage(damage);
  return well && damage.blocks == 0 ? kExitDone : kExitInput;
}

}  // namespace

int run_report(const ReportCommandOptions& options) {
  const Result<int> made = make_report(options);
  return made ? *made : complain(made.error());
}

}  // namespace simwarden
