// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "diag/issue.h"
#include "policy/pack_tests.h"
#include "trial/coverage.h"
#include "trial/mutation.h"

// The written reasons of tests.yaml, laid over what was found.
namespace simwarden {

// Marks what is excused. An excuse for what is not there, or for what the cases
// do reach, is an issue (X101): it hides nothing now and would hide something
// later.
void excuse(const std::vector<PackCases>& packs, Coverage& coverage,
            Issues& issues);
void excuse(const std::vector<PackCases>& packs, Mutation& mutation,
            Issues& issues);

// Whether the pack's tests.yaml has a reason for this branch or mutant.
bool is_excused(const PackCases& pack, const PartOfPack& part, bool branch);

}  // namespace simwarden
