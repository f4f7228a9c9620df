// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "judge/plan.h"
#include "policy/pack_tests.h"
#include "trial/coverage.h"
#include "trial/mutation.h"

// Cases for what the cases of a pack do not prove yet.
namespace simwarden {

struct Suggestion {
  std::vector<PartOfPack> proves;
  std::string yaml;  // an item of cases:, with comments above it
};

struct Suggestions {
  std::vector<Suggestion> found;     // by pack and rule
  std::vector<PartOfPack> unhelped;  // no case was found for these
};

struct SuggestOptions {
  std::vector<std::string> rules;  // only these; empty: all
  unsigned threads = 1;
  std::function<void(size_t rules_done, size_t rules)> progress;
};

// Every suggested case passes as the rules are now: whether they should say so
// is for a person to confirm, and each says so. Branches and mutants that are
// excused are left alone; of patterns nothing is suggested.
Suggestions suggest(const Plan& plan, const std::vector<PackCases>& packs,
                    const SuggestOptions& options);

}  // namespace simwarden
