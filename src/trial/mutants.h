// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cel/run/program.h"
#include "judge/ask.h"
#include "judge/plan.h"
#include "policy/pack_tests.h"
#include "trial/coverage.h"

// The mutants of packs, compiled and ready to be asked.
namespace simwarden {

struct RuleMutant {
  PartOfPack of;
  // What stands in for the rule's own; null: the rule's own. Without a guard
  // the rule is asked always.
  std::unique_ptr<const cel::Program> applies;
  std::unique_ptr<const cel::Program> condition;
  bool no_guard = false;
  std::atomic<bool> killed = false;
};

struct PatternMutant {
  PartOfPack of;
  std::atomic<bool> killed = false;
};

struct RuleMutants {
  size_t index = 0;  // in Plan::rules() of the pack's kind
  const PlannedRule* planned = nullptr;
  std::list<RuleMutant> mutants;  // they do not move
};

struct SetMutants {
  uint32_t set = 0;              // in Plan::sets()
  std::vector<size_t> asked_by;  // rules that read it, as RuleMutants::index
  std::list<PatternMutant> mutants;  // one a pattern; none of a set of one
};

struct PackMutants {
  const Pack* pack = nullptr;
  const PackCases* cases = nullptr;
  std::vector<RuleMutants> rules;
  std::vector<SetMutants> sets;
  std::vector<uint32_t> slots;  // that rules of its kind read
  bool reads_honest = false;    // its own rules ask message.reads_honest
};

// In the order of the plan's packs; those whose cases cannot be read have none.
std::vector<PackMutants> make_mutants(const Plan& plan,
                                      const std::vector<PackCases>& packs);

// What the rule says with the mutant in its place, or by itself.
Reply reply_of(const Rule& rule, cel::Activation& facts, cel::Scratch& scratch);
Reply reply_of(const Rule& rule, const RuleMutant& mutant,
               cel::Activation& facts, cel::Scratch& scratch);

// It was shown that no record tells the mutant from the rule.
bool is_equivalent(const RuleMutant& mutant, const Rule& rule, const Pack& pack,
                   const std::vector<uint32_t>& absent);

}  // namespace simwarden
