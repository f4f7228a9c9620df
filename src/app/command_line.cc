// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/options.h"
#include "app/terminal.h"
#include "diag/issue.h"
#include "lint/formats.h"
#include "rollout/replay_tally.h"

// The one place that knows how options are spelt. CLI11 parses; each command
// has one function that declares its options into its struct.
namespace simwarden {
namespace {

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

const std::map<std::string, ReportOutput> kReportOutputs = {
    {"html", ReportOutput::html},
    {"json", ReportOutput::json},
    {"csv", ReportOutput::csv},
    {"markdown", ReportOutput::markdown}};

const std::map<std::string, FactsFormat> kFactsFormats = {
    {"text", FactsFormat::text},
    {"json", FactsFormat::json},
    {"markdown", FactsFormat::markdown}};

// "a|b|c" for the help.
template <typename T>
std::string names(const std::map<std::string, T>& choices) {
  std::string text;
  for (const auto& choice : choices) {
    text += text.empty() ? choice.first : "|" + choice.first;
  }
  return text;
}

template <typename T>
CLI::Option* add_choice(CLI::App* app, const std::string& flag, T& into,
                        const std::map<std::string, T>& choices,
                        const std::string& doc) {
  return app
      ->add_option_function<std::string>(
          flag,
          [&into, &choices](const std::string& s) { into = choices.at(s); },
          doc)
      ->check(CLI::IsMember(&choices))
      ->type_name(names(choices));
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

// What a site adds to the packs when it judges.
void add_site(CLI::App* app, PolicyOptions& policy) {
  add_overlays(app, policy);
  app->add_option("--profile", policy.profile,
                  "Profile of records that name none: a name, or a file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app->add_option("--language", policy.language,
                  "Language of reasons and remedies (en, zh)")
      ->type_name("LANG")
      ->capture_default_str();
}

void add_policy(CLI::App* app, PolicyOptions& policy) {
  app->add_option("--policy", policy.paths,
                  "A pack, or a folder of packs (may be repeated; default: "
                  "the shipped ones)")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
  add_site(app, policy);
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
         "or text is not)")
      ->type_name("NAME");
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
  app->add_option("--db", o.db, "Store the verdicts in this SQLite database")
      ->type_name("FILE");
  app->add_option("--jobs", o.jobs, "Threads that judge (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u));
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
  app->add_option("INPUT", o.inputs, "Files, folders, globs; - is stdin")
      ->required()
      ->type_name("");
  app->footer(
      "Examples:\n"
      "  simwarden screen --profile cn-realname requests.jsonl\n"
      "  simwarden screen --map branch_map.yaml --db verdicts.db branch.csv\n"
      "  simwarden screen --kind message --encoding gbk sms.txt\n"
      "  zcat inbox.txt.gz | simwarden screen --kind message --format text -\n"
      "  simwarden screen --output-format table --fail-on refuse logs/\n\n"
      "Exit codes: 0 done, 1 --fail-on was reached, 2 a policy is wrong, 3 "
      "wrong usage,\n4 some input could not be read, 5 disk or database "
      "failed.");
  app->callback([&o, &exit_code] { exit_code = run_screen(o); });
}

void add_explain(CLI::App& top, ExplainOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "explain", "Show one record to a person: spans, points, next step");
  add_policy(app, o.policy);
  add_reading(app, o.reading);
  auto* text = app->add_option("--text", o.text, "A message, as it is")
                   ->type_name("TEXT");
  app->add_option("--line", o.line, "The record that begins on this line")
      ->type_name("N");
  app->add_option("--id", o.id, "The record with this id")->type_name("ID");
  auto* input = app->add_option("INPUT", o.input,
                                "A file (its first record, or --line, --id); "
                                "- is stdin")
                    ->type_name("");
  input->excludes(text);
  app->footer(
      "Examples:\n"
      "  simwarden explain --text 'Your SIM will be blocked, call me'\n"
      "  simwarden explain --id demo-r-001 requests.jsonl\n"
      "  simwarden explain --language zh --line 3 inbox.txt");
  app->callback([&o, &exit_code, text, input] {
    o.has_text = text->count() > 0;
    if (!o.has_text && input->count() == 0) {
      throw CLI::RequiredError("INPUT or --text");
    }
    exit_code = run_explain(o);
  });
}

void add_policy_test(CLI::App* verb, PolicyCommandOptions& o) {
  verb->add_flag("--verbose", o.verbose, "Name the cases that passed too");
  verb->add_option("--junit", o.junit,
                   "Write the results as JUnit XML too; - is stdout")
      ->type_name("FILE|-");
  verb->add_flag("--coverage", o.coverage,
                 "Show which answers of which conditions no case reaches");
  verb->add_flag("--mutants", o.mutants,
                 "Change every rule a little and show the changes that no case "
                 "notices");
  verb->add_flag("--suggest", o.suggest,
                 "Print cases for what --coverage and --mutants miss");
  verb->footer(
      "Examples:\n"
      "  simwarden policy test policies/sim-replacement\n"
      "  simwarden policy test --junit results.xml policies/\n"
      "  simwarden policy test --coverage --mutants my-pack\n"
      "  simwarden policy test --suggest --rule IDV-002 my-pack\n\n"
      "Exit codes: 0 every case passed and nothing is unproven, 2 otherwise "
      "(a reason in\nsurvivors: of tests.yaml excuses a branch or a mutant), 3 "
      "wrong usage.");
}

void add_policy_diff(CLI::App* policy, PolicyDiffOptions& o, int& exit_code) {
  CLI::App* app = policy->add_subcommand(
      "diff", "Show what two versions of policies differ in");
  app->add_option("OLD", o.old_path, "A pack, or a folder of packs")
      ->required()
      ->type_name("");
  app->add_option("NEW", o.new_path, "A pack, or a folder of packs")
      ->required()
      ->type_name("");
  add_overlays(app, o.policy);
  app->add_option_function<std::string>(
         "--format", [&o](const std::string& s) { o.json = s == "json"; },
         "How it is written")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("json|text");
  app->add_flag("--fail-on-change", o.fail_on_change,
                "Exit with 1 when anything is different");
  app->footer(
      "Examples:\n"
      "  simwarden policy diff /etc/simwarden/policies policies\n"
      "  simwarden policy diff --format json old/sim-replacement "
      "new/sim-replacement");
  app->callback([&o, &exit_code] { exit_code = run_policy_diff(o); });
}

void add_check(CLI::App* app, PolicyCommandOptions& o) {
  std::vector<std::string> formats{"text"};
  for (const IssueFormat& row : issue_formats()) {
    formats.emplace_back(row.name);
  }
  app->add_option("--format", o.format,
                  "How mistakes are shown: text to people on stderr, the "
                  "others to programs on stdout")
      ->check(CLI::IsMember(formats))
      ->type_name(fmt::format("{}", fmt::join(formats, "|")));
  app->add_option("--as-of", o.as_of,
                  "The day on which lists may be too old (default: today)")
      ->type_name("DATE");
  app->add_flag("--strict", o.strict, "Warnings count as mistakes");
  app->add_flag("--notes", o.notes,
                "Show notes as text too (other formats always have them)");
  app->footer(
      "Examples:\n"
      "  simwarden policy check --strict policies/\n"
      "  simwarden policy check --format sarif policies/ > policies.sarif\n"
      "  simwarden policy check --format github --as-of 2026-11-24\n\n"
      "Exit codes: 0 nothing wrong, 2 a mistake, or with --strict a warning.\n"
      "All codes: docs/lint.md.");
}

void add_policy_format(CLI::App& policy, FormatOptions& o, int& exit_code) {
  CLI::App* app = policy.add_subcommand(
      "format", "Write policy files in one style; comments stay");
  app->add_option("PATH", o.paths, "Files or folders; - is stdin to stdout")
      ->required()
      ->type_name("");
  app->add_flag("--check", o.check,
                "Change nothing; show where a file would change, and exit 2");
  app->add_flag("--stdout", o.to_stdout, "Print one file; change nothing");
  app->footer(
      "Examples:\n"
      "  simwarden policy format policies/\n"
      "  simwarden policy format --check policies/my-pack\n"
      "  simwarden policy format - < pack.yaml\n\n"
      "Exit codes: 0 done, 2 a file has mistakes or (--check) would change, 5 "
      "a file could\nnot be written. A file with mistakes is never touched.");
  app->callback([&o, &exit_code] { exit_code = run_policy_format(o); });
}

void add_policy_docs(CLI::App& policy, DocsOptions& o, int& exit_code) {
  CLI::App* app = policy.add_subcommand(
      "docs", "Write Markdown pages about packs, rules, profiles, controls");
  app->add_option("PATH", o.policy.paths,
                  "Packs or folders of packs (default: the shipped ones)")
      ->type_name("");
  add_overlays(app, o.policy);
  app->add_option("--output", o.output, "The folder that the pages go to")
      ->required()
      ->type_name("FOLDER");
  app->add_option("--language", o.policy.language,
                  "Language of remedies and advice that comes first")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("en|zh")
      ->capture_default_str();
  app->footer(
      "Examples:\n"
      "  simwarden policy docs --output site policies/\n"
      "  simwarden policy docs --output site --language zh my-pack");
  app->callback([&o, &exit_code] { exit_code = run_policy_docs(o); });
}

void add_policy_command(CLI::App& top, PolicyCommandOptions& o,
                        PolicyDiffOptions& diff, int& exit_code) {
  CLI::App* app = top.add_subcommand("policy", "Work on policies");
  app->require_subcommand(1);
  struct Row {
    const char* name;
    PolicyVerb verb;
    const char* doc;
  };
  static constexpr Row kRows[] = {
      {"check", PolicyVerb::check,
       "Show every mistake and what looks like one"},
      {"test", PolicyVerb::test, "Run the cases of tests.yaml"},
      {"list", PolicyVerb::list, "List packs, rules, profiles and lists"},
      {"show", PolicyVerb::show, "Show rules: condition, facts, remedy"},
  };
  for (const Row& row : kRows) {
    CLI::App* verb = app->add_subcommand(row.name, row.doc);
    verb->add_option("PATH", o.policy.paths,
                     "Packs or folders of packs (default: the shipped ones)")
        ->type_name("");
    add_overlays(verb, o.policy);
    if (row.verb == PolicyVerb::show || row.verb == PolicyVerb::test) {
      verb->add_option("--rule", o.rules, "Only these rules")
          ->type_name("ID")
          ->take_all()
          ->allow_extra_args(false);
    }
    if (row.verb == PolicyVerb::test) add_policy_test(verb, o);
    if (row.verb == PolicyVerb::check) add_check(verb, o);
    verb->callback([&o, &exit_code, v = row.verb] {
      o.verb = v;
      exit_code = run_policy(o);
    });
  }
  add_policy_diff(app, diff, exit_code);
  app->footer(
      "Examples:\n"
      "  simwarden policy check policies/\n"
      "  simwarden policy diff policies draft\n"
      "  simwarden policy test policies/sim-replacement\n"
      "  simwarden policy show --rule IDV-002");
}

void add_policy_path(CLI::App* app, const std::string& flag,
                     std::vector<std::string>& paths, const std::string& doc) {
  app->add_option(flag, paths, doc)
      ->required()
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false);
}

void add_replay(CLI::App& top, ReplayOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "replay", "What a changed policy would have done to past records");
  add_policy_path(app, "--old", o.old_paths,
                  "Packs as they are (may be repeated)");
  add_policy_path(app, "--new", o.new_paths,
                  "Packs as they shall be (may be repeated)");
  add_site(app, o.policy);
  add_reading(app, o.reading, "--input-format");
  app->add_option("--db", o.db,
                  "Replay what this database has verdicts of, from the files "
                  "that they came from")
      ->type_name("FILE");
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
      app->add_option("INPUT", o.inputs, "Files, folders, globs; - is stdin")
          ->type_name("");
  app->footer(
      "Examples:\n"
      "  simwarden replay --old policies --new draft requests.jsonl\n"
      "  simwarden replay --old policies --new draft --db verdicts.db\n"
      "  simwarden replay --old policies --new draft --format csv logs/ > "
      "changed.csv\n"
      "  simwarden replay --old policies --new draft --fail-on raised logs/\n\n"
      "Exit codes: 0 done, 1 --fail-on was met, 2 a policy is wrong, 3 wrong "
      "usage,\n4 some input could not be read or judged again, 5 disk or "
      "database failed.");
  app->callback([&o, &exit_code, input] {
    if (o.db.empty() == (input->count() == 0)) {
      throw CLI::ValidationError("replay", "needs either INPUT or --db");
    }
    exit_code = run_replay(o);
  });
}

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

void add_report(CLI::App& top, ReportCommandOptions& o, int& exit_code) {
  CLI::App* app = top.add_subcommand(
      "report", "What a store holds, for an auditor or a regulator");
  app->add_option("--db", o.db, "The database that `screen --db` wrote")
      ->required()
      ->type_name("FILE");
  add_report_period(app, o);
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
      "Exit codes: 0 done, 2 a policy is wrong, 3 wrong usage, 5 disk or "
      "database failed.");
  app->callback([&o, &exit_code] {
    if (!o.table.empty() && o.format != ReportOutput::csv) {
      throw CLI::ValidationError("--table", "goes with --format csv");
    }
    exit_code = run_report(o);
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
      "  simwarden facts --functions matches");
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

}  // namespace

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
  PolicyCommandOptions policy;
  PolicyDiffOptions policy_diff;
  FormatOptions format;
  DocsOptions docs;
  FactsOptions facts;
  ReplayOptions replay;
  ReportCommandOptions report;
  add_screen(top, screen, exit_code);
  add_explain(top, explain, exit_code);
  add_policy_command(top, policy, policy_diff, exit_code);
  add_policy_format(*top.get_subcommand("policy"), format, exit_code);
  add_policy_docs(*top.get_subcommand("policy"), docs, exit_code);
  add_facts(top, facts, exit_code);
  add_replay(top, replay, exit_code);
  add_report(top, report, exit_code);
  try {
    top.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return top.exit(asked_for_help);
  } catch (const CLI::ParseError& e) {
    fmt::print(stderr, "simwarden: {}\nTry: simwarden {}--help\n", e.what(),
               argc > 1 && argv[1][0] != '-' ? std::string(argv[1]) + " " : "");
    return kExitUsage;
  }
  return exit_code;
}

}  // namespace simwarden
