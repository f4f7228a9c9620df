// SPDX-License-Identifier: Apache-2.0
#include "judge/open_facts.h"

#include <set>

#include "cel/run/program.h"
#include "cel/value/value.h"
#include "facts/facts.h"

// Asked of the few records that a person looks at: verdicts remember only that
// a rule was undetermined, and it is asked a second time.
namespace simwarden {
namespace {

Evidence::State state_of(const cel::Value& value) {
  switch (static_cast<WhyMissing>(value.as_missing().why)) {
    case WhyMissing::null: return Evidence::State::null;
    case WhyMissing::invalid: return Evidence::State::invalid;
    case WhyMissing::absent:
    case WhyMissing::withheld: break;
  }
  return Evidence::State::not_recorded;
}

class OpenFacts {
 public:
  OpenFacts(Bench& bench, cel::Scratch& scratch)
      : bench_(bench), scratch_(scratch) {}

  std::vector<Evidence> of(const Rule& rule) {
    std::set<uint32_t> slots;
    for_programs(rule, [&](const cel::Program& program) {
      const cel::Scratch::Loan loan(scratch_);
      const cel::Value value = program.evaluate(bench_, scratch_);
      if (!value.is(cel::Tag::missing)) return;
      for (const uint32_t slot : cel::missing_slots(value.as_missing())) {
        slots.insert(slot);
      }
    });
    if (!slots.empty()) return named(slots);
    for_programs(rule, [&](const cel::Program& program) {
      for (const uint32_t slot : program.slots()) {
        if (bench_.fact(slot, scratch_).is(cel::Tag::missing)) {
          slots.insert(slot);
        }
      }
    });
    return named(slots);
  }

 private:
  template <typename Visit>
  static void for_programs(const Rule& rule, Visit&& visit) {
    if (rule.applies) visit(*rule.applies->program);
    visit(*rule.condition.program);
  }

  // A member of a list can be missing though the list is there.
  std::vector<Evidence> named(const std::set<uint32_t>& slots) {
    std::vector<Evidence> facts;
    for (const uint32_t slot : slots) {
      const cel::Value value = bench_.fact(slot, scratch_);
      facts.push_back({.fact = bench_.plan().name_of(slot),
                       .state = value.is(cel::Tag::missing)
                                    ? state_of(value)
                                    : Evidence::State::not_recorded});
    }
    return facts;
  }

  Bench& bench_;
  cel::Scratch& scratch_;
};

}  // namespace

std::vector<Evidence> open_facts(const Rule& rule, Bench& bench,
                                 cel::Scratch& scratch) {
  return OpenFacts(bench, scratch).of(rule);
}

}  // namespace simwarden
