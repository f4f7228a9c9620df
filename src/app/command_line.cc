// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/command_options.h"
#include "diag/issue.h"
#include "diag/printable.h"
#include "terminal/terminal.h"

// How a command is found and what is said of a slip. CLI11 parses; each command
// has one function that declares its options into its struct.
namespace simwarden {
namespace {

const std::map<std::string, FactsFormat> kFactsFormats = {
    {"text", FactsFormat::text},
    {"json", FactsFormat::json},
    {"markdown", FactsFormat::markdown}};

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

// Of commands about policies, which have them where others have inputs: what
// to write. Empty: of others.
std::string policies_by_place(const CLI::App& asked) {
  const CLI::App* group = asked.get_parent();
  if (group == nullptr || group->get_name() != "policy") return {};
  std::string way = fmt::format(
      "policies stand without one: simwarden policy {}", asked.get_name());
  for (const CLI::Option* option : asked.get_options()) {
    if (option->get_positional()) way += " " + option->get_name();
  }
  return way;
}

// What other programs call what is called otherwise here.
std::string called_here(std::string_view name,
                        const std::vector<std::string>& names) {
  constexpr std::pair<std::string_view, std::string_view> kElsewhere[] = {
      {"--threads", "--jobs"},     {"--workers", "--jobs"},
      {"--parallel", "--jobs"},    {"--rules", "--policy"},
      {"--pack", "--policy"},      {"--packs", "--policy"},
      {"--ruleset", "--policy"},   {"--out", "--output"},
      {"--database", "--db"},      {"--store", "--db"},
      {"--charset", "--encoding"}, {"--lang", "--language"},
      {"--locale", "--language"},  {"--type", "--kind"},
      {"--mapping", "--map"},      {"--silent", "--quiet"}};
  for (const auto& [theirs, ours] : kElsewhere) {
    const bool known =
        std::find(names.begin(), names.end(), ours) != names.end();
    if (theirs == name && known) return fmt::format("it is {} here", ours);
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
  const std::string name = words[0].substr(0, words[0].find('='));
  std::string hint = called_here(name, names);
  if (hint.empty()) hint = did_you_mean(name, names);
  if (name == "--policy") hint = policies_by_place(asked);
  return fmt::format("no option is called {}{}{}", name,
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
