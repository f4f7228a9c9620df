// SPDX-License-Identifier: Apache-2.0
#include "trial/coverage.h"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "cel/atoms.h"
#include "cel/changes.h"
#include "trial/case_run.h"

// at_least writes its items out more than once (policy/condition_text.h): atoms
// that come from the same bytes of the file are one, and answered together.
namespace simwarden {
namespace {

struct AnswerWords {
  uint8_t answer;
  const char* never;
};
constexpr AnswerWords kAnswerWords[] = {
    {cel::kAnswerYes, "never true"},
    {cel::kAnswerNo, "never false"},
    {cel::kAnswerMissing, "never not recorded"},
};

struct AtomKey {
  size_t begin;
  size_t end;
  std::string text;
  auto operator<=>(const AtomKey&) const = default;
};
struct AtomAnswers {
  uint8_t possible = 0;
  uint8_t given = 0;
};

// One condition while the cases run.
class ConditionWatch {
 public:
  ConditionWatch(const Condition& condition, const std::string& guard,
                 const Pack& pack, std::span<const uint32_t> absent, bool duty)
      : condition_(condition),
        atoms_(cel::atoms_of(*condition.program)),
        watched_(cel::watch(*condition.program)) {
    for (const cel::Atom& atom : atoms_) {
      uint8_t possible = cel::possible_answers(*condition.program, atom, guard,
                                               *pack.environment, absent);
      if (!duty) possible &= uint8_t(~cel::kAnswerMissing);
      possible_.push_back(possible);
    }
  }

  cel::Value evaluate(cel::Activation& facts, cel::Scratch& scratch) {
    return watched_->evaluate(facts, scratch);
  }

  std::map<AtomKey, AtomAnswers> answers() const {
    std::map<AtomKey, AtomAnswers> all;
    for (size_t i = 0; i < atoms_.size(); ++i) {
      const cel::Atom& atom = atoms_[i];
      AtomAnswers& of = all[{
          condition_.offsets[atom.begin], condition_.offsets[atom.end],
          cel::on_one_line(std::string_view(condition_.source)
                               .substr(atom.begin, atom.end - atom.begin))}];
      of.possible |= possible_[i];
      of.given |= watched_->answers()[i];
    }
    return all;
  }

 private:
  const Condition& condition_;
  std::vector<cel::Atom> atoms_;
  std::vector<uint8_t> possible_;
  std::unique_ptr<cel::Watched> watched_;
};

struct RuleWatch {
  const Rule* rule;
  std::unique_ptr<ConditionWatch> applies;
  std::unique_ptr<ConditionWatch> condition;
};

class PackWatch {
 public:
  PackWatch(const Plan& plan, const PackCases& cases, const Pack& pack,
            uint32_t first_set)
      : plan_(plan), cases_(cases), pack_(pack), first_set_(first_set) {
    const std::vector<uint32_t> absent = absent_slots(plan, kind_of(pack));
    for (const PlannedRule& planned : plan.rules(kind_of(pack))) {
      if (planned.pack != &pack) continue;
      const Rule& rule = *planned.rule;
      RuleWatch made{&rule, nullptr, nullptr};
      std::string guard;
      if (rule.applies) {
        guard = rule.applies->source;
        made.applies = std::make_unique<ConditionWatch>(*rule.applies, "", pack,
                                                        absent, rule.duty);
      }
      made.condition = std::make_unique<ConditionWatch>(
          rule.condition, guard, pack, absent, rule.duty);
      rules_.push_back(std::move(made));
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
      look(runner.judge()->bench());
    }
  }

  void report(std::vector<Branch>& into) const {
    for (const RuleWatch& watch : rules_) {
      if (watch.applies) report(watch, *watch.applies, into);
      report(watch, *watch.condition, into);
    }
    for (size_t set = 0; set < matched_.size(); ++set) {
      const PatternSet& written = pack_.patterns[set];
      for (size_t i = 0; i < matched_[set].size(); ++i) {
        into.push_back({part("patterns." + written.name,
                             fmt::format("'{}' never matches", written.any[i]),
                             written.places[i]),
                        matched_[set][i]});
      }
    }
  }

 private:
  void look(Bench& bench) {
    for (RuleWatch& watch : rules_) {
      if (watch.applies) {
        if (watch.applies->evaluate(bench, scratch_).is_false()) continue;
      }
      watch.condition->evaluate(bench, scratch_);
    }
    for (size_t set = 0; set < matched_.size(); ++set) {
      const auto which =
          bench.matching(static_cast<uint32_t>(first_set_ + set));
      for (size_t i = 0; i < which.size(); ++i) {
        if (which[i]) matched_[set][i] = true;
      }
    }
  }

  PartOfPack part(std::string rule, std::string text, Place place) const {
    return {pack_.name, std::move(rule), std::move(text),
            cases_.pack_file ? cases_.pack_file->name() : "", place};
  }

  void report(const RuleWatch& watch, const ConditionWatch& condition,
              std::vector<Branch>& into) const {
    for (const auto& [key, answers] : condition.answers()) {
      for (const AnswerWords& words : kAnswerWords) {
        if (!(answers.possible & words.answer)) continue;
        into.push_back(
            {part(watch.rule->id, fmt::format("{} {}", key.text, words.never),
                  cases_.pack_file->place_at(key.begin)),
             (answers.given & words.answer) != 0});
      }
    }
  }

  const Plan& plan_;
  const PackCases& cases_;
  const Pack& pack_;
  uint32_t first_set_;
  std::vector<RuleWatch> rules_;
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
