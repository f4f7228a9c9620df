// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/command_options.h"
#include "store/decision.h"

// The options of what is done with a store.
namespace simwarden {
namespace {

const std::map<std::string, ReportOutput> kReportOutputs = {
    {"html", ReportOutput::html},
    {"json", ReportOutput::json},
    {"csv", ReportOutput::csv},
    {"markdown", ReportOutput::markdown}};

void add_report_period(CLI::App* app, ReportCommandOptions& o) {
  app->add_option("--from", o.from,
                  "The first day, or the time that the period begins with")
      ->type_name("T");
  app->add_option("--to", o.to,
                  "The last day, or the time that the period ends before")
      ->type_name("T");
  app->add_option("--generated-at", o.generated_at,
                  "The time in the header (default: when the newest run of "
                  "the store ended)")
      ->type_name("TIME");
}

// What no store knows.
void add_report_cover(CLI::App* app, ReportCommandOptions& o) {
  app->add_option("--operator", o.operator_name,
                  "Whose report it is, for the cover")
      ->type_name("NAME");
  app->add_option("--ordered-by", o.ordered_by,
                  "Who ordered the report, for the cover")
      ->type_name("NAME");
  app->add_option("--lines", o.lines,
                  "How many lines the operator has: adds rates per 10,000")
      ->type_name("N")
      ->check(CLI::Range(uint64_t{1}, uint64_t{10'000'000'000}));
}

void add_purge(CLI::App* verb, AuditOptions& o) {
  auto* before =
      verb->add_option("--before", o.before,
                       "Blocks that were stored, or whose events happened, "
                       "before this day; notes of decisions from before it");
  before->type_name("DATE");
  auto* what =
      verb->add_option("--class", o.purge_class,
                       "With --before: texts, evidence and kept facts; record "
                       "ids and pseudonyms too; whole verdicts; or only notes. "
                       "cases, alone: only texts of cases whose day is over "
                       "(every purge takes those)");
  what->check(CLI::IsMember({"excerpts", "subjects", "personal", "verdicts",
                             "notes", "cases"}))
      ->type_name("excerpts|subjects|verdicts|notes|cases")
      ->capture_default_str();
  auto* retention =
      verb->add_option("--retention", o.retention,
                       "How long each class is kept: a YAML file, or customary "
                       "(13 months, verdicts 3 years)");
  retention->type_name("FILE|customary")->excludes(before)->excludes(what);
  verb->add_option("--older-than", o.older_than,
                   "How long one class is kept, as subjects=13months (may be "
                   "repeated; goes over --retention)")
      ->type_name("CLASS=AGE")
      ->allow_extra_args(false)
      ->excludes(before)
      ->excludes(what);
  verb->add_option("--today", o.today,
                   "The day that ages and the days of cases are counted from "
                   "(default: the clock's)")
      ->type_name("DATE");
  verb->add_option("--reason", o.reason, "Why, for the log")
      ->type_name("TEXT")
      ->capture_default_str();
  verb->add_option("--who", o.who, "Who, for the log (default: your login)")
      ->type_name("NAME");
  verb->add_flag("--dry-run", o.dry_run, "Count, change nothing");
}

std::string outcome_names() {
  std::string names;
  for (const DecisionOutcome& outcome : decision_outcomes()) {
    names += names.empty() ? "" : "|";
    names += outcome.name;
  }
  return names;
}

void add_decide(CLI::App* verb, AuditOptions& o) {
  auto* verdict = verb->add_option("--verdict", o.verdict,
                                   "verdict_id of what was decided about")
                      ->type_name("ID")
                      ->transform(decimal());
  auto* outcome = verb->add_option("--outcome", o.outcome, "What came out")
                      ->type_name(outcome_names());
  auto* from =
      verb->add_option("--from", o.from,
                       "Many decisions: CSV or JSON lines with the columns "
                       "verdict_id, outcome, decided_by, decided_at, state, "
                       "owner, due, note; - is stdin")
          ->type_name("FILE|-");
  verb->add_option("--by", o.who, "Who decided (default: your login)")
      ->type_name("WHO");
  const std::pair<const char*, std::string*> more[] = {{"--note", &o.note},
                                                       {"--owner", &o.owner},
                                                       {"--due", &o.due},
                                                       {"--state", &o.state},
                                                       {"--at", &o.at}};
  const char* docs[] = {"Free text; numbers and codes in it are masked",
                        "Who has to act", "Until which day",
                        "open or closed (default: as the outcome says)",
                        "When it was decided (default: now)"};
  const char* types[] = {"TEXT", "WHO", "DATE", "open|closed", "TIME"};
  for (size_t i = 0; i < std::size(more); ++i) {
    verb->add_option(more[i].first, *more[i].second, docs[i])
        ->type_name(types[i])
        ->excludes(from);
  }
  verdict->needs(outcome)->excludes(from);
  outcome->needs(verdict)->excludes(from);
  std::string words;
  for (const DecisionOutcome& each : decision_outcomes()) {
    words += fmt::format("  {:<16} {:<7} {}\n", each.name,
                         each.state.empty() ? "–" : each.state, each.doc);
  }
  verb->footer(
      "Outcomes, the state that they leave the case in, and what they say:\n" +
      words +
      "\nExamples:\n"
      "  simwarden audit decide --db out.db --verdict 17 --by demo_clerk "
      "--outcome fraud_confirmed --owner demo_lead --due 2026-04-01\n"
      "  simwarden report --db out.db --format csv --table sample > "
      "sample.csv\n"
      "  simwarden audit decide --db out.db --by demo_reviewer --from "
      "sample.csv\n\n"
      "Exit codes: 0 stored, 3 wrong usage or no such verdict, 4 rows of FILE "
      "are wrong\n(nothing was stored), 5 the database cannot be written.");
}

void add_cases(CLI::App* verb, AuditOptions& o) {
  static const std::map<std::string, CaseFormat> kFormats = {
      {"table", CaseFormat::table},
      {"csv", CaseFormat::csv},
      {"json", CaseFormat::json}};
  add_choice(verb, "--format", o.format, kFormats,
             "How they are written; json: one object a line");
  verb->add_flag("--undecided", o.undecided,
                 "Instead what was held or refused and nobody has decided "
                 "about, the worst first");
  verb->add_option("--limit", o.limit, "At most so many")
      ->type_name("N")
      ->capture_default_str();
  verb->footer(
      "Examples:\n"
      "  simwarden audit cases --db out.db\n"
      "  simwarden audit cases --db out.db --undecided --limit 20\n"
      "  simwarden audit cases --db out.db --undecided --format csv > "
      "to_decide.csv\n"
      "  simwarden explain --db out.db --verdict 17\n\n"
      "Exit codes: 0 shown, 3 wrong usage, 5 the database cannot be read.");
}

void add_open(CLI::App* verb, AuditOptions& o) {
  verb->add_option("--case", o.case_number, "The case number")
      ->required()
      ->type_name("NUMBER");
  verb->add_option("--why", o.why, "Why, for the log")
      ->required()
      ->type_name("TEXT");
  verb->add_option("--who", o.who, "Who, for the log (default: your login)")
      ->type_name("NAME");
  verb->footer(
      "Example:\n"
      "  simwarden audit open --db out.db --case FD-2026-17 --why \"statement "
      "for the court\"\n\n"
      "Exit codes: 0 shown, 3 wrong usage or no such case, 5 the database "
      "cannot be read or\nwritten.");
}

void add_audit_options(CLI::App* verb, AuditOptions& o, AuditVerb what) {
  if (what == AuditVerb::merge) {
    verb->add_option("--db", o.dbs, "A part (two or more)")
        ->required()
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->type_name("FILE");
  } else {
    verb->add_option("--db", o.db, "The database")
        ->required()
        ->type_name("FILE");
  }
  if (what == AuditVerb::purge) add_purge(verb, o);
  if (what == AuditVerb::decide) add_decide(verb, o);
  if (what == AuditVerb::cases) add_cases(verb, o);
  if (what == AuditVerb::open) add_open(verb, o);
  if (what == AuditVerb::verify) {
    auto* checkpoint =
        verb->add_option("--checkpoint", o.checkpoint,
                         "A checkpoint that was kept elsewhere (FILE and "
                         "FILE.sig)");
    auto* key = verb->add_option("--public-key", o.public_key,
                                 "The public key that it was signed with");
    checkpoint->type_name("FILE")->needs(key);
    key->type_name("FILE")->needs(checkpoint);
  }
  if (what == AuditVerb::checkpoint) {
    verb->add_option("--key", o.key, "The private key that signs (Ed25519)")
        ->type_name("KEYFILE");
    verb->add_flag("--new-key", o.new_key,
                   "Make the key first: KEYFILE with mode 0600, KEYFILE.pub");
  }
  if (what == AuditVerb::export_folder) {
    verb->add_option("--key", o.key, "Add a checkpoint signed with this key")
        ->type_name("KEYFILE");
    verb->add_flag("--facts", o.facts,
                   "Add the kept facts of the records (pseudonyms, masked "
                   "excerpts)");
  }
  struct Output {
    AuditVerb what;
    const char* doc;
    const char* type;
  };
  static constexpr Output kOutputs[] = {
      {AuditVerb::checkpoint, "The checkpoint; FILE.sig too", "FILE"},
      {AuditVerb::export_folder, "A new folder", "FOLDER"},
      {AuditVerb::merge, "A new database", "FILE"}};
  for (const Output& row : kOutputs) {
    if (row.what != what) continue;
    verb->add_option("--output", o.output, row.doc)
        ->required()
        ->type_name(row.type);
  }
  if (what != AuditVerb::checkpoint && what != AuditVerb::export_folder) {
    verb->add_flag("--quiet", o.quiet, "No progress");
  }
}

}  // namespace

void add_report(CLI::App& top, ReportCommandOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "report", "What a store holds, for an auditor or a regulator");
  app->add_option("--db", o.dbs,
                  "A database that `screen --db` wrote (may be repeated: one "
                  "report of all)")
      ->required()
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false)
      ->type_name("FILE");
  app->add_option("--retention", o.retention,
                  "How long each class is kept, to be shown: a YAML file, or "
                  "customary")
      ->type_name("FILE|customary");
  add_report_period(app, o);
  add_report_cover(app, o);
  add_choice(app, "--format", o.format, kReportOutputs,
             "How the report is written; csv: one line a cell");
  app->add_option("--table", o.table,
                  "Of csv: only this table, under the names of its columns")
      ->type_name("NAME");
  app->add_option("--output", o.output, "Where it goes; - is stdout")
      ->type_name("FILE|-")
      ->capture_default_str();
  app->add_option("--language", o.policy.language,
                  "Language of the report (en, zh)")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("LANG")
      ->capture_default_str();
  app->add_option("--policy", o.policy.paths,
                  "The policies whose obligations are shown (may be repeated; "
                  "default: the shipped ones)")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
  app->add_option("--cases", o.cases, "Critical cases shown, worst first")
      ->type_name("N")
      ->check(CLI::Range(size_t{0}, size_t{10000}))
      ->capture_default_str();
  app->add_option("--seed", o.seed, "Another seed draws another sample")
      ->type_name("N")
      ->capture_default_str();
  app->add_flag("--publish", o.publish,
                "Hide counts under 5 and leave out single records and people");
  app->footer(
      "Examples:\n"
      "  simwarden report --db verdicts.db --output report.html\n"
      "  simwarden report --db verdicts.db --from 2026-02-01 --to 2026-02-28 "
      "--language zh > february.html\n"
      "  simwarden report --db verdicts.db --format csv --table fcc\n"
      "  simwarden report --db verdicts.db --format json --publish\n\n"
      "Exit codes: 0 done, 2 a policy is wrong, 3 wrong usage, 4 some "
      "kept facts could not be read (the report says which), 5 disk or "
      "database "
      "failed.");
  app->callback([&o, &exit_code] {
    if (!o.table.empty() && o.format != ReportOutput::csv) {
      throw CLI::ValidationError("--table", "goes with --format csv");
    }
    exit_code = run_report(o);
  });
}

void add_audit(CLI::App& top, AuditOptions& o, int& exit_code) {
  CLI::App* app =
      top.add_subcommand("audit", "Prove that a database is as it was written");
  app->require_subcommand(1);
  struct Row {
    const char* name;
    AuditVerb verb;
    const char* doc;
    const char* footer;  // empty: add_audit_options() has it
  };
  static constexpr Row kRows[] = {
      {"verify", AuditVerb::verify,
       "Find what was changed, taken out or put in",
       "Examples:\n"
       "  simwarden audit verify --db out.db\n"
       "  simwarden audit verify --db out.db --checkpoint 2026-03.json "
       "--public-key audit.key.pub\n\n"
       "Exit codes: 0 everything is as it was written, 3 wrong usage, 4 "
       "something is not,\n5 the database, the checkpoint or the key cannot be "
       "read."},
      {"checkpoint", AuditVerb::checkpoint,
       "Sign how long the chain is, to be kept elsewhere",
       "Examples:\n"
       "  simwarden audit checkpoint --db out.db --key audit.key --new-key "
       "--output first.json\n"
       "  simwarden audit checkpoint --db out.db --key audit.key --output "
       "2026-03.json\n\n"
       "What is signed is the length of the chain, not that what is stored "
       "fits "
       "it: run\n`simwarden audit verify` first.\n\n"
       "Exit codes: 0 signed, 3 wrong usage, 5 a file cannot be read or "
       "written."},
      {"export", AuditVerb::export_folder,
       "Write what others need to verify with their own tools",
       "Example:\n"
       "  simwarden audit export --db out.db --key audit.key --output "
       "evidence\n\n"
       "What is stored is not checked on the way: run `simwarden audit verify` "
       "first.\n\n"
       "Exit codes: 0 written, 3 wrong usage, 5 a file cannot be read or "
       "written.\nHow others verify it: docs/audit.md."},
      {"purge", AuditVerb::purge,
       "Delete what was kept long enough; the chain still verifies",
       "Examples:\n"
       "  simwarden audit purge --db out.db --retention customary --dry-run\n"
       "  simwarden audit purge --db out.db --older-than subjects=13months "
       "--older-than verdicts=3years\n"
       "  simwarden audit purge --db out.db --before 2025-02-01\n\n"
       "Exit codes: 0 deleted, 3 wrong usage, 4 rows are not as they were "
       "written (nothing\nwas deleted), 5 the database cannot be written, or "
       "others read it."},
      {"merge", AuditVerb::merge,
       "Join databases into one that proves each of them",
       "Example:\n"
       "  simwarden audit merge --db north.db --db south.db --output all.db\n\n"
       "Exit codes: 0 joined, 3 wrong usage, 4 a part is not as it was "
       "written, 5 a file\ncannot be read or written. Nothing is written but "
       "with 0."},
      {"decide", AuditVerb::decide, "Store what a person decided", ""},
      {"cases", AuditVerb::cases, "List what is open, or not decided", ""},
      {"open", AuditVerb::open,
       "Read the texts that a case has in clear; this is logged", ""},
  };
  for (const Row& row : kRows) {
    CLI::App* verb = app->add_subcommand(row.name, row.doc);
    add_audit_options(verb, o, row.verb);
    if (*row.footer) verb->footer(row.footer);
    verb->callback([&o, &exit_code, v = row.verb] {
      o.verb = v;
      const bool only_cases = o.purge_class == "cases";
      if (v == AuditVerb::purge && o.before.empty() && !only_cases &&
          o.retention.empty() && o.older_than.empty()) {
        throw CLI::RequiredError("--before, --retention or --older-than");
      }
      if (v == AuditVerb::purge && only_cases && !o.before.empty()) {
        throw CLI::ValidationError(
            "--before", "each case has its own last day: no date is needed");
      }
      if (v == AuditVerb::checkpoint && o.key.empty()) {
        throw CLI::RequiredError("--key KEYFILE (--new-key makes it first)");
      }
      if (v == AuditVerb::merge && o.dbs.size() < 2) {
        throw CLI::RequiredError("--db twice");
      }
      if (v == AuditVerb::decide && o.from.empty() && o.outcome.empty()) {
        throw CLI::RequiredError("--verdict and --outcome, or --from");
      }
      exit_code = run_audit(o);
    });
  }
  app->footer(
      "Examples:\n"
      "  simwarden audit checkpoint --db out.db --key audit.key --output "
      "2026-03.json\n"
      "  simwarden audit verify --db out.db --checkpoint 2026-03.json "
      "--public-key audit.key.pub\n"
      "  simwarden audit purge --db out.db --before 2025-02-01\n"
      "  simwarden audit purge --db out.db --retention customary --dry-run\n"
      "  simwarden audit merge --db north.db --db south.db --output all.db\n"
      "  simwarden audit decide --db out.db --verdict 17 --by demo_clerk "
      "--outcome approved\n\n"
      "Exit codes: 0 as it was written, 3 wrong usage, 4 something is not as "
      "it was\nwritten, 5 the database or a file cannot be read or written. "
      "docs/audit.md.");
}

}  // namespace simwarden
