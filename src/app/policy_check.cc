// SPDX-License-Identifier: Apache-2.0
#include "app/policy_check.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/house.h"
#include "app/terminal.h"
#include "lint/formats.h"
#include "lint/lints.h"
#include "policy/pack_tests.h"

// Issues for people go to stderr, for programs to stdout; the line that counts
// them goes where the issues do not.
namespace simwarden {
namespace {

struct Checked {
  std::vector<Issue> issues;  // errors first
  size_t dropped = 0;         // by the loader, beyond what a program reads
  std::string counted;        // "2 packs, …"; empty when nothing was loaded
};

Day today() {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::system_clock::now());
}

std::string count(const Ruleset& ruleset, const std::vector<PackCases>& packs) {
  size_t rules = 0;
  for (const Pack& pack : ruleset.packs) rules += pack.rules.size();
  size_t cases = 0;
  for (const PackCases& pack : packs) cases += pack.cases.size();
  return fmt::format("{} packs, {} rules, {} profiles, {} lists, {} cases",
                     ruleset.packs.size(), rules, ruleset.profiles.size(),
                     ruleset.lists.size(), cases);
}

Result<Checked> check(const PolicyCommandOptions& options, Day as_of) {
  const FactSchema schema;
  Issues issues(kIssuesForProgramsMax);
  PolicySources sources;
  const auto ruleset = load_policies(options.policy, schema, issues, &sources);
  if (!ruleset) return ruleset.error();
  if (!*ruleset) return Checked{issues.sorted(), issues.dropped(), {}};
  const auto cases = load_cases(*disk_files(), **ruleset, issues);
  if (!cases) return cases.error();
  const Reading reading(**ruleset, sources, as_of);
  return Checked{lint(reading, issues), issues.dropped(),
                 count(**ruleset, *cases)};
}

// Those that are shown: a person is shown fewer than a program.
Issues shown(const Checked& checked, bool to_program) {
  Issues issues(to_program ? kIssuesForProgramsMax : kIssuesMax);
  for (const Issue& issue : checked.issues) issues.add(issue);
  return issues;
}

void print(const PolicyCommandOptions& options, const Checked& checked,
           const Issues& issues) {
  const bool to_program = options.format != "text";
  if (to_program) {
    const auto formats = issue_formats();
    const auto format = std::find_if(
        formats.begin(), formats.end(),
        [&](const IssueFormat& row) { return row.name == options.format; });
    fmt::print("{}", format->write(issues, SIMWARDEN_VERSION));
  } else if (!issues.empty()) {
    fmt::print(stderr, "{}", render(issues, wants_colour(stderr)));
  }
  if (checked.dropped > 0) {
    fmt::print(stderr, "{} more were not even kept\n", checked.dropped);
  }
  if (checked.counted.empty()) return;
  fmt::print(to_program ? stderr : stdout,
             "{}: {} mistakes, {} warnings, {} notes\n", checked.counted,
             issues.count(Severity::error), issues.count(Severity::warning),
             issues.count(Severity::note));
}

}  // namespace

int run_policy_check(const PolicyCommandOptions& options) {
  const auto as_of = options.as_of.empty() ? today() : day_of(options.as_of);
  if (!as_of) {
    return complain(
        {Trouble::usage,
         fmt::format("--as-of {}: not a date like 2026-11-24", options.as_of)});
  }
  const auto checked = check(options, *as_of);
  if (!checked) return complain(checked.error());
  const Issues issues = shown(*checked, options.format != "text");
  print(options, *checked, issues);
  if (checked->counted.empty()) {
    return complain(wrong_policies(issues.error_count()));
  }
  const bool wrong = issues.has_errors() ||
                     (options.strict && issues.count(Severity::warning) > 0);
  return wrong ? kExitPolicy : kExitDone;
}

}  // namespace simwarden
