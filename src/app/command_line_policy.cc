// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/command_options.h"
#include "house/house.h"
#include "lint/formats.h"

// The options of what a policy author does.
namespace simwarden {
namespace {

void add_policy_test(CLI::App* verb, PolicyCommandOptions& o) {
  verb->add_flag("--verbose", o.verbose, "Name the cases that passed too");
  verb->add_option("--junit", o.junit,
                   "Write the results as JUnit XML too; - is stdout, and all "
                   "else is on stderr then")
      ->type_name("FILE|-");
  verb->add_flag("--coverage", o.coverage,
                 "Show which answers of which conditions no case reaches");
  verb->add_flag("--mutants", o.mutants,
                 "Change every rule a little and show the changes that no case "
                 "notices");
  verb->add_flag("--suggest", o.suggest,
                 "Print cases for what --coverage and --mutants miss; figures "
                 "of windows stay as the cases have them");
  verb->footer(
      "Examples:\n"
      "  simwarden policy test policies/sim-replacement\n"
      "  simwarden policy test --junit results.xml policies/\n"
      "  simwarden policy test --coverage --mutants my-pack\n"
      "  simwarden policy test --suggest --rule IDV-002 my-pack\n\n"
      "Exit codes: 0 every case passed and nothing is unproven, 2 otherwise "
      "(a reason in\nsurvivors: of tests.yaml excuses a branch or a mutant; "
      "--suggest goes by the\ncases alone), 3 wrong usage.");
}

void add_policy_show(CLI::App* verb, PolicyCommandOptions& o) {
  auto* plan = verb->add_flag(
      "--plan", o.plan,
      "Show what is asked of a record, in which order, and what spares it");
  verb->add_option_function<std::string>(
          "--kind",
          [&o](const std::string& s) {
            o.plan_kind = s == "request" ? Kind::request : Kind::message;
          },
          "Of --plan: only what is asked of this kind of record")
      ->check(CLI::IsMember({"request", "message"}))
      ->type_name("request|message")
      ->needs(plan);
  verb->get_option("--rule")->excludes(plan);
  verb->footer(
      "Examples:\n"
      "  simwarden policy show --rule IDV-002\n"
      "  simwarden policy show --plan --kind request policies/\n\n"
      "Exit codes: 0 shown, 2 a policy is wrong, 3 wrong usage.");
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
  add_lists_of_sides(app, o.lists);
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
      "new/sim-replacement\n"
      "  simwarden policy diff --old-lists lists --new-lists draft policies "
      "policies\n\n"
      "Exit codes: 0 shown, 1 --fail-on-change was met, 2 a policy is wrong, "
      "3 wrong usage.");
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
      "  simwarden policy docs --output site --language zh my-pack\n\n"
      "Exit codes: 0 written, 2 a policy is wrong, 3 wrong usage, 5 a page "
      "could not be\nwritten.");
  app->callback([&o, &exit_code] { exit_code = run_policy_docs(o); });
}

void add_policy_learn(CLI::App& policy, LearnOptions& o, int& exit_code) {
  CLI::App* app = policy.add_subcommand(
      "learn", "Weigh the phrases of scams by messages that people labelled");
  app->add_option("--scam", o.scams,
                  "Files, folders, globs of scams (may be repeated)")
      ->type_name("INPUT");
  app->add_option("--honest", o.honest,
                  "Files, folders, globs of honest messages (may be repeated)")
      ->type_name("INPUT");
  app->add_option("--labelled", o.labelled,
                  "Folders with a labels.tsv (columns id, file, label: honest, "
                  "ham, unknown or a kind of scam)")
      ->type_name("FOLDER");
  add_encoding(app, o.encoding);
  app->add_option("--output", o.output, "The list's plain file; - is stdout")
      ->type_name("FILE|-")
      ->capture_default_str();
  app->add_flag("--quiet", o.quiet, "Do not say what was learnt from");
  app->footer(
      "Examples:\n"
      "  simwarden policy learn --scam scams.jsonl --honest inbox/ --output "
      "lists/scam_phrases.txt\n"
      "  simwarden policy learn --labelled desk/2026-q1 --output "
      "lists/scam_phrases.txt\n\n"
      "The same messages in the same order give the same bytes. "
      "docs/likeness.md "
      "says what\nthe weights mean and how to judge them.\n"
      "Exit codes: 0 written, 3 wrong usage, 4 some input could not be read or "
      "holds no\nmessage, 5 the file could not be written.");
  app->callback([&o, &exit_code] { exit_code = run_policy_learn(o); });
}

// Cases name their profiles: only a file's changes anything.
void add_profile_file(CLI::App* verb, PolicyOptions& policy) {
  verb->add_option("--profile", policy.profile,
                   "A file of a profile, which takes the place of the one of "
                   "its name")
      ->check([](const std::string& path) {
        return is_profile_file(path) ? std::string()
                                     : path + " is no file of a profile";
      })
      ->type_name("FILE");
}

void add_verbs(CLI::App* app, PolicyCommandOptions& o, int& exit_code) {
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
      verb->add_option("--rule", o.rules,
                       row.verb == PolicyVerb::test
                           ? "Only these rules, and cases that name them"
                           : "Only these rules")
          ->type_name("ID")
          ->take_all()
          ->allow_extra_args(false);
    }
    if (row.verb == PolicyVerb::check || row.verb == PolicyVerb::test) {
      add_profile_file(verb, o.policy);
    }
    if (row.verb == PolicyVerb::show) add_policy_show(verb, o);
    if (row.verb == PolicyVerb::test) add_policy_test(verb, o);
    if (row.verb == PolicyVerb::check) add_check(verb, o);
    if (row.verb == PolicyVerb::list) {
      verb->footer(
          "Examples:\n"
          "  simwarden policy list\n"
          "  simwarden policy list my-pack\n\n"
          "Exit codes: 0 shown, 2 a policy is wrong, 3 wrong usage.");
    }
    verb->callback([&o, &exit_code, v = row.verb] {
      o.verb = v;
      exit_code = run_policy(o);
    });
  }
}

}  // namespace

void add_policy_commands(CLI::App& top, PolicyCommands& o, int& exit_code) {
  CLI::App* app = top.add_subcommand("policy", "Work on policies");
  app->require_subcommand(1);
  add_verbs(app, o.policy, exit_code);
  add_policy_diff(app, o.diff, exit_code);
  add_policy_format(*app, o.format, exit_code);
  add_policy_docs(*app, o.docs, exit_code);
  add_policy_learn(*app, o.learn, exit_code);
  app->footer(
      "Examples:\n"
      "  simwarden policy check policies/\n"
      "  simwarden policy diff policies draft\n"
      "  simwarden policy test policies/sim-replacement\n"
      "  simwarden policy show --rule IDV-002\n\n"
      "Exit codes: 0 done, 2 a policy is wrong, 3 wrong usage, 5 a file could "
      "not be\nwritten.");
}

}  // namespace simwarden
