// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cel/study/gate.h"
#include "cel/value/scratch.h"
#include "facts/schema.h"
#include "policy/ruleset.h"
#include "record/record.h"

// The gates of all rules of a kind under one profile, turned round: for each
// look the states that it can find, and for each of these the gates that it
// opens. A record is a few looks and as many rows of bits put together.
namespace simwarden {

class Bench;
class Gates;

// How a fact can be told at a glance: from the record's own slot, or by
// asking.
enum class Glance : uint8_t { boolean, choice, list, presence, asked };

// What is known of each rule of a kind before any is asked, a bit a rule.
struct Woken {
  std::vector<uint64_t> asked;         // nothing: it is to be asked
  std::vector<uint64_t> undetermined;  // it is undetermined
  bool failed = false;  // a fact that was looked at is an error, not missing
  // Room for the gates, and for what is settled by some of them: of the rules;
  // of an element, and of all together.
  std::vector<uint64_t> open;
  std::vector<uint64_t> settled;
  std::vector<uint64_t> of_element;
  std::vector<uint64_t> settled_of_element;
  std::vector<uint64_t> of_all;
  std::vector<uint64_t> of_any;
};

// Questions with sets of gates: in each set, one shut gate settles the question
// in the way that the set stands for.
struct Questions {
  size_t sets = 0;
  // What the first set settles does not matter to the others.
  bool first_prevails = false;
  std::vector<const cel::Ways*> ways;  // question by question, all its sets
  size_t count() const { return sets == 0 ? 0 : ways.size() / sets; }
};

// What a table is made against.
struct TableGround {
  const Gates& gates;
  const Ruleset& ruleset;
  const FactSchema& schema;
  // Of the profile, in slot order from `ruleset.schema_slots` on.
  std::span<const cel::Value> parameters;
};

class GateTable {
 public:
  // Of rules: the first set says that one is silent, the second that it is
  // undetermined.
  static constexpr size_t kSilent = 0;
  static constexpr size_t kUndetermined = 1;
  GateTable(const Questions& questions, const TableGround& ground);
  ~GateTable();
  GateTable(const GateTable&) = delete;
  GateTable& operator=(const GateTable&) = delete;

  // REQUIRES: the questions are rules.
  void wake(Bench& bench, cel::Scratch& scratch, Woken& woken) const;

 private:
  class Builder;

  // Bits of a word of open gates.
  struct Mark {
    uint32_t word;
    uint64_t bits;
  };
  using Marks = std::vector<Mark>;

  // Where a value is read: in a slot of the record or of the element in hand,
  // or by asking.
  enum class Where : uint8_t { field, group, member, asked };
  struct Source {
    uint32_t slot = 0;
    uint16_t at = 0;  // among those of its kind
    FieldType type = FieldType::text;
    Where where = Where::asked;
  };
  // The rows of a look at the state of a slot: one for each state it can find,
  // and behind these that of no value.
  struct Tell {
    Where where;
    uint16_t at;
    uint32_t none;
    uint32_t first_row;
  };
  using Tells = std::vector<Tell>;
  // Those of any other look: one for each state it can find, or for each place
  // below, at and above a bound; then no value, a fact that fails, and what
  // cannot be told.
  struct Probe {
    uint32_t first_row = 0;
    uint32_t none = 0;
    Source source;
    cel::Look::Is is = cel::Look::Is::state;
    cel::Scale scale = cel::Scale::whole;
    Glance glance = Glance::asked;  // of a state, or a size
    cel::FactStates::Is states = cel::FactStates::Is::other;
    Source other;
    // Ascending, in bounds_, of texts in texts_.
    uint32_t first_bound = 0;
    uint32_t bounds = 0;
    int64_t unit = 1;
    Marks rules = {};  // by words of rules; of what is asked for only
  };
  // Patterns are looked at by those that may hit: of hundreds it is a few.
  struct Patterns {
    PatternView view;
    Marks rules = {};
    std::vector<std::optional<uint32_t>> rows = {};  // the first of each set
    Marks without_hits = {};  // of all that do not hit together
    uint32_t untold_row = 0;
  };

  // What all() and exists() ask of the elements of a group.
  struct Group {
    GroupId id = 0;
    Marks rules = {};
    std::unique_ptr<const GateTable> elements;
    // Of each question of that table: its rows, and a bit if it asks of all.
    std::vector<uint32_t> first_rows = {};
    std::vector<uint64_t> asks_all = {};
    uint32_t untold_row = 0;
  };
  // Where a look is taken.
  struct Place {
    Bench& bench;
    cel::Scratch& scratch;
    // The first field, group and member, by Where.
    std::array<const Slot*, 3> slots;
    bool& failed;  // of Woken
  };

  static Place place_of(Bench& bench, cel::Scratch& scratch, Woken& woken);
  static const Slot& slot_of(const Source& source, const Place& place) {
    return place.slots[static_cast<size_t>(source.where)][source.at];
  }
  static cel::Value read(const Source& source, const Place& place);
  // Of a probe that asks nothing.
  size_t state_in_record(const Probe& probe, const Place& place) const;
  static std::optional<int64_t> position_of_slot(const Probe& probe,
                                                 const Slot& slot);
  static std::optional<int64_t> position_of_two(const Probe& probe,
                                                const Slot& slot,
                                                const Slot& other,
                                                const Place& place);
  // Of one that asks.
  size_t state_asked(const Probe& probe, const Place& place) const;
  static std::optional<int64_t> position(const Probe& probe,
                                         const cel::Value& value,
                                         const cel::Value& other);
  size_t among_bounds(const Probe& probe, int64_t position) const;
  size_t among_texts(const Probe& probe, std::string_view text) const;
  template <typename StateOf>
  void look(const Tells& tells, const Place& place, uint64_t* open,
            StateOf state_of) const;
  void look(const Patterns& patterns, const Place& place, uint64_t* open) const;
  void look(const Group& group, const Place& place, Woken& woken) const;
  void look_at_all(GroupId id, uint32_t count, const Place& place,
                   Woken& woken) const;
  // Of a word of questions about elements, a bit each.
  struct Said {
    uint64_t yes, no, nothing;
  };
  Said said_of(size_t word, uint64_t asks_all, const Woken& woken) const;
  void put(size_t row, uint64_t* open) const;
  static bool is_settled(const Marks& rules, const uint64_t* settled);
  void open_by(const Place& place, std::vector<uint64_t>& open,
               std::vector<uint64_t>& settled) const;
  uint64_t shut(const uint64_t* open, size_t set, size_t word) const;

  size_t questions_ = 0;
  size_t words_ = 0;  // for a bit each
  // Planes of so many words, those of a set behind each other. A question has
  // a gate in a plane when its bit there is not set to begin with.
  std::vector<size_t> first_plane_;  // of each set, and an end
  std::vector<uint64_t> open_;       // to begin with
  std::vector<uint64_t> later_;      // gates that wait for what is asked for
  Tells tells_[4];                   // of the record itself, by Glance
  std::vector<Probe> probes_;        // likewise
  std::vector<Group> groups_;
  std::vector<Patterns> patterns_;
  std::vector<Probe> asked_;  // cheap ones first
  std::vector<int64_t> bounds_;
  std::vector<std::string_view> texts_;  // of the programs
  std::vector<Mark> marks_;
  std::vector<uint32_t> rows_;  // where each begins in marks_, and an end
};

}  // namespace simwarden
