// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"
#include "house/house.h"
#include "rollout/replay_tally.h"

// The options of `replay`.
namespace simwarden {
namespace {

const std::map<std::string, ReportFormat> kReportFormats = {
    {"text", ReportFormat::text},
    {"json", ReportFormat::json},
    {"csv", ReportFormat::csv}};
const std::map<std::string, ReplayAlarm> kAlarms = {
    {"raised", ReplayAlarm::raised},
    {"lowered", ReplayAlarm::lowered},
    {"changed", ReplayAlarm::changed}};

CLI::Option* add_policy_path(CLI::App* app, const std::string& flag,
                             std::vector<std::string>& paths,
                             const std::string& doc) {
  return app->add_option(flag, paths, doc)
      ->required()
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
}

void add_stored(CLI::App* app, ReplayOptions& o) {
  auto* db = app->add_option("--db", o.db,
                             "Replay what this database has verdicts of, from "
                             "the facts that it keeps");
  db->type_name("FILE");
  auto* again = app->add_flag("--read-again", o.read_again,
                              "Read the files that the records came from "
                              "instead of the kept facts");
  again->needs(db);
  app->add_option("--verdict", o.verdict, "Only the verdict with this number")
      ->type_name("ID")
      ->transform(decimal())
      ->check(counted_from_one)
      ->needs(db)
      ->excludes(again);
  app->add_option("--from", o.from, "Only events from this day or time on")
      ->type_name("T")
      ->needs(db)
      ->excludes(again);
  app->add_option("--to", o.to,
                  "Only events up to this day, or before this time")
      ->type_name("T")
      ->needs(db)
      ->excludes(again);
}

// What was kept is judged by the profile that judged it: a name says nothing,
// and a file what the profile of its name holds now.
void check_profile_of_replay(const ReplayOptions& o) {
  if (o.db.empty() || o.read_again) return;
  const bool asked = !o.old_paths.empty() || !o.new_paths.empty();
  if (asked && is_profile_file(o.policy.profile)) return;
  throw CLI::ValidationError(
      "--profile",
      "with --db each verdict is judged by the profile that it was judged by; "
      "leave it out, or name a FILE that --old and --new need");
}

}  // namespace

void add_replay(CLI::App& top, ReplayOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "replay", "What a changed policy would have done to past records");
  add_policy_path(app, "--old", o.old_paths,
                  "Packs as they are (may be repeated; of --db the default is "
                  "the ruleset that judged)")
      ->required(false);
  add_policy_path(app, "--new", o.new_paths,
                  "Packs as they shall be (likewise)")
      ->required(false);
  add_site(app, o.policy);
  add_lists_of_sides(app, o.lists);
  app->get_option("--old-lists")->needs("--old");
  app->get_option("--new-lists")->needs("--new");
  add_reading(app, o.reading, "--input-format");
  add_stored(app, o);
  add_choice(app, "--format", o.format, kReportFormats,
             "How the report is written; csv: every record that changes");
  app->add_option("--examples", o.examples,
                  "Records shown of each kind of change")
      ->type_name("N")
      ->check(CLI::Range(size_t{0}, kExamplesMax))
      ->capture_default_str();
  app->add_option("--jobs", o.jobs, "Threads that judge (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u));
  app->add_option_function<std::string>(
         "--fail-on", [&o](const std::string& s) { o.fail_on = kAlarms.at(s); },
         "Exit with 1 when the action of a record is raised, lowered, or "
         "either")
      ->check(CLI::IsMember(&kAlarms))
      ->type_name(names(kAlarms));
  app->add_flag("--quiet", o.quiet, "No progress");
  auto* input =
      app->add_option(
             "INPUT", o.inputs,
             "Files, folders, globs in quotes (`**` is `*`; a folder is "
             "read whole); - is stdin")
          ->type_name("");
  app->footer(
      "Examples:\n"
      "  simwarden replay --old policies --new draft requests.jsonl\n"
      "  simwarden replay --new draft --db verdicts.db\n"
      "  simwarden replay --db verdicts.db --verdict 1017\n"
      "  simwarden replay --old policies --new draft --format csv logs/ > "
      "changed.csv\n"
      "  simwarden replay --old policies --new draft --fail-on raised logs/\n\n"
      "Exit codes: 0 done, 1 --fail-on was met, 2 a policy is wrong, 3 wrong "
      "usage,\n4 some input could not be read or judged again, or --fail-on is "
      "not answered by\nwhat is replayable, 5 disk or database failed, 130 "
      "stopped.");
  auto* profile = app->get_option("--profile");
  app->callback([&o, &exit_code, input, profile] {
    if (o.db.empty() == (input->count() == 0)) {
      throw CLI::ValidationError("replay", "needs either INPUT or --db");
    }
    const bool both = !o.old_paths.empty() && !o.new_paths.empty();
    if (!both && (o.db.empty() || o.read_again)) {
      throw CLI::ValidationError("replay", "needs --old and --new");
    }
    if (profile->count() > 0) check_profile_of_replay(o);
    exit_code = run_replay(o);
  });
}

}  // namespace simwarden
