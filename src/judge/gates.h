// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cel/gate.h"
#include "facts/schema.h"
#include "policy/ruleset.h"

// Which rules of a kind are worth asking about a record. A rule that is left
// asleep would have come out clear or not applicable: it could neither hit nor
// be undetermined. Rules are found by what wakes them, so that a rule which
// stays asleep costs nothing, however many there are.
namespace simwarden {

class Bench;
struct PlannedRule;

class Gates {
 public:
  // Some of the rules: a bit for each, of which most words have none.
  class Rules {
   public:
    void add(uint32_t rule);
    void add(const Rules& others);
    void put_into(std::vector<uint64_t>& bits) const {
      for (const Word& word : words_) bits[word.at] |= word.bits;
    }

   private:
    struct Word {
      uint32_t at;
      uint64_t bits;
    };
    Word& word_at(uint32_t at);
    std::vector<Word> words_;  // ascending, none without a bit
  };

  // A fact that some gate looks at, and whom each of its states wakes.
  struct Watch {
    // How its state is told: from the record's own slot, or by asking.
    enum class How : uint8_t { boolean, choice, list, group, presence, asked };
    uint32_t slot = 0;
    How how = How::asked;
    cel::FactStates states;
    // By state, and one more for a fact that fails.
    std::vector<Rules> wakes;
    uint32_t rules = 0;  // whose gates look at it
  };

  // `rules`: in the order in which they are asked.
  Gates(const Ruleset& ruleset, const FactSchema& schema,
        std::span<const PlannedRule> rules);

  // Marks the rules to ask in `awake`, one bit each, and clears the others.
  void wake(Bench& bench, cel::Scratch& scratch,
            std::vector<uint64_t>& awake) const;

  // By rule; nothing for one that is asked of every record.
  const std::vector<std::optional<cel::Gate>>& gates() const { return gates_; }
  // In the order in which they are looked at.
  const std::vector<Watch>& watches() const { return watches_; }
  // Why a rule has no gate: the parts of its guard and its condition that no
  // look at a fact settles. REQUIRES: it has none.
  std::vector<std::string> without_gate(const Rule& rule) const;

 private:
  // What is known of facts, each worked out once.
  class Known;

  // Patterns are looked at by those that hit: of hundreds it is a few. Whom
  // the others wake is known before.
  struct Patterns {
    PatternView view;
    Rules unhit;                // whom a set wakes that does not hit
    std::vector<Rules> by_set;  // whom one wakes that does
  };

  void add(uint32_t rule, const cel::Gate& gate);
  void part_patterns();
  Watch& watch_of(uint32_t slot);

  const Ruleset& ruleset_;
  const FactSchema& schema_;
  std::vector<std::optional<cel::Gate>> gates_;
  std::vector<uint64_t> always_;  // bits of rules without a gate
  std::vector<Watch> watches_;    // cheap ones first
  std::vector<Patterns> patterns_;
  std::vector<uint32_t> others_;  // watches of no pattern
};

}  // namespace simwarden
