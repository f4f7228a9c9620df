// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include <CLI/CLI.hpp>

#include "app/options.h"

// How options are spelt, for the files that declare them; nobody else needs
// CLI11.
namespace simwarden {

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

// A whole number in decimal digits and nothing else; zeros before it say
// nothing. Options that take `N` are read so.
CLI::Validator decimal();
// What is wrong with it as a number from 1 on; empty: nothing.
std::string counted_from_one(const std::string& value);

// Whoever writes to a store.
inline CLI::Option* add_new_site_key(CLI::App* app, OtherKey& change) {
  return app->add_flag_callback(
      "--new-site-key", [&change] { change = OtherKey::meant; },
      "The site key of the database may be another than until now: its "
      "pseudonyms and its counts over records begin anew (docs/privacy.md)");
}

// What a site lays over the packs.
void add_overlays(CLI::App* app, PolicyOptions& policy);
// What a site adds to the packs when it judges.
void add_site(CLI::App* app, PolicyOptions& policy);
// --policy, and what a site adds.
void add_policy(CLI::App* app, PolicyOptions& policy);
// --old-lists and --new-lists.
void add_lists_of_sides(CLI::App* app, ListsOfSides& lists);

// --encoding NAME.
void add_encoding(CLI::App* app, std::optional<Charset>& encoding);

// How records are read.
void add_reading(CLI::App* app, ReadingOptions& reading,
                 const std::string& format_flag = "--format");

void add_screen(CLI::App& top, ScreenOptions& o, int& exit_code);
void add_explain(CLI::App& top, ExplainOptions& o, int& exit_code);

struct PolicyCommands {
  PolicyCommandOptions policy;  // check, test, list, show
  PolicyDiffOptions diff;
  FormatOptions format;
  DocsOptions docs;
  LearnOptions learn;
};
void add_policy_commands(CLI::App& top, PolicyCommands& o, int& exit_code);
void add_replay(CLI::App& top, ReplayOptions& o, int& exit_code);
void add_report(CLI::App& top, ReportCommandOptions& o, int& exit_code);
void add_serve(CLI::App& top, ServeOptions& o, int& exit_code);
void add_audit(CLI::App& top, AuditOptions& o, int& exit_code);

}  // namespace simwarden
