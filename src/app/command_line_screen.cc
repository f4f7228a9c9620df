// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"
#include "policy/window_reader.h"

// The options of `screen`.
namespace simwarden {
namespace {

const std::map<std::string, OutputFormat> kOutputs = {
    {"ndjson", OutputFormat::ndjson},
    {"table", OutputFormat::table},
    {"csv", OutputFormat::csv}};
const std::map<std::string, Action> kActions = {{"review", Action::review},
                                                {"hold", Action::hold},
                                                {"refuse", Action::refuse}};

// The one way by which texts are kept in clear.
void add_case(CLI::App* app, CaseFile& file) {
  auto* number =
      app->add_option("--case", file.number,
                      "Keep the records that do not pass in clear, under this "
                      "case number (codes are never kept)")
          ->type_name("NUMBER")
          ->needs("--db");
  app->add_option("--case-until", file.until,
                  "The last day of the case; `audit purge` deletes its texts "
                  "after it")
      ->type_name("DATE")
      ->needs(number);
  app->add_option("--case-by", file.opened_by,
                  "Who asks for them (default: your login)")
      ->type_name("WHO")
      ->needs(number);
}

}  // namespace

void add_screen(CLI::App& top, ScreenOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand("screen", "Judge logs and messages");
  add_policy(app, o.policy);
  add_reading(app, o.reading);
  app->add_option("--output", o.output, "Where the verdicts go; - is stdout")
      ->type_name("FILE|-")
      ->capture_default_str();
  add_choice(app, "--output-format", o.output_format, kOutputs,
             "How they are written");
  auto* db = app->add_option("--db", o.db,
                             "Store the verdicts in this SQLite database");
  db->type_name("FILE");
  app->add_option_function<std::string>(
         "--keep", [&o](const std::string& s) { o.keep_facts = s == "facts"; },
         "What the database keeps: the verdicts alone, or (default) also the "
         "facts that they stand on, masked, for replays and figures")
      ->check(CLI::IsMember({"facts", "verdicts"}))
      ->needs(db)
      ->type_name("facts|verdicts");
  add_new_site_key(app, o.key_change)->needs(db);
  add_case(app, o.case_file);
  app->add_option("--jobs", o.jobs, "Threads that judge (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u));
  app->add_option_function<std::string>(
         "--lateness",
         [&o](const std::string& s) {
           const auto span = span_of(s, kLatenessMax);
           if (!span) {
             throw CLI::ValidationError("--lateness", "0s to 1d, such as 15m");
           }
           o.lateness = *span;
         },
         "Windows wait for records that are so much older than one before "
         "them (default: 15m)")
      ->type_name("SPAN");
  app->add_option_function<std::string>(
         "--fail-on",
         [&o](const std::string& s) { o.fail_on = kActions.at(s); },
         "Exit with 1 when a record reaches this action")
      ->check(CLI::IsMember(&kActions))
      ->type_name(names(kActions));
  app->add_flag("--summary", o.summary,
                "At the end: counts by action, top rules, the worst records");
  app->add_flag("--quiet", o.quiet, "No completeness lines, no progress");
  app->add_flag("!--no-prefilter", o.prefilter,
                "Try every pattern one by one (slow; same verdicts)");
  app->add_flag("!--no-gates", o.gates,
                "Ask every rule of every record (slow; same verdicts)");
  app->add_option("INPUT", o.inputs,
                  "Files, folders, globs in quotes (`**` is `*`; a folder is "
                  "read whole); - is stdin")
      ->required()
      ->type_name("");
  app->footer(
      "Examples:\n"
      "  simwarden screen --profile cn-realname requests.jsonl\n"
      "  simwarden screen --map branch_map.yaml --db verdicts.db branch.csv\n"
      "  simwarden screen --kind message --encoding gbk sms.txt\n"
      "  simwarden screen --authserv-id mx.example inbox.mbox ~/Maildir\n"
      "  simwarden screen --db verdicts.db --case FD-2026-17 --case-until "
      "2026-12-31 inbox.jsonl\n"
      "  zcat inbox.txt.gz | simwarden screen --kind message --format text -\n"
      "  simwarden screen --output-format table --fail-on refuse logs/\n\n"
      "Exit codes: 0 done, 1 --fail-on was reached, 2 a policy is wrong, 3 "
      "wrong usage,\n4 some input could not be read, 5 disk or database "
      "failed, 130 stopped.");
  app->callback([&o, &exit_code] { exit_code = run_screen(o); });
}

}  // namespace simwarden
