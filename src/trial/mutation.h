// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "judge/plan.h"
#include "policy/pack_tests.h"
#include "trial/coverage.h"

// Mutation testing of packs: every small change of a rule
// (cel/study/changes.h), a guard left out, a pattern left out. A mutant is
// killed when some case that passes would fail with it; one that survives is a
// part of a rule that no case proves.
namespace simwarden {

struct Mutant {
  PartOfPack of;  // its text is the words of an excuse
  bool killed = false;
  bool excused = false;  // by the pack's tests.yaml
};

struct Mutation {
  std::vector<Mutant> mutants;  // by pack and place
  size_t equivalent = 0;        // shown to say the same as the rule; not above
  size_t killed() const;
};

struct MutationOptions {
  unsigned threads = 1;
  // Called from the calling thread now and then; may be empty.
  std::function<void(size_t cases_done, size_t cases)> progress;
};

// Of the active and shadow rules. A rule is asked anew, nothing is loaded
// anew. The same whatever the number of threads.
Mutation mutate(const Plan& plan, const std::vector<PackCases>& packs,
                const MutationOptions& options);

// The heart of mutate(): marks the mutants that some case kills.
struct PackMutants;
void try_mutants(const Plan& plan, std::vector<PackMutants>& packs,
                 const MutationOptions& options);

}  // namespace simwarden
