// SPDX-License-Identifier: Apache-2.0
#include "app/policy_check.h"

#include <algorithm>
#include <ctime>
#include <map>

#include <fmt/format.h>

#include "diag/counted.h"
#include "guide/advice.h"
#include "house/house.h"
#include "lint/formats.h"
#include "lint/lints.h"
#include "policy/pack_tests.h"
#include "record/time.h"
#include "terminal/terminal.h"
#include "trial/case_fields.h"

// Issues for people go to stderr, for programs to stdout; the line that counts
// them goes where the issues do not.
namespace simwarden {
namespace {

struct Checked {
  std::vector<Issue> issues;  // errors first
  size_t dropped = 0;         // by the loader, beyond what a program reads
  std::string counted;        // "2 packs, …"; empty when nothing was loaded
};

std::string count(const Ruleset& ruleset, const std::vector<PackCases>& packs) {
  size_t rules = 0;
  for (const Pack& pack : ruleset.packs) rules += pack.rules.size();
  size_t cases = 0;
  for (const PackCases& pack : packs) cases += pack.cases.size();
  return fmt::format(
      "{}, {}, {}, {}, {}", how_many(ruleset.packs.size(), "pack"),
      how_many(rules, "rule"), how_many(ruleset.profiles.size(), "profile"),
      how_many(ruleset.lists.size(), "list"), how_many(cases, "case"));
}

// Of packs that do not load. Cases that cannot be read hide no mistake of what
// can.
void check_cases_alone(const PolicyOptions& options, Issues& issues) {
  const auto paths = policy_paths(options);
  if (!paths) return;
  const auto cases = load_cases_alone(*disk_files(), *paths, issues);
  if (cases) check_fields(*cases, issues);
}

Result<Checked> check(const PolicyCommandOptions& options, int64_t as_of) {
  if (Status named = check_named_files(options.policy); !named) {
    return named.error();
  }
  const FactSchema schema;
  Issues issues(kIssuesForProgramsMax);
  PolicySources sources;
  const auto ruleset = load_policies(options.policy, schema, issues, &sources);
  if (!ruleset) return ruleset.error();
  if (!*ruleset) {
    check_cases_alone(options.policy, issues);
    return Checked{issues.sorted(), issues.dropped(), {}};
  }
  const auto cases = load_cases(*disk_files(), **ruleset, issues);
  if (!cases) return cases.error();
  check_fields(*cases, issues);
  for (const Pack& pack : (*ruleset)->packs) {
    const auto advice = load_advice(*disk_files(), pack, issues);
    if (!advice) return advice.error();
  }
  const Reading reading(**ruleset, sources, as_of);
  return Checked{lint(reading, issues), issues.dropped(),
                 count(**ruleset, *cases)};
}

bool is_to_program(const PolicyCommandOptions& options) {
  return options.format != "text";
}

// A person is shown fewer than a program.
Issues shown(const PolicyCommandOptions& options, const Checked& checked) {
  Issues issues(is_to_program(options) ? kIssuesForProgramsMax : kIssuesMax);
  for (const Issue& issue : checked.issues) {
    const bool wanted = options.notes || is_to_program(options) ||
                        issue.severity != Severity::note;
    if (wanted) issues.add(issue);
  }
  return issues;
}

size_t count(const Checked& checked, Severity severity) {
  return size_t(std::count_if(
      checked.issues.begin(), checked.issues.end(),
      [&](const Issue& issue) { return issue.severity == severity; }));
}

// "280 notes (L102 186, L111 94): --notes shows them"
void tell_of_notes(const Checked& checked) {
  const size_t notes = count(checked, Severity::note);
  std::map<std::string, size_t> by_code;
  for (const Issue& issue : checked.issues) {
    if (issue.severity == Severity::note) ++by_code[issue.code];
  }
  std::string codes;
  for (const auto& [code, times] : by_code) {
    codes += fmt::format("{}{} {}", codes.empty() ? "" : ", ", code, times);
  }
  say("{} ({}): --notes shows {}\n", how_many(notes, "note"), codes,
      notes == 1 ? "it" : "them");
}

void print(const PolicyCommandOptions& options, const Checked& checked) {
  const Issues issues = shown(options, checked);
  const bool to_program = is_to_program(options);
  if (to_program) {
    const auto formats = issue_formats();
    const auto format = std::find_if(
        formats.begin(), formats.end(),
        [&](const IssueFormat& row) { return row.name == options.format; });
    fmt::print("{}", format->write(issues, SIMWARDEN_VERSION));
  } else {
    say_text(render(issues, wants_colour(stderr)));
    if (!options.notes && count(checked, Severity::note) > 0) {
      tell_of_notes(checked);
    }
  }
  if (checked.dropped > 0) {
    say("{} more were not even kept\n", checked.dropped);
  }
  if (checked.counted.empty()) return;
  const std::string counts =
      fmt::format("{}: {}, {}, {}\n", checked.counted,
                  how_many(count(checked, Severity::error), "mistake"),
                  how_many(count(checked, Severity::warning), "warning"),
                  how_many(count(checked, Severity::note), "note"));
  to_program ? say_text(counts) : fmt::print("{}", counts);
}

}  // namespace

int run_policy_check(const PolicyCommandOptions& options) {
  const auto as_of = options.as_of.empty() ? day_second(std::time(nullptr)).day
                                           : parse_date(options.as_of);
  if (!as_of) {
    return complain(
        {Trouble::usage,
         fmt::format("--as-of {}: not a date like 2026-11-24", options.as_of)});
  }
  const auto checked = check(options, *as_of);
  if (!checked) return complain(checked.error());
  print(options, *checked);
  const size_t mistakes = count(*checked, Severity::error);
  if (checked->counted.empty()) return complain(wrong_policies(mistakes));
  const bool wrong = mistakes > 0 ||
                     (options.strict && count(*checked, Severity::warning) > 0);
  return wrong ? kExitPolicy : kExitDone;
}

}  // namespace simwarden
