// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cel/study/gate.h"
#include "facts/schema.h"
#include "judge/gate_table.h"
#include "policy/ruleset.h"

// Which rules of a kind are worth asking about a record. Of a rule that is left
// asleep it is known how it comes out: clear or not applicable, or, of a sign,
// undetermined. All rules are settled together, by the looks that they have in
// common (gate_table.h), so that a rule which stays asleep costs next to
// nothing, however many there are.
namespace simwarden {

struct PlannedRule;

class Gates {
 public:
  struct OfRule {
    // Shut, the rule comes out clear or not applicable.
    cel::Ways silent;
    // Shut, it comes out undetermined.
    cel::Ways undetermined;
  };
  // What some gate looks at.
  struct Watch {
    cel::Look look;
    double price = 0;
    uint32_t rules = 0;  // whose gates look at it
  };

  // `rules`: in the order in which they are asked. Keeps both others by
  // reference.
  Gates(const Ruleset& ruleset, const FactSchema& schema,
        std::span<const PlannedRule> rules);
  Gates(const Gates&) = delete;
  Gates& operator=(const Gates&) = delete;
  ~Gates();

  // As they are for a profile, made when it is first wanted; safe for many
  // threads. `parameters`: its values, in slot order.
  const GateTable& table(const Profile& profile,
                         std::span<const cel::Value> parameters) const;

  const std::vector<OfRule>& gates() const { return gates_; }
  // Cheap ones first.
  const std::vector<Watch>& watches() const { return watches_; }
  // Null when nothing can be told of the fact.
  const cel::FactStates* states_of(uint32_t slot) const {
    return slot < states_.size() ? &states_[slot] : nullptr;
  }
  // Why no look settles that a rule is silent: the parts of its guard and its
  // condition that are to blame. REQUIRES: there is no way.
  std::vector<std::string> without_gate(const Rule& rule) const;

 private:
  struct Made {
    std::once_flag once;
    std::unique_ptr<const GateTable> table;
  };

  void watch_all();

  const Ruleset& ruleset_;
  const FactSchema& schema_;
  std::vector<cel::FactStates> states_;  // by slot
  std::vector<cel::Sights> sights_;      // of each rule
  std::vector<OfRule> gates_;
  std::vector<Watch> watches_;
  mutable std::map<const Profile*, Made> tables_;
};

// What can be told of a fact at a glance, and how.
struct FactGlance {
  Glance glance = Glance::asked;
  cel::FactStates states;
};
FactGlance told_of(const Ruleset& ruleset, const FactSchema& schema,
                   uint32_t slot);
const PatternSet& pattern_set(const Ruleset& ruleset, size_t set);

}  // namespace simwarden
