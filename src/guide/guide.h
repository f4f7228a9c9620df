// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "facts/schema.h"
#include "guide/advice.h"
#include "policy/ruleset.h"
#include "record/verdict.h"

// A manual of a ruleset, as Markdown pages that link to each other:
//
//   index.md                    packs, families, how points become actions
//   packs/PACK.md               families, parameters, pattern sets
//   families/PACK/FAMILY.md     its rules in a table
//   rules/ID.md                 one rule: in words, facts, examples, sources
//   patterns/PACK/SET.md        the alternatives, the rules that ask it
//   profiles/NAME.md            what it sets that differs from the default
//   lists/NAME.md               head and entries
//   controls/NAME.md            clauses and the rules that serve them
//   awareness.en.md, .zh.md     advice for subscribers
//
// The same ruleset gives the same bytes. Everything that an author wrote is
// escaped.
namespace simwarden {

// A case of tests.yaml with what came out.
struct Example {
  std::string name;
  std::string profile;
  std::string text;  // of a message, masked; "" of a request
  // Facts that the rule asks, and their values, masked: "not recorded".
  std::vector<std::pair<std::string, std::string>> facts;
  size_t earlier = 0;                // records that were seen before
  std::vector<std::string> figures;  // windows that the case itself says
  Outcome outcome = Outcome::hit;    // of the rule
  Verdict verdict;
};

struct RuleExamples {
  std::optional<Example> hit;
  std::optional<Example> other;  // clear, or else not applicable …
};

struct GuideInput {
  const Ruleset& ruleset;
  const FactSchema& schema;
  std::map<std::string, RuleExamples> examples;  // by rule
  std::map<std::string, Advice> advice;          // by pack
  std::string language = "en";  // whose texts come first: en, zh
};

struct Page {
  std::string path;  // relative, with '/'
  std::string text;
};

// Sorted by path.
std::vector<Page> write_guide(const GuideInput& input);

}  // namespace simwarden
