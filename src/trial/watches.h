// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cel/study/atoms.h"
#include "judge/ask.h"
#include "judge/bench.h"
#include "trial/coverage.h"

// Rules that note which answers their conditions gave.
namespace simwarden {

class ConditionWatch {
 public:
  // `guard`: the text of the rule's guard when this is not it; "" for none.
  // `absent`: absent_slots(). Keeps `condition` by reference.
  ConditionWatch(const Condition& condition, const std::string& guard,
                 const Pack& pack, std::span<const uint32_t> absent, bool duty);

  cel::Value evaluate(cel::Activation& facts, cel::Scratch& scratch) {
    return watched_->evaluate(facts, scratch);
  }
  // Bits of cel::Answer, by atom.
  std::span<const uint8_t> answers() const { return watched_->answers(); }
  // One for each answer that can be given. REQUIRES: pack_file.
  void report(const PackCases& pack, const std::string& rule,
              std::vector<Branch>& into) const;

 private:
  const Condition& condition_;
  std::vector<cel::Atom> atoms_;
  std::vector<uint8_t> possible_;
  std::unique_ptr<cel::Watched> watched_;
};

class RuleWatch {
 public:
  RuleWatch(const Rule& rule, const Pack& pack,
            std::span<const uint32_t> absent);

  const Rule& rule() const { return rule_; }
  Reply ask(cel::Activation& facts, cel::Scratch& scratch);
  // All branches of the rule; see ConditionWatch::report().
  std::vector<Branch> branches(const PackCases& pack) const;
  // Grows with every answer that was not given before.
  size_t answers_given() const;

 private:
  const Rule& rule_;
  std::optional<ConditionWatch> applies_;
  ConditionWatch condition_;
};

}  // namespace simwarden
