// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"

// The options of `report`.
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
  app->add_flag("--no-verify", o.unverified,
                "Do not look first whether the databases are as they were "
                "written (the cover says so)");
  app->footer(
      "Examples:\n"
      "  simwarden report --db verdicts.db --output report.html\n"
      "  simwarden report --db verdicts.db --from 2026-02-01 --to 2026-02-28 "
      "--language zh > february.html\n"
      "  simwarden report --db verdicts.db --format csv --table fcc\n"
      "  simwarden report --db verdicts.db --format json --publish\n\n"
      "Exit codes: 0 done, 2 a policy is wrong, 3 wrong usage, 4 a "
      "database is not as it was written, or some kept facts could not be read "
      "(the report says so), 5 disk or database failed.");
  app->callback([&o, &exit_code] {
    if (!o.table.empty() && o.format != ReportOutput::csv) {
      throw CLI::ValidationError("--table", "goes with --format csv");
    }
    exit_code = run_report(o);
  });
}

}  // namespace simwarden
