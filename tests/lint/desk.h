// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "facts/schema.h"
#include "lint/lints.h"
#include "notation/goldens.h"
#include "policy/sample.h"
#include "record/time.h"

// Loads policies with the real facts and lints them as of one day.
namespace simwarden::desk {

inline constexpr char kAsOf[] = "2026-11-26";

struct Linted {
  std::vector<Issue> issues;
  bool loaded = false;
};

inline Linted lint_files(const PolicyFiles& files, const std::string& path,
                         const std::string& as_of = kAsOf) {
  static const FactSchema kSchema;
  Issues issues;
  PolicySources sources;
  const auto ruleset =
      load_ruleset(files, load_options({path}, kSchema), issues, &sources);
  BOOST_REQUIRE_MESSAGE(ruleset.ok(), (ruleset ? "" : ruleset.error().what));
  if (*ruleset == nullptr) return {issues.sorted(), false};
  const Reading reading(**ruleset, sources, *parse_date(as_of));
  return {lint(reading, issues), true};
}

// A pack of one rule's worth of text, for what a golden need not show.
inline std::vector<std::string> codes_of(const std::string& pack,
                                         const std::string& lists = {},
                                         const std::string& as_of = kAsOf) {
  sample::MapFiles files;
  files.put("p/demo/pack.yaml", pack);
  if (!lists.empty()) files.put("p/demo/lists/demo_list.yaml", lists);
  const Linted linted = lint_files(files, "p", as_of);
  Issues all;
  for (const Issue& issue : linted.issues) all.add(issue);
  BOOST_REQUIRE_MESSAGE(linted.loaded, render(all));
  std::vector<std::string> codes;
  for (const Issue& issue : linted.issues) codes.push_back(issue.code);
  return codes;
}

}  // namespace simwarden::desk
