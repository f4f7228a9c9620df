// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/command_options.h"
#include "app/options.h"
#include "diag/issue.h"
#include "diag/printable.h"
#include "house/house.h"
#include "policy/window_reader.h"
#include "rollout/replay_tally.h"
#include "terminal/terminal.h"

// The one place that knows how options are spelt. CLI11 parses; each command
// has one function that declares its options into its struct.
namespace simwarden {
namespace {

// What a site adds to the packs when it judges.
void add_site(CLI::App* app, PolicyOptions& policy) {
  add_overlays(app, policy);
  app->add_option("--profile", policy.profile,
                  "Profile of records that name none: a name, or a file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app->add_option("--language", policy.language,
                  "Language of titles, reasons and remedies (en, zh)")
      ->type_name("LANG")
      ->capture_default_str();
}

// --policy, and what a site adds.
void add_policy(CLI::App* app, PolicyOptions& policy) {
  app->add_option("--policy", policy.paths,
                  "A pack, or a folder of packs (may be repeated; default: "
                  "the shipped ones)")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
  add_site(app, policy);
}

const std::map<std::string, Format> kFormats = {
    {"auto", Format::automatic}, {"jsonl", Format::json_lines},
    {"csv", Format::csv},        {"tsv", Format::tsv},
    {"mail", Format::mail},      {"text", Format::text}};
const std::map<std::string, KindChoice> kKinds = {
    {"auto", KindChoice::automatic},
    {"request", KindChoice::request},
    {"message", KindChoice::message}};
const std::map<std::string, OutputFormat> kOutputs = {
    {"ndjson", OutputFormat::ndjson},
    {"table", OutputFormat::table},
    {"csv", OutputFormat::csv}};
const std::map<std::string, Action> kActions = {{"review", Action::review},
                                                {"hold", Action::hold},
                                                {"refuse", Action::refuse}};

const std::map<std::string, ReportFormat> kReportFormats = {
    {"text", ReportFormat::text},
    {"json", ReportFormat::json},
    {"csv", ReportFormat::csv}};
const std::map<std::string, ReplayAlarm> kAlarms = {
    {"raised", ReplayAlarm::raised},
    {"lowered", ReplayAlarm::lowered},
    {"changed", ReplayAlarm::changed}};

const std::map<std::string, FactsFormat> kFactsFormats = {
    {"text", FactsFormat::text},
    {"json", FactsFormat::json},
    {"markdown", FactsFormat::markdown}};

// CLI11 reads numbers as C does: 010 would be eight, -1 a great many, and what
// is too large the largest.
std::string read_decimal(std::string& value) {
  uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [at, wrong] = std::from_chars(value.data(), end, number);
  // No count and no id is beyond what a database holds.
  const bool whole =
      wrong == std::errc() && at == end && std::in_range<int64_t>(number);
  if (!whole) return value + " is no whole number";
  value = fmt::to_string(number);
  return {};
}

std::string counted_from_one(const std::string& value) {
  const bool number = value.find_first_not_of("0123456789") == value.npos;
  const bool above = value.find_first_not_of('0') != value.npos;
  return number && above ? "" : value + " is no number from 1 on";
}

Charset charset_named(const std::string& label) {
  auto charset = find_charset(label);
  if (charset) return *std::move(charset);
  std::string hint = did_you_mean(label, charset_labels());
  if (hint.empty()) {
    hint = "names: https://encoding.spec.whatwg.org/#names-and-labels";
  }
  throw CLI::ValidationError(
      "--encoding",
      fmt::format("no charset that can be read is named {}; {}", label, hint));
}

void add_reading(CLI::App* app, ReadingOptions& reading,
                 const std::string& format_flag = "--format") {
  add_choice(app, "--kind", reading.kind, kKinds, "What the records are");
  add_choice(app, format_flag, reading.format, kFormats,
             "How the input is written");
  app->add_option("--map", reading.map,
                  "Translates an operator's own columns and values")
      ->type_name("FILE");
  app->add_option_function<std::string>(
         "--encoding",
         [&reading](const std::string& s) {
           reading.encoding = charset_named(s);
         },
         "Charset of the input, as the Encoding Standard names it: gbk, big5, "
         "shift_jis, windows-1251 … (default: UTF-8, or detected when csv, tsv "
         "or text is not); of mail: of the parts that name none")
      ->type_name("NAME");
  app->add_option("--authserv-id", reading.authserv_id,
                  "Mail: the receiver whose Authentication-Results are "
                  "believed (default: none)")
      ->type_name("HOST");
}

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

// A stored verdict stands as it was told: nothing else says how it is drawn.
void add_stored_verdict(CLI::App* app, ExplainOptions& o) {
  const std::vector<CLI::Option*> others = app->get_options();
  auto* db = app->add_option("--db", o.db,
                             "Show a verdict of this database, as it was told")
                 ->type_name("FILE");
  auto* verdict =
      app->add_option("--verdict", o.verdict,
                      "Which one: its verdict_id, or what stored_as says")
          ->type_name("ID")
          ->needs(db);
  db->needs(verdict);
  for (CLI::Option* other : others) {
    if (other != app->get_help_ptr()) db->excludes(other);
  }
}

void add_explain(CLI::App& top, ExplainOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "explain", "Show one record to a person: spans, points, next step");
  add_policy(app, o.policy);
  add_reading(app, o.reading);
  auto* text = app->add_option("--text", o.text, "A message, as it is")
                   ->type_name("TEXT");
  auto* line =
      app->add_option("--line", o.line, "The record that begins on this line")
          ->type_name("N")
          ->check(counted_from_one)
          ->excludes(text);
  app->add_option("--id", o.id, "The record with this id")
      ->type_name("ID")
      ->excludes(text)
      ->excludes(line);
  auto* input = app->add_option("INPUT", o.input,
                                "A file (its first record, or --line, --id); "
                                "- is stdin")
                    ->type_name("");
  input->excludes(text);
  add_stored_verdict(app, o);
  app->footer(
      "Examples:\n"
      "  simwarden explain --text 'Your SIM will be blocked, call +1 555 555 "
      "0101'\n"
      "  simwarden explain --id demo-r-001 requests.jsonl\n"
      "  simwarden explain --language zh --line 3 inbox.txt\n"
      "  simwarden explain --db verdicts.db --verdict 17\n\n"
      "Exit codes: 0 shown, 2 a policy is wrong, 3 wrong usage or no such "
      "verdict,\n4 the record cannot be read, is not there or is not as it was "
      "written,\n5 the database cannot be read.");
  app->callback([&o, &exit_code, text, input] {
    o.has_text = text->count() > 0;
    if (!o.has_text && input->count() == 0 && o.db.empty()) {
      throw CLI::RequiredError("INPUT, --text or --db");
    }
    if (o.has_text && o.reading.kind == KindChoice::request) {
      throw CLI::ValidationError("--text", "is a message, not a request");
    }
    exit_code = run_explain(o);
  });
}

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
void add_facts(CLI::App& top, FactsOptions& o, int& exit_code) {
  CLI::App* app =
      top.add_subcommand("facts", "List everything a condition may ask");
  add_choice(app, "--format", o.format, kFactsFormats, "How it is written");
  app->add_option("--kind", o.kind, "Only requests or only messages")
      ->check(CLI::IsMember({"request", "message"}))
      ->type_name("request|message");
  CLI::Option* functions = app->add_option(
      "--functions", o.function,
      "The functions of conditions instead, or those whose name holds NAME");
  functions->expected(0, 1)->type_name("[NAME]");
  app->add_flag("--csv-header", o.csv_header,
                "Only the header line of a CSV file with all fields");
  app->footer(
      "Examples:\n"
      "  simwarden facts --kind message\n"
      "  simwarden facts --format json\n"
      "  simwarden facts --csv-header --kind request\n"
      "  simwarden facts --functions\n"
      "  simwarden facts --functions matches"
      "\n\nExit codes: 0 shown, 3 wrong usage.");
  app->callback([&o, &exit_code, functions] {
    o.functions = functions->count() > 0;
    exit_code = run_facts(o);
  });
}

std::string as_typed(int argc, char** argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) {
    if (i > 0) text += ' ';
    text += argv[i];
  }
  return text;
}

// The command as far as it was understood; `way` to it: "audit open ".
CLI::App& command_asked(CLI::App& top, std::string& way) {
  CLI::App* asked = &top;
  while (!asked->get_subcommands().empty()) {
    asked = asked->get_subcommands().front();
    way += asked->get_name() + " ";
  }
  return *asked;
}

// `--db "$DB"` with a variable that is not set would store nothing; `--db -`
// would make a file that hardly any command can delete.
void refuse_slips(CLI::Option& option) {
  if (option.check_lname("text")) return;  // a message may be empty
  option.check([](const std::string& value) {
    return std::string(value.empty() ? "is empty" : "");
  });
  const std::string takes = option.get_type_name();
  if (takes == "N" || takes.starts_with("N:")) option.transform(decimal());
  if (takes.find("FILE") == takes.npos || takes.find("|-") != takes.npos)
    return;
  option.check([](const std::string& value) {
    return std::string(value == "-" ? "wants a file; one named - is ./-" : "");
  });
}

// REQUIRES: commands are two deep, so that this is.
void refuse_slips(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) refuse_slips(*option);
  for (CLI::App* command : app.get_subcommands({})) refuse_slips(*command);
}

// CLI11 takes the next word as the value of `--output=`: an input. Empty: there
// is none.
std::string option_without_value(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word.starts_with("--") && word.find('=') == word.size() - 1) {
      return fmt::format("{} is empty", word);
    }
  }
  return {};
}

// A slip in the name of an option. Empty: that is not the mistake.
std::string unknown_option(CLI::App& asked) {
  const std::vector<std::string> words = asked.remaining();
  if (words.empty() || !words[0].starts_with("--")) return {};
  std::vector<std::string> names;
  for (const CLI::Option* option : asked.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  const std::string hint = did_you_mean(words[0], names);
  return fmt::format("no option is called {}{}{}", words[0],
                     hint.empty() ? "" : "; ", hint);
}

// CLI11 says only that a subcommand is wanted. Empty: that is not the mistake.
std::string unknown_command(const CLI::App& asked) {
  std::vector<std::string> names;
  for (const CLI::App* each :
       asked.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(each->get_name());
  }
  if (names.empty()) return {};
  const std::string all =
      fmt::format("the commands are: {}", fmt::join(names, ", "));
  const std::vector<std::string> words = asked.remaining();
  if (words.empty()) return all;
  const std::string hint = did_you_mean(words[0], names);
  return fmt::format("nothing is called {}; {}", words[0],
                     hint.empty() ? all : hint);
}

}  // namespace

CLI::Validator decimal() {
  return CLI::Validator(read_decimal, "");
}

// What a site lays over the packs.
void add_overlays(CLI::App* app, PolicyOptions& policy) {
  app->add_option("--lists", policy.lists,
                  "A folder of lists of your own, which add to or take the "
                  "place of the packs' (may be repeated)")
      ->type_name("FOLDER")
      ->take_all()
      ->allow_extra_args(false);
  app->add_option("--waivers", policy.waivers,
                  "A file of waivers, besides those of the packs (may be "
                  "repeated)")
      ->type_name("FILE")
      ->take_all()
      ->allow_extra_args(false);
}

void add_lists_of_sides(CLI::App* app, ListsOfSides& lists) {
  const auto add = [app](const char* flag, std::vector<std::string>& into,
                         const char* doc) {
    app->add_option(flag, into, doc)
        ->type_name("FOLDER")
        ->take_all()
        ->allow_extra_args(false);
  };
  add("--old-lists", lists.before,
      "Lists that lie over the old policies only (may be repeated)");
  add("--new-lists", lists.after, "Likewise over the new ones");
}

int run_command_line(int argc, char** argv) {
  CLI::App top(
      "simwarden screens SIM and eSIM replacement requests and incoming "
      "messages against policies.");
  top.set_version_flag("--version", "simwarden " SIMWARDEN_VERSION);
  top.require_subcommand(1);
  int exit_code = kExitDone;
  ScreenOptions screen;
  screen.command = as_typed(argc, argv);
  ExplainOptions explain;
  PolicyCommands policy;
  FactsOptions facts;
  ReplayOptions replay;
  AuditOptions audit;
  ReportCommandOptions report;
  ServeOptions serve;
  add_screen(top, screen, exit_code);
  add_explain(top, explain, exit_code);
  add_serve(top, serve, exit_code);
  add_report(top, report, exit_code);
  add_policy_commands(top, policy, exit_code);
  add_replay(top, replay, exit_code);
  add_audit(top, audit, exit_code);
  add_facts(top, facts, exit_code);
  top.footer(
      "Examples:\n"
      "  simwarden explain --text 'Your SIM will be blocked, call +1 555 555 "
      "0101'\n"
      "  simwarden screen --summary --db verdicts.db --output verdicts.ndjson "
      "requests.jsonl\n"
      "  simwarden report --db verdicts.db --output report.html\n"
      "  simwarden serve --config simwarden.yaml\n\n"
      "Exit codes: 0 done, 1 something was found that --fail-on asks for, 2 a "
      "policy is\nwrong, 3 wrong usage, 4 some input could not be read, 5 "
      "disk, "
      "port or database\nfailed, 130, 143 or 129 stopped by Ctrl-C, SIGTERM or "
      "SIGHUP. `simwarden COMMAND\n--help` says more.");
  refuse_slips(top);
  if (const auto what = option_without_value(argc, argv); !what.empty()) {
    return complain({Trouble::usage, what});
  }
  try {
    top.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return top.exit(asked_for_help);
  } catch (const CLI::ParseError& e) {
    std::string way;
    CLI::App& asked = command_asked(top, way);
    std::string what = unknown_command(asked);
    if (what.empty()) what = unknown_option(asked);
    if (what.empty()) what = e.what();
    say("simwarden: {}\nTry: simwarden {}--help\n", escaped_text(what), way);
    return kExitUsage;
  }
  return exit_code;
}

}  // namespace simwarden
