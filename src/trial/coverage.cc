// SPDX-License-Identifier: Apache-2.0
#include "trial/coverage.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "trial/case_run.h"
#include "trial/watches.h"

namespace simwarden {
namespace {

class PackWatch {
 public:
  PackWatch(const Plan& plan, const PackCases& cases, const Pack& pack,
            uint32_t first_set)
      : plan_(plan), cases_(cases), pack_(pack), first_set_(first_set) {
    const std::vector<uint32_t> absent = absent_slots(plan, kind_of(pack));
    const auto& rules = plan.rules(kind_of(pack));
    for (size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].pack != &pack) continue;
      rules_.emplace_back(
          i, std::make_unique<RuleWatch>(*rules[i].rule, pack, absent));
    }
    for (const PatternSet& set : pack.patterns) {
      matched_.emplace_back(set.any.size(), false);
    }
  }

  void run() {
    CaseRunner runner(plan_);
    for (const PackCase& wanted : cases_.cases) {
      const CaseResult result = runner.run(cases_, wanted);
      if (!result.verdict || result.verdict->kind != kind_of(pack_)) continue;
      scratch_.clear();
      look(*runner.judge());
    }
  }

  void report(std::vector<Branch>& into) const {
    for (const auto& [index, watch] : rules_) {
      const std::vector<Branch> found = watch->branches(cases_);
      into.insert(into.end(), found.begin(), found.end());
    }
    for (size_t set = 0; set < matched_.size(); ++set) {
      const PatternSet& written = pack_.patterns[set];
      for (size_t i = 0; i < matched_[set].size(); ++i) {
        into.push_back({{pack_.name, "patterns." + written.name,
                         fmt::format("'{}' never matches", written.any[i]),
                         cases_.pack_file->name(), written.places[i]},
                        matched_[set][i]});
      }
    }
  }

 private:
  void look(Judge& judge) {
    Bench& bench = judge.bench();
    for (const auto& [index, watch] : rules_) {
      const cel::Scratch::Loan loan(scratch_);
      if (judge.outcomes()[index].asked) watch->ask(bench, scratch_);
    }
    for (size_t set = 0; set < matched_.size(); ++set) {
      const auto which =
          bench.patterns().matching(static_cast<uint32_t>(first_set_ + set));
      for (size_t i = 0; i < which.size(); ++i) {
        if (which[i]) matched_[set][i] = true;
      }
    }
  }

  const Plan& plan_;
  const PackCases& cases_;
  const Pack& pack_;
  uint32_t first_set_;
  // With their place in the plan.
  std::vector<std::pair<size_t, std::unique_ptr<RuleWatch>>> rules_;
  std::vector<std::vector<bool>> matched_;  // by set and pattern
  cel::Scratch scratch_;
};

}  // namespace

size_t Coverage::reached() const {
  return static_cast<size_t>(
      std::count_if(branches.begin(), branches.end(),
                    [](const Branch& branch) { return branch.reached; }));
}

Coverage cover(const Plan& plan, const std::vector<PackCases>& packs) {
  Coverage coverage;
  uint32_t first_set = 0;
  for (size_t i = 0; i < plan.ruleset().packs.size(); ++i) {
    const Pack& pack = plan.ruleset().packs[i];
    if (packs[i].pack_file) {
      PackWatch watch(plan, packs[i], pack, first_set);
      watch.run();
      watch.report(coverage.branches);
    }
    first_set += static_cast<uint32_t>(pack.patterns.size());
  }
  return coverage;
}

std::vector<uint32_t> absent_slots(const Plan& plan, Kind kind) {
  const Item empty =
      parse_json(kind == Kind::request ? "{\"kind\":\"request\"}"
                                       : "{\"kind\":\"message\"}",
                 {});
  Facts facts(plan.schema(), plan.registry());
  facts.look_at(empty.record, "");
  cel::Scratch scratch;
  std::vector<uint32_t> slots;
  for (const cel::Variable& fact :
       plan.schema().environment(kind).variables()) {
    const cel::Value value = facts.fact(fact.slot, scratch);
    if (value.is(cel::Tag::missing)) slots.push_back(fact.slot);
  }
  std::sort(slots.begin(), slots.end());
  return slots;
}

Place place_of(const PackCases& pack, const Condition& condition, size_t at) {
  return pack.pack_file->place_at(condition.offsets[at]);
}

Kind kind_of(const Pack& pack) {
  return pack.asks == "request" ? Kind::request : Kind::message;
}

}  // namespace simwarden
