// SPDX-License-Identifier: Apache-2.0
#include "judge/gates.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "facts/derived.h"
#include "judge/bench.h"
#include "judge/plan.h"

// How often a fact is in which state is not known before the records are. The
// shares below are guesses that only choose between gates; a wrong one costs
// time, never a verdict.
namespace simwarden {
namespace {

using cel::FactStates;
using Is = FactStates::Is;
using How = Gates::Watch::How;

// Steps that it takes to tell the state of a fact.
constexpr double kPriceOfSlot = 0.2;  // it stands in the record
constexpr double kPriceOfParameter = 0.5;
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

struct Told {
  How how;
  FactStates states;
};

Told told_of_field(const Field& row, FieldId id) {
  if (work_out_of(id)) {
    const bool is_bool = row.type == FieldType::boolean;
    return {How::asked, is_bool ? booleans(0.2, 0.3, kPriceOfDerived)
                                : some_or_none(kPriceOfDerived)};
  }
  if (row.list) return {How::list, lists(kPriceOfSlot)};
  if (row.type == FieldType::boolean) {
    return {How::boolean, booleans(0.3, 0.3, kPriceOfSlot)};
  }
  if (row.type == FieldType::choice) return {How::choice, choices_of(row)};
  return {How::presence, some_or_none(kPriceOfSlot)};
}

const PatternSet& pattern_set(const Ruleset& ruleset, size_t set) {
  const Pack* pack = ruleset.packs.data();
  while (set >= pack->patterns.size()) set -= pack++->patterns.size();
  return pack->patterns[set];
}

Told told_of_pattern(const PatternSet& set) {
  constexpr double kHits = 0.04;
  const double price =
      set.view == PatternView::squeezed ? kPriceOfSqueezed : kPriceOfPattern;
  return {How::asked, booleans(kHits, 0, price)};
}

// Every profile has a value of the same type for every parameter.
Told told_of_parameter(const Ruleset& ruleset, const std::string& name) {
  for (const Parameter& one : ruleset.profiles.begin()->second.parameters) {
    const bool is_bool = one.name == name && one.type == "bool";
    if (is_bool) return {How::asked, booleans(0.5, 0, kPriceOfParameter)};
  }
  return {How::asked, some_or_none(kPriceOfParameter)};
}

Told told_of_derived(const DerivedFact& row) {
  const double price = row.is(kOfContacts) ? kPriceOfContacts : kPriceOfDerived;
  const bool list = row.type()->kind == cel::TypeKind::list;
  const bool found = row.is(kOfContacts) || row.is(kOfUnseen);
  if (found && list) return {How::asked, found_lists(price)};
  return {How::asked, states_of_type(row.type(), price)};
}

// Slots run as schema.h and ruleset.h say.
Told told_of(const Ruleset& ruleset, const FactSchema& schema, uint32_t slot) {
  if (slot >= ruleset.pattern_slot(0)) {
    return told_of_pattern(
        pattern_set(ruleset, slot - ruleset.pattern_slot(0)));
  }
  if (slot >= ruleset.schema_slots) {
    return told_of_parameter(
        ruleset, ruleset.parameter_names[slot - ruleset.schema_slots]);
  }
  if (const Field* row = schema.field_of(slot)) {
    return told_of_field(*row, static_cast<FieldId>(slot));
  }
  if (const DerivedFact* row = schema.derived_of(slot)) {
    return told_of_derived(*row);
  }
  return {How::group, lists(kPriceOfSlot)};
}

// The gates that settle a rule as clear or not applicable (ask.h): a guard
// that is false; of a sign a condition that is false, of a duty one that is
// true.
std::optional<cel::Gate> gate_of(const Rule& rule,
                                 const cel::StatesOf& states) {
  std::optional<cel::Gate> guard;
  if (rule.applies) {
    guard = cel::gate_of(*rule.applies->program, false, states);
  }
  return cel::better(std::move(guard),
                     cel::gate_of(*rule.condition.program, rule.duty, states));
}

size_t state_of_value(const FactStates& states, const cel::Value& value) {
  const size_t none = states.count() - 1;
  if (value.is(cel::Tag::error)) return states.count();
  if (value.is(cel::Tag::missing)) return none;
  switch (states.is) {
    case Is::boolean: return value.is_true() ? 1 : 0;
    case Is::list: return value.as_list().empty() ? 0 : 1;
    default: return 0;
  }
}

size_t state_of(const Gates::Watch& watch, Bench& bench,
                cel::Scratch& scratch) {
  const FactStates& states = watch.states;
  if (watch.how == How::asked) {
    return state_of_value(states, bench.fact(watch.slot, scratch));
  }
  const Record& record = bench.facts().record();
  const Slot& slot = watch.how == How::group
                         ? record.group_slot(static_cast<GroupId>(
                               watch.slot - fields().size()))
                         : record.slot(static_cast<FieldId>(watch.slot));
  if (slot.state != SlotState::given) return states.count() - 1;
  switch (watch.how) {
    case How::boolean: return slot.boolean ? 1 : 0;
    case How::choice: return static_cast<size_t>(slot.integer);
    case How::list:
    case How::group: return slot.list.count > 0 ? 1 : 0;
    default: return 0;
  }
}

constexpr size_t kBits = 64;

void set_bit(std::vector<uint64_t>& bits, uint32_t at) {
  bits[at / kBits] |= uint64_t{1} << (at % kBits);
}

// States of a boolean.
constexpr size_t kNo = 0;
constexpr size_t kYes = 1;

}  // namespace

Gates::Rules::Word& Gates::Rules::word_at(uint32_t at) {
  const auto place = std::lower_bound(
      words_.begin(), words_.end(), at,
      [](const Word& word, uint32_t wanted) { return word.at < wanted; });
  if (place != words_.end() && place->at == at) return *place;
  return *words_.insert(place, {at, 0});
}

void Gates::Rules::add(uint32_t rule) {
  word_at(rule / kBits).bits |= uint64_t{1} << (rule % kBits);
}

void Gates::Rules::add(const Rules& others) {
  for (const Word& word : others.words_) word_at(word.at).bits |= word.bits;
}

class Gates::Known {
 public:
  Known(const Ruleset& ruleset, const FactSchema& schema)
      : ruleset_(ruleset), schema_(schema) {}

  // Windows are counted over other records: a look at one tells nothing that
  // may spare a rule, and a figure that nobody counted must stay undetermined.
  const FactStates* operator()(uint32_t slot) {
    if (slot >= ruleset_.window_slot(0)) return nullptr;
    const auto found = states_.find(slot);
    if (found != states_.end()) return &found->second;
    return &states_.emplace(slot, told_of(ruleset_, schema_, slot).states)
                .first->second;
  }

 private:
  const Ruleset& ruleset_;
  const FactSchema& schema_;
  std::map<uint32_t, FactStates> states_;
};

Gates::Gates(const Ruleset& ruleset, const FactSchema& schema,
             std::span<const PlannedRule> rules)
    : ruleset_(ruleset),
      schema_(schema),
      always_((rules.size() + kBits - 1) / kBits) {
  Known known(ruleset, schema);
  const cel::StatesOf states = std::ref(known);
  for (uint32_t i = 0; i < rules.size(); ++i) {
    gates_.push_back(gate_of(*rules[i].rule, states));
    gates_.back() ? add(i, *gates_.back()) : set_bit(always_, i);
  }
  std::stable_sort(watches_.begin(), watches_.end(),
                   [](const Watch& a, const Watch& b) {
                     return a.states.price < b.states.price;
                   });
  part_patterns();
}

void Gates::part_patterns() {
  const uint32_t first = ruleset_.pattern_slot(0);
  for (uint32_t i = 0; i < watches_.size(); ++i) {
    const Watch& watch = watches_[i];
    if (watch.slot < first) {
      others_.push_back(i);
      continue;
    }
    const uint32_t set = watch.slot - first;
    const PatternView view = pattern_set(ruleset_, set).view;
    auto of_view =
        std::find_if(patterns_.begin(), patterns_.end(),
                     [view](const Patterns& one) { return one.view == view; });
    if (of_view == patterns_.end()) {
      of_view = patterns_.insert(
          of_view,
          {.view = view,
           .unhit = {},
           .by_set = std::vector<Rules>(ruleset_.pattern_names.size())});
    }
    of_view->unhit.add(watch.wakes[kNo]);
    of_view->by_set[set] = watch.wakes[kYes];
  }
}

Gates::Watch& Gates::watch_of(uint32_t slot) {
  for (Watch& watch : watches_) {
    if (watch.slot == slot) return watch;
  }
  Told told = told_of(ruleset_, schema_, slot);
  Watch& watch = watches_.emplace_back();
  watch.slot = slot;
  watch.how = told.how;
  watch.wakes.resize(told.states.count() + 1);
  watch.states = std::move(told.states);
  return watch;
}

void Gates::add(uint32_t rule, const cel::Gate& gate) {
  for (const cel::Latch& latch : gate.latches) {
    Watch& watch = watch_of(latch.slot);
    ++watch.rules;
    for (size_t state = 0; state < latch.shut.size(); ++state) {
      if (!latch.shut[state]) watch.wakes[state].add(rule);
    }
    watch.wakes.back().add(rule);
  }
}

std::vector<std::string> Gates::without_gate(const Rule& rule) const {
  Known known(ruleset_, schema_);
  const cel::StatesOf states = std::ref(known);
  std::vector<std::string> parts;
  if (rule.applies) {
    parts = cel::parts_without_gate(*rule.applies->program, false, states);
  }
  for (std::string& part :
       cel::parts_without_gate(*rule.condition.program, rule.duty, states)) {
    parts.push_back(std::move(part));
  }
  return parts;
}

void Gates::wake(Bench& bench, cel::Scratch& scratch,
                 std::vector<uint64_t>& awake) const {
  awake = always_;
  for (const Patterns& of_view : patterns_) {
    of_view.unhit.put_into(awake);
    for (const uint32_t set : bench.hit_sets(of_view.view)) {
      of_view.by_set[set].put_into(awake);
    }
  }
  for (const uint32_t i : others_) {
    const Watch& watch = watches_[i];
    watch.wakes[state_of(watch, bench, scratch)].put_into(awake);
  }
}

}  // namespace simwarden
