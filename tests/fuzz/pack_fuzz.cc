// SPDX-License-Identifier: Apache-2.0
// A pack with its list, its profile and its cases, against the real facts; and
// what the lints say of it.
// Parts: pack.yaml, lists/demo_list.yaml, profiles/generic.yaml, tests.yaml,
// waivers.yaml.
#include "facts/loaded.h"
#include "facts/schema.h"
#include "fuzz/input.h"
#include "lint/formats.h"
#include "lint/lints.h"
#include "policy/pack_tests.h"
#include "policy/ruleset.h"
#include "policy/sample.h"
#include "record/time.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const FactSchema kSchema;
  const auto parts = fuzz::parts_of(fuzz::as_text(data, size), 5);
  const char* const names[] = {"p/demo/pack.yaml", "p/lists/demo_list.yaml",
                               "p/profiles/generic.yaml", "p/demo/tests.yaml",
                               "p/waivers.yaml"};
  sample::MapFiles files;
  files.put("p/demo/README.md", "Demo.\n");
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].empty()) files.put(names[i], std::string(parts[i]));
  }
  const LoadOptions load = load_options({"p"}, kSchema);
  Issues issues;
  PolicySources sources;
  const auto ruleset = load_ruleset(files, load, issues, &sources);
  (void)render(issues);
  if (!ruleset) return 0;
  CHECK((*ruleset != nullptr) != issues.has_errors(), "a ruleset or a reason");
  if (*ruleset == nullptr) return 0;
  Issues of_cases;
  CHECK(load_cases(files, **ruleset, of_cases).ok(), "nothing to read fails");
  (void)render(of_cases);
  const Reading reading(**ruleset, sources, *parse_date("2026-11-26"));
  Issues found;
  for (const Issue& issue : lint(reading, issues)) found.add(issue);
  (void)render(found);
  for (const IssueFormat& row : issue_formats()) (void)row.write(found, "1");
  Issues again;
  const auto second = load_ruleset(files, load, again);
  CHECK((*second)->digest == (*ruleset)->digest, "the same bytes");
  return 0;
}
