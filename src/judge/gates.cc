// SPDX-License-Identifier: Apache-2.0
#include "judge/gates.h"

#include <algorithm>
#include <utility>

#include <tbb/parallel_for.h>

#include "cel/study/ways.h"
#include "facts/derived.h"
#include "judge/plan.h"

// How often a fact is in which state is not known before the records are.
// The shares below are guesses that only choose between gates; a wrong one
// costs time, never a verdict.
namespace simwarden {
namespace {

using cel::FactStates;
using Is = FactStates::Is;

// Steps that it takes to tell the state of a fact.
constexpr double kPriceOfSlot = 0.2;     // it stands in the record
constexpr double kPriceOfWindow = 1;     // counted before
constexpr double kPriceOfPattern = 1;    // a share of one scan of the text
constexpr double kPriceOfSqueezed = 10;  // a view that few patterns need
constexpr double kPriceOfDerived = 20;   // worked out of other fields
constexpr double kPriceOfContacts = 60;  // links and contacts are looked for

FactStates booleans(double yes, double none, double price) {
  return {Is::boolean, {}, {1 - yes - none, yes, none}, price};
}

FactStates some_or_none(double price) {
  return {Is::other, {}, {0.6, 0.4}, price};
}

FactStates choices_of(const Field& field) {
  constexpr double kNotRecorded = 0.3;
  FactStates states{Is::choice, {}, {}, kPriceOfSlot};
  for (const std::string_view choice : field.choices) {
    states.choices.push_back(choice);
    states.shares.push_back((1 - kNotRecorded) /
                            static_cast<double>(field.choices.size()));
  }
  states.shares.push_back(kNotRecorded);
  return states;
}

FactStates lists(double price) {
  return {Is::list, {}, {0.4, 0.3, 0.3}, price};
}

// A text has links and contacts, or none; it is never unknown.
FactStates found_lists(double price) {
  return {Is::list, {}, {0.6, 0.4, 0}, price};
}

FactStates states_of_type(const cel::Type* type, double price) {
  if (type == cel::bool_type()) return booleans(0.2, 0.3, price);
  if (type->kind == cel::TypeKind::list) return lists(price);
  return some_or_none(price);
}

FactGlance told_of_field(const Field& row, FieldId id) {
  if (work_out_of(id)) {
    const bool is_bool = row.type == FieldType::boolean;
    return {Glance::asked, is_bool ? booleans(0.2, 0.3, kPriceOfDerived)
                                   : some_or_none(kPriceOfDerived)};
  }
  if (row.list) return {Glance::list, lists(kPriceOfSlot)};
  if (row.type == FieldType::boolean) {
    return {Glance::boolean, booleans(0.3, 0.3, kPriceOfSlot)};
  }
  if (row.type == FieldType::choice) return {Glance::choice, choices_of(row)};
  return {Glance::presence, some_or_none(kPriceOfSlot)};
}

FactGlance told_of_pattern(const PatternSet& set) {
  constexpr double kHits = 0.04;
  const double price =
      set.view == PatternView::squeezed ? kPriceOfSqueezed : kPriceOfPattern;
  return {Glance::asked, booleans(kHits, 0, price)};
}

// Known when a table of gates is made.
FactGlance told_of_parameter() {
  FactStates states = some_or_none(0);
  states.setting = true;
  return {Glance::asked, std::move(states)};
}

// A figure that nobody counted is an error, and no rule is silent for it.
FactGlance told_of_window(const Ruleset& ruleset, uint32_t slot) {
  if (slot == ruleset.late_slot()) {
    return {Glance::asked, booleans(0.1, 0, kPriceOfWindow)};
  }
  return {Glance::asked, some_or_none(kPriceOfWindow)};
}

FactGlance told_of_derived(const DerivedFact& row) {
  const double price = row.is(kOfContacts) ? kPriceOfContacts : kPriceOfDerived;
  const bool list = row.type()->kind == cel::TypeKind::list;
  const bool found = row.is(kOfContacts) || row.is(kOfUnseen);
  if (found && list) return {Glance::asked, found_lists(price)};
  return {Glance::asked, states_of_type(row.type(), price)};
}

// What is worked out of an element is not looked at.
FactGlance told_of_group(GroupId id) {
  FactGlance told{Glance::list, lists(kPriceOfSlot)};
  const Group& row = group(id);
  for (uint8_t m = 0; m < row.size; ++m) {
    const auto member = static_cast<FieldId>(row.first + m);
    told.states.members.push_back(field(member).list ? cel::kNoSlot : member);
  }
  return told;
}

// A rule is settled as clear or not applicable (ask.h) by a guard that is
// false; of a sign by a condition that is false, of a duty by one that is true.
// A sign is undetermined when its guard or its condition says nothing, and
// neither says no; a duty is never.
Gates::OfRule gates_of(const Rule& rule, const cel::StatesOf& states,
                       cel::Sights& sights) {
  constexpr cel::Answers kNotNo = cel::kAnswerYes | cel::kNothing;
  cel::GateFinder condition(*rule.condition.program, states, sights);
  Gates::OfRule gates{
      condition.gates_of(rule.duty ? cel::kAnswerYes : cel::kAnswerNo),
      rule.duty ? cel::Ways{} : condition.gates_of(cel::kNothing)};
  if (!rule.applies) return gates;
  cel::GateFinder guard(*rule.applies->program, states, sights);
  gates.silent = cel::any_of(guard.gates_of(cel::kAnswerNo), gates.silent);
  if (rule.duty) return gates;
  gates.undetermined = cel::any_of(
      cel::all_of(guard.gates_of(kNotNo), gates.undetermined),
      cel::all_of(guard.gates_of(cel::kNothing), condition.gates_of(kNotNo)));
  return gates;
}

}  // namespace

const PatternSet& pattern_set(const Ruleset& ruleset, size_t set) {
  const Pack* pack = ruleset.packs.data();
  while (set >= pack->patterns.size()) set -= pack++->patterns.size();
  return pack->patterns[set];
}

// Slots run as schema.h and ruleset.h say.
FactGlance told_of(const Ruleset& ruleset, const FactSchema& schema,
                   uint32_t slot) {
  if (slot >= ruleset.window_slot(0)) return told_of_window(ruleset, slot);
  if (slot >= ruleset.pattern_slot(0)) {
    return told_of_pattern(
        pattern_set(ruleset, slot - ruleset.pattern_slot(0)));
  }
  if (slot >= ruleset.schema_slots) return told_of_parameter();
  if (const Field* row = schema.field_of(slot)) {
    return told_of_field(*row, static_cast<FieldId>(slot));
  }
  if (const DerivedFact* row = schema.derived_of(slot)) {
    return told_of_derived(*row);
  }
  return told_of_group(static_cast<GroupId>(slot - fields().size()));
}

Gates::Gates(const Ruleset& ruleset, const FactSchema& schema,
             std::span<const PlannedRule> rules)
    : ruleset_(ruleset),
      schema_(schema),
      sights_(rules.size()),
      gates_(rules.size()) {
  for (uint32_t slot = 0; slot <= ruleset.late_slot(); ++slot) {
    states_.push_back(told_of(ruleset, schema, slot).states);
  }
  const cel::StatesOf states = [this](uint32_t slot) {
    return states_of(slot);
  };
  tbb::parallel_for(size_t{0}, rules.size(), [&](size_t i) {
    gates_[i] = gates_of(*rules[i].rule, states, sights_[i]);
  });
  watch_all();
  for (const auto& [name, profile] : ruleset.profiles) tables_[&profile];
}

Gates::~Gates() = default;

void Gates::watch_all() {
  std::map<cel::Look, std::pair<size_t, uint32_t>> last_and_count;
  const auto note = [&](const cel::Ways& ways, size_t rule) {
    for (const cel::Gate& gate : ways) {
      for (const cel::Latch& latch : gate.latches) {
        if (latch.sight->look.is == cel::Look::Is::setting) continue;
        // What is asked of elements is one look at all of them.
        cel::Look look = latch.sight->look;
        look.each.reset();
        auto& [last, count] = last_and_count[look];
        if (last != rule + 1) ++count;
        last = rule + 1;
      }
    }
  };
  for (size_t rule = 0; rule < gates_.size(); ++rule) {
    note(gates_[rule].silent, rule);
    note(gates_[rule].undetermined, rule);
  }
  for (const auto& [look, seen] : last_and_count) {
    const double other =
        cel::is_of_two(look) ? states_of(look.other)->price : 0;
    watches_.push_back(
        {look, states_of(look.slot)->price + other, seen.second});
  }
  std::stable_sort(
      watches_.begin(), watches_.end(),
      [](const Watch& a, const Watch& b) { return a.price < b.price; });
}

std::vector<std::string> Gates::without_gate(const Rule& rule) const {
  const cel::StatesOf states = [this](uint32_t slot) {
    return states_of(slot);
  };
  cel::Sights sights;
  std::vector<std::string> parts;
  if (rule.applies) {
    parts = cel::GateFinder(*rule.applies->program, states, sights)
                .parts_without_gate(cel::kAnswerNo);
  }
  const cel::Answers settles = rule.duty ? cel::kAnswerYes : cel::kAnswerNo;
  for (std::string& part :
       cel::GateFinder(*rule.condition.program, states, sights)
           .parts_without_gate(settles)) {
    parts.push_back(std::move(part));
  }
  return parts;
}

const GateTable& Gates::table(const Profile& profile,
                              std::span<const cel::Value> parameters) const {
  Made& made = tables_.at(&profile);
  std::call_once(made.once, [&] {
    Questions questions{.sets = 2, .first_prevails = true};
    for (const OfRule& rule : gates_) {
      questions.ways.push_back(&rule.silent);
      questions.ways.push_back(&rule.undetermined);
    }
    made.table = std::make_unique<GateTable>(
        questions, TableGround{*this, ruleset_, schema_, parameters});
  });
  return *made.table;
}

}  // namespace simwarden
