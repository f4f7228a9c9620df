// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/command_options.h"
#include "store/decision.h"

// The options of `audit`: a verb is a row of the table at the end, a function
// that declares its options, and often one that says what must go together.
namespace simwarden {
namespace {

void add_database(CLI::App* verb, AuditOptions& o) {
  verb->add_option("--db", o.db, "The database")->required()->type_name("FILE");
}

void add_output(CLI::App* verb, AuditOptions& o, const char* doc,
                const char* type) {
  verb->add_option("--output", o.output, doc)->required()->type_name(type);
}

void add_quiet(CLI::App* verb, AuditOptions& o) {
  verb->add_flag("--quiet", o.quiet, "No progress");
}

void add_verify(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
  auto* checkpoint =
      verb->add_option("--checkpoint", o.checkpoint,
                       "A checkpoint that was kept elsewhere (FILE and "
                       "FILE.sig)");
  auto* key = verb->add_option("--public-key", o.public_key,
                               "The public key that it was signed with");
  checkpoint->type_name("FILE")->needs(key);
  key->type_name("FILE")->needs(checkpoint);
  add_quiet(verb, o);
  verb->footer(
      "Examples:\n"
      "  simwarden audit verify --db out.db\n"
      "  simwarden audit verify --db out.db --checkpoint 2026-03.json "
      "--public-key audit.key.pub\n\n"
      "Exit codes: 0 everything is as it was written, 3 wrong usage, 4 "
      "something is not,\n5 the database, the checkpoint or the key cannot be "
      "read.");
}

void add_checkpoint(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
  verb->add_option("--key", o.key, "The private key that signs (Ed25519)")
      ->type_name("KEYFILE");
  verb->add_flag("--new-key", o.new_key,
                 "Make the key first: KEYFILE with mode 0600, KEYFILE.pub");
  add_output(verb, o, "The checkpoint; FILE.sig too", "FILE");
  verb->footer(
      "Examples:\n"
      "  simwarden audit checkpoint --db out.db --key audit.key --new-key "
      "--output first.json\n"
      "  simwarden audit checkpoint --db out.db --key audit.key --output "
      "2026-03.json\n\n"
      "What is signed is the length of the chain, not that what is stored "
      "fits "
      "it: run\n`simwarden audit verify` first.\n\n"
      "Exit codes: 0 signed, 3 wrong usage, 5 a file cannot be read or "
      "written.");
}

void check_checkpoint(const AuditOptions& o) {
  if (!o.key.empty()) return;
  throw CLI::RequiredError("--key KEYFILE (--new-key makes it first)");
}

void add_export(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
  verb->add_option("--key", o.key, "Add a checkpoint signed with this key")
      ->type_name("KEYFILE");
  verb->add_flag("--facts", o.facts,
                 "Add the kept facts of the records (pseudonyms, masked "
                 "excerpts)");
  auto* verdict = verb->add_option("--verdict", o.exported,
                                   "Only this verdict, and nothing of other "
                                   "records: its verdict_id, or what stored_as "
                                   "says")
                      ->type_name("ID");
  verb->add_option("--language", o.language,
                   "Of verdict.txt: en, zh, or another beside English labels")
      ->type_name("LANG")
      ->needs(verdict)
      ->capture_default_str();
  add_output(verb, o, "A new folder", "FOLDER");
  verb->footer(
      "Examples:\n"
      "  simwarden audit export --db out.db --key audit.key --output "
      "evidence\n"
      "  simwarden audit export --db out.db --key audit.key --verdict 17 "
      "--output verdict-17\n\n"
      "What is stored is not checked on the way, but for the one verdict: run "
      "`simwarden\naudit verify` first.\n\n"
      "Exit codes: 0 written, 3 wrong usage or no such verdict, 4 the verdict "
      "is not as it\nwas written, or (what is left of it was written) was "
      "purged, 5 a file cannot be read\nor written. How others verify it: "
      "docs/audit.md.");
}

void add_purge(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
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
                   "(default: the clock's, which may not be far ahead of "
                   "what is stored; a later day only with --dry-run)")
      ->type_name("DATE");
  verb->add_option("--reason", o.reason, "Why, for the log")
      ->type_name("TEXT")
      ->capture_default_str();
  verb->add_option("--who", o.who, "Who, for the log (default: your login)")
      ->type_name("NAME");
  verb->add_flag("--dry-run", o.dry_run, "Count, change nothing");
  add_quiet(verb, o);
  verb->footer(
      "Examples:\n"
      "  simwarden audit purge --db out.db --retention customary --dry-run\n"
      "  simwarden audit purge --db out.db --older-than subjects=13months "
      "--older-than verdicts=3years\n"
      "  simwarden audit purge --db out.db --before 2025-02-01\n\n"
      "Exit codes: 0 deleted, 3 wrong usage, 4 rows are not as they were "
      "written (what\nwent before them is gone and proven), 5 the database "
      "cannot be written, or others\nread it.");
}

void check_purge(const AuditOptions& o) {
  const bool only_cases = o.purge_class == "cases";
  if (only_cases && !o.before.empty()) {
    throw CLI::ValidationError(
        "--before", "each case has its own last day: no date is needed");
  }
  if (!only_cases && o.before.empty() && o.retention.empty() &&
      o.older_than.empty()) {
    throw CLI::RequiredError("--before, --retention or --older-than");
  }
}

void add_merge(CLI::App* verb, AuditOptions& o) {
  verb->add_option("--db", o.dbs, "A part (two or more)")
      ->required()
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false)
      ->type_name("FILE");
  add_output(verb, o, "A new database", "FILE");
  add_quiet(verb, o);
  verb->footer(
      "Example:\n"
      "  simwarden audit merge --db north.db --db south.db --output all.db\n\n"
      "Exit codes: 0 joined, 3 wrong usage, 4 a part is not as it was "
      "written, 5 a file\ncannot be read or written. Nothing is written but "
      "with 0.");
}

void check_merge(const AuditOptions& o) {
  if (o.dbs.size() < 2) throw CLI::RequiredError("--db twice");
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
  add_database(verb, o);
  auto* verdict = verb->add_option("--verdict", o.verdict,
                                   "verdict_id of what was decided about")
                      ->type_name("ID")
                      ->transform(decimal());
  auto* id = verb->add_option("--id", o.record_id,
                              "Or the id of its record, where one verdict "
                              "stands on that")
                 ->type_name("ID");
  auto* outcome = verb->add_option("--outcome", o.outcome, "What came out")
                      ->type_name(outcome_names());
  auto* from =
      verb->add_option("--from", o.from,
                       "Many decisions: CSV or JSON lines with the columns "
                       "verdict_id (or stored_as, or record_id), outcome, "
                       "decided_by, decided_at, state, owner, due, note; - is "
                       "stdin")
          ->type_name("FILE|-");
  verb->add_option("--by", o.who, "Who decided (default: your login)")
      ->type_name("WHO");
  verb->add_flag("--four-eyes", o.four_eyes,
                 "Refuse to let a request through that was held or refused, "
                 "unless another person vouches for it and it is not one's "
                 "own");
  struct Detail {
    const char* flag;
    std::string& into;
    const char* doc;
    const char* type;
  };
  const Detail details[] = {
      {"--note", o.note, "Free text; numbers and codes in it are masked",
       "TEXT"},
      {"--owner", o.owner, "Who has to act", "WHO"},
      {"--due", o.due, "Until which day", "DATE"},
      {"--state", o.state, "open or closed (default: as the outcome says)",
       "open|closed"},
      {"--at", o.at, "When it was decided (default: now)", "TIME"}};
  for (const Detail& row : details) {
    verb->add_option(row.flag, row.into, row.doc)
        ->type_name(row.type)
        ->excludes(from);
  }
  verdict->needs(outcome)->excludes(from);
  id->needs(outcome)->excludes(from)->excludes(verdict);
  outcome->excludes(from);
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
      "Exit codes: 0 stored, 3 wrong usage, no such verdict or nobody else who "
      "vouches for\nit, 4 rows of FILE are wrong (nothing was stored), 5 the "
      "database cannot be written,\nor with --four-eyes its site key is not "
      "there.");
}

void check_decide(const AuditOptions& o) {
  const bool names_one = o.verdict != 0 || !o.record_id.empty();
  if (o.from.empty() && (o.outcome.empty() || !names_one)) {
    throw CLI::RequiredError("--verdict or --id and --outcome, or --from");
  }
}

void add_list_format(CLI::App* verb, AuditOptions& o) {
  static const std::map<std::string, ListFormat> kFormats = {
      {"table", ListFormat::table},
      {"csv", ListFormat::csv},
      {"json", ListFormat::json}};
  add_choice(verb, "--format", o.format, kFormats,
             "How they are written; json: one object a line");
}

void add_cases(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
  add_list_format(verb, o);
  auto* undecided = verb->add_flag_callback(
      "--undecided", [&o] { o.cases = CaseChoice::undecided; },
      "Instead what was held or refused and nobody has decided about, the "
      "worst first");
  verb->add_flag_callback(
          "--one-person", [&o] { o.cases = CaseChoice::one_person; },
          "Instead what was held or refused and let through by one person "
          "alone")
      ->excludes(undecided);
  verb->add_option("--limit", o.limit, "At most so many")
      ->type_name("N")
      ->capture_default_str();
  verb->footer(
      "Examples:\n"
      "  simwarden audit cases --db out.db\n"
      "  simwarden audit cases --db out.db --undecided --limit 20\n"
      "  simwarden audit cases --db out.db --one-person\n"
      "  simwarden audit cases --db out.db --undecided --format csv > "
      "to_decide.csv\n"
      "  simwarden explain --db out.db --verdict 17\n\n"
      "Exit codes: 0 shown, 3 wrong usage, 4 an index hides some, 5 the "
      "database cannot be\nread.");
}

void add_person(CLI::App* verb, AuditOptions& o) {
  const auto many = [verb](const char* flag, std::vector<std::string>& into,
                           const char* doc, const char* type) {
    return verb->add_option(flag, into, doc)
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->type_name(type);
  };
  many("--db", o.dbs, "A database (may be repeated)", "FILE")->required();
  many("--number", o.numbers,
       "A telephone number, or another identifier as records have it: e-mail "
       "address, account, document, SIM or device number, clerk (may be "
       "repeated); - reads them from stdin, one a line",
       "NUMBER|-")
      ->required();
  many("--site-key", o.site_keys,
       "One more site key (may be repeated); that of each database is used "
       "anyway",
       "KEYFILE");
  add_list_format(verb, o);
  verb->footer(
      "Examples:\n"
      "  simwarden audit person --db out.db --number - < number.txt\n"
      "  simwarden audit person --db 2026.db --db 2025.db --site-key old.key "
      "--number - --format csv\n"
      "  simwarden explain --db out.db --verdict 17\n\n"
      "What stands on a command line other users of the machine can see while "
      "it runs:\ngive numbers on stdin there.\n\n"
      "Exit codes: 0 all was looked at, 3 wrong usage, 4 some was not (another "
      "site key,\ndamaged facts), 5 a database or key cannot be read. "
      "docs/privacy.md.");
}

void add_open(CLI::App* verb, AuditOptions& o) {
  add_database(verb, o);
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
      "Exit codes: 0 shown, 3 wrong usage or no such case, 4 an index hides "
      "some, 5 the\ndatabase cannot be read or written.");
}

struct AuditRow {
  const char* name;
  AuditVerb verb;
  const char* doc;
  void (*add)(CLI::App* verb, AuditOptions& o);
  void (*check)(const AuditOptions& o);  // null: nothing to check
};

constexpr AuditRow kVerbs[] = {
    {"verify", AuditVerb::verify, "Find what was changed, taken out or put in",
     add_verify, nullptr},
    {"checkpoint", AuditVerb::checkpoint,
     "Sign how long the chain is, to be kept elsewhere", add_checkpoint,
     check_checkpoint},
    {"export", AuditVerb::export_folder,
     "Write what others need to verify with their own tools", add_export,
     nullptr},
    {"purge", AuditVerb::purge,
     "Delete what was kept long enough; the chain still verifies", add_purge,
     check_purge},
    {"merge", AuditVerb::merge,
     "Join databases into one that proves each of them", add_merge,
     check_merge},
    {"decide", AuditVerb::decide, "Store what a person decided", add_decide,
     check_decide},
    {"cases", AuditVerb::cases, "List what is open, or not decided", add_cases,
     nullptr},
    {"person", AuditVerb::person,
     "List the verdicts on one person's records, and where others name him",
     add_person, nullptr},
    {"open", AuditVerb::open,
     "Read the texts that a case has in clear; this is logged", add_open,
     nullptr},
};

}  // namespace

void add_audit(CLI::App& top, AuditOptions& o, int& exit_code) {
  CLI::App* app =
      top.add_subcommand("audit", "Prove that a database is as it was written");
  app->require_subcommand(1);
  for (const AuditRow& row : kVerbs) {
    CLI::App* verb = app->add_subcommand(row.name, row.doc);
    row.add(verb, o);
    verb->callback([&o, &exit_code, &row] {
      o.verb = row.verb;
      if (row.check) row.check(o);
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
