// SPDX-License-Identifier: Apache-2.0
#include "trial/mutants.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "cel/study/changes.h"

namespace simwarden {
namespace {

// Changes that come from the same bytes of the file are one: at_least writes
// its items out more than once.
struct Group {
  const cel::Change* first;
  std::vector<const cel::Change*> all;
};

std::vector<Group> grouped(const std::vector<cel::Change>& changes,
                           const Condition& condition) {
  using Key = std::tuple<cel::ChangeKind, size_t, size_t, size_t, std::string>;
  std::map<Key, size_t> known;
  std::vector<Group> groups;
  for (const cel::Change& change : changes) {
    const Key key{change.kind, condition.offsets[change.at],
                  condition.offsets[change.begin],
                  condition.offsets[change.end], change.shown};
    const auto [found, fresh] = known.emplace(key, groups.size());
    if (fresh) groups.push_back({&change, {}});
    groups[found->second].all.push_back(&change);
  }
  return groups;
}

// Empty when changes stand inside of one another.
std::string changed(const std::string& source,
                    std::vector<const cel::Change*> by) {
  std::sort(by.begin(), by.end(),
            [](const auto* a, const auto* b) { return a->begin > b->begin; });
  std::string text = source;
  size_t next = text.size();
  for (const cel::Change* change : by) {
    if (change->end > next) return {};
    text.replace(change->begin, change->end - change->begin, change->text);
    next = change->begin;
  }
  return text;
}

std::unique_ptr<const cel::Program> quietly(const std::string& text,
                                            const Pack& pack) {
  Issues unheard;
  return cel::compile(text, *pack.environment, {}, unheard);
}

class Maker {
 public:
  Maker(const Plan& plan, const PackCases& cases, const Pack& pack,
        uint32_t first_set)
      : plan_(plan), cases_(cases), pack_(pack), first_set_(first_set) {
    const Ruleset& ruleset = plan.ruleset();
    for (size_t i = 0; i < ruleset.parameter_names.size(); ++i) {
      settings_.push_back(ruleset.profile_slot(i));
    }
  }

  PackMutants make() {
    PackMutants made{.pack = &pack_, .cases = &cases_};
    std::set<uint32_t> own;
    std::set<uint32_t> all;
    const auto& rules = plan_.rules(kind_of(pack_));
    for (size_t i = 0; i < rules.size(); ++i) {
      note_slots(*rules[i].rule, all);
      if (rules[i].pack != &pack_) continue;
      made.rules.emplace_back();
      make_rule(i, rules[i], made.rules.back());
      note_slots(*rules[i].rule, own);
    }
    made.slots.assign(all.begin(), all.end());
    made.reads_honest = std::any_of(own.begin(), own.end(), [&](uint32_t slot) {
      return slot < plan_.schema().slots() &&
             plan_.schema().name(slot) == "message.reads_honest";
    });
    for (size_t set = 0; set < pack_.patterns.size(); ++set) {
      made.sets.emplace_back();
      make_set(set, made.sets.back());
    }
    return made;
  }

 private:
  static void note_slots(const Rule& rule, std::set<uint32_t>& slots) {
    const auto add = [&](const Condition& condition) {
      const auto read = condition.program->slots();
      slots.insert(read.begin(), read.end());
    };
    if (rule.applies) add(*rule.applies);
    add(rule.condition);
  }

  PartOfPack part(std::string rule, std::string text, Place place) const {
    return {pack_.name, std::move(rule), std::move(text),
            cases_.pack_file->name(), place};
  }

  void make_rule(size_t index, const PlannedRule& planned, RuleMutants& into) {
    const Rule& rule = *planned.rule;
    into.index = index;
    into.planned = &planned;
    if (rule.applies) {
      RuleMutant& unguarded = into.mutants.emplace_back();
      unguarded.of =
          part(rule.id, "drop the guard", place_of(cases_, *rule.applies, 0));
      unguarded.no_guard = true;
      change(rule, *rule.applies, true, into);
    }
    change(rule, rule.condition, false, into);
  }

  void change(const Rule& rule, const Condition& condition, bool is_guard,
              RuleMutants& into) {
    const auto changes = cel::changes_of(*condition.program, settings_);
    cel::Alike known;
    known.is_new(*condition.program);
    for (const Group& group : grouped(changes, condition)) {
      const std::string text = changed(condition.source, group.all);
      auto program = text.empty() ? nullptr : quietly(text, pack_);
      if (!program || !known.is_new(*program)) continue;
      RuleMutant& mutant = into.mutants.emplace_back();
      mutant.of = part(rule.id, group.first->shown,
                       place_of(cases_, condition, group.first->at));
      (is_guard ? mutant.applies : mutant.condition) = std::move(program);
    }
  }

  void make_set(size_t set, SetMutants& into) {
    const PatternSet& written = pack_.patterns[set];
    into.set = static_cast<uint32_t>(first_set_ + set);
    const uint32_t slot = plan_.ruleset().pattern_slot(into.set);
    const auto& rules = plan_.rules(kind_of(pack_));
    for (size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].pack != &pack_) continue;
      std::set<uint32_t> slots;
      note_slots(*rules[i].rule, slots);
      if (slots.contains(slot)) into.asked_by.push_back(i);
    }
    if (into.asked_by.empty()) return;
    for (size_t i = 0; i < written.any.size(); ++i) {
      into.mutants.emplace_back().of =
          part("patterns." + written.name,
               fmt::format("drop '{}'", written.any[i]), written.places[i]);
    }
  }

  const Plan& plan_;
  const PackCases& cases_;
  const Pack& pack_;
  uint32_t first_set_;
  std::vector<uint32_t> settings_;
};

}  // namespace

std::vector<PackMutants> make_mutants(const Plan& plan,
                                      const std::vector<PackCases>& packs) {
  std::vector<PackMutants> all;
  uint32_t first_set = 0;
  for (size_t i = 0; i < plan.ruleset().packs.size(); ++i) {
    const Pack& pack = plan.ruleset().packs[i];
    if (packs[i].pack_file) {
      all.push_back(Maker(plan, packs[i], pack, first_set).make());
    } else {
      all.push_back({.pack = &pack, .cases = &packs[i]});
    }
    first_set += static_cast<uint32_t>(pack.patterns.size());
  }
  return all;
}

Reply reply_of(const Rule& rule, cel::Activation& facts,
               cel::Scratch& scratch) {
  return reply_of(rule, RuleMutant{}, facts, scratch);
}

Reply reply_of(const Rule& rule, const RuleMutant& mutant,
               cel::Activation& facts, cel::Scratch& scratch) {
  const cel::Program* guard =
      rule.applies ? rule.applies->program.get() : nullptr;
  if (mutant.applies) guard = mutant.applies.get();
  if (mutant.no_guard) guard = nullptr;
  const cel::Program& condition =
      mutant.condition ? *mutant.condition : *rule.condition.program;
  return ask_rule(
      rule.duty,
      [&] {
        return guard ? guard->evaluate(facts, scratch)
                     : cel::Value::of_bool(true);
      },
      [&] { return condition.evaluate(facts, scratch); });
}

namespace {

Outcome outcome(bool duty, const cel::Value& guard,
                const cel::Value& condition) {
  return ask_rule(
             duty, [&] { return guard; }, [&] { return condition; })
      .outcome;
}

}  // namespace

bool is_equivalent(const RuleMutant& mutant, const Rule& rule, const Pack& pack,
                   const std::vector<uint32_t>& absent) {
  const cel::Program& condition = *rule.condition.program;
  const cel::Program* guard =
      rule.applies ? rule.applies->program.get() : nullptr;
  if (mutant.condition) {
    return cel::never_differ(
        {condition, *mutant.condition, guard, *pack.environment, absent},
        [&](std::span<const cel::Value> said) {
          const cel::Value on = guard ? said[2] : cel::Value::of_bool(true);
          return outcome(rule.duty, on, said[0]) !=
                 outcome(rule.duty, on, said[1]);
        });
  }
  const auto always = mutant.no_guard ? quietly("true", pack) : nullptr;
  const cel::Program& changed = always ? *always : *mutant.applies;
  return cel::never_differ(
      {*guard, changed, &condition, *pack.environment, absent},
      [&](std::span<const cel::Value> said) {
        return outcome(rule.duty, said[0], said[2]) !=
               outcome(rule.duty, said[1], said[2]);
      });
}

}  // namespace simwarden
