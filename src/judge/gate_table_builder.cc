// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "cel/study/look.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"
#include "diag/check.h"
#include "facts/derived.h"
#include "judge/gate_rows.h"
#include "judge/gate_table.h"
#include "judge/gates.h"

// How a table of gates is made.
namespace simwarden {
namespace {

using Is = cel::FactStates::Is;
using Look = cel::Look;

// Of one look; a gate with another bound is left open.
constexpr size_t kBoundsMax = 512;

// Answers what settings say; anything else is an error of ours.
class Settings final : public cel::Activation {
 public:
  Settings(uint32_t first, std::span<const cel::Value> values)
      : first_(first), values_(values) {}
  cel::Value fact(uint32_t slot, cel::Scratch&) override {
    CHECK(slot >= first_ && slot - first_ < values_.size(),
          "gates ask for settings only");
    return values_[slot - first_];
  }

 private:
  uint32_t first_;
  std::span<const cel::Value> values_;
};

// Of a state of a fact that is from a closed set.
cel::Value value_of(const cel::FactStates& states, size_t state) {
  return states.is == Is::boolean
             ? cel::Value::of_bool(state == kYes)
             : cel::Value::of_string(states.choices[state]);
}

cel::Answers answer_of(bool yes) {
  return yes ? cel::kAnswerYes : cel::kAnswerNo;
}

cel::Answers answer_of(const cel::Value& value) {
  return value.is(cel::Tag::boolean) ? answer_of(value.as_bool())
                                     : cel::kNothing;
}

}  // namespace

// Gates whose settings are known become one table: each latch a bit in the rows
// of the states that open it.
class GateTable::Builder {
 public:
  Builder(GateTable& table, const TableGround& ground)
      : table_(table),
        ground_(ground),
        settings_(ground.ruleset.schema_slots, ground.parameters) {}

  void run(const Questions& questions) {
    table_.questions_ = questions.count();
    table_.words_ = (table_.questions_ + kGateBits - 1) / kGateBits;
    add_ways(questions);
    for (const auto& [look, latches] : looks_) add_look(look, latches);
    finish_groups();
    finish_patterns();
    table_.rows_.push_back(static_cast<uint32_t>(table_.marks_.size()));
    // One kind after the other, so that the next one can be guessed.
    std::stable_sort(table_.probes_.begin(), table_.probes_.end(),
                     [](const Probe& a, const Probe& b) {
                       return std::pair(a.is, a.source.type) <
                              std::pair(b.is, b.source.type);
                     });
    std::stable_sort(table_.asked_.begin(), table_.asked_.end(),
                     [this](const Probe& a, const Probe& b) {
                       return price_of(a) < price_of(b);
                     });
  }

 private:
  // A latch, as far as it is not settled by the settings.
  struct Resolved {
    const cel::Latch* latch;
    cel::States shut;  // of the latch, or more
    cel::Answers answers;
    int64_t place = 0;  // of its bound
    cel::Value bound;   // of a state
  };
  using Way = std::vector<Resolved>;
  // A latch and the gate that it keeps shut.
  struct Latched {
    Resolved resolved;
    size_t question;
    uint32_t word;  // of the gate
  };

  void add_ways(const Questions& questions) {
    size_t planes = 0;
    std::vector<std::vector<Way>> first;
    for (size_t set = 0; set < questions.sets; ++set) {
      table_.first_plane_.push_back(planes);
      std::vector<std::vector<Way>> ways;
      size_t most = 0;
      for (size_t i = set; i < questions.ways.size(); i += questions.sets) {
        ways.push_back(resolved(*questions.ways[i]));
        leave_to(ways.back(), ways.back());
        if (questions.first_prevails && set > 0) {
          leave_to(first[i / questions.sets], ways.back());
        }
        ways.back() = without_covered(std::move(ways.back()));
        most = std::max(most, ways.back().size());
      }
      table_.open_.resize((planes + most) * table_.words_, ~uint64_t{0});
      for (size_t i = 0; i < ways.size(); ++i) keep_shut(i, ways[i], planes);
      planes += most;
      if (set == 0) first = std::move(ways);
    }
    table_.first_plane_.push_back(planes);
    table_.later_.assign(table_.open_.size(), 0);
  }

  std::vector<Way> resolved(const cel::Ways& ways) {
    std::vector<Way> found;
    for (const cel::Gate& gate : ways) {
      Way way;
      const bool possible =
          std::all_of(gate.latches.begin(), gate.latches.end(),
                      [&](const cel::Latch& one) { return add(one, way); });
      if (possible) found.push_back(std::move(way));
    }
    return found;
  }

  // Where a gate of one latch settles the question, what the others do about
  // the same look is all one: they stay shut, and several become alike.
  static void leave_to(const std::vector<Way>& prevailing,
                       std::vector<Way>& ways) {
    for (const Way& other : prevailing) {
      if (other.size() != 1) continue;
      for (Way& way : ways) {
        for (Resolved& one : way) {
          if (one.latch->sight != other[0].latch->sight) continue;
          one.shut |= other[0].shut;
          one.answers |= other[0].answers;
        }
      }
    }
  }

  // Without those that are shut only when another one is, too.
  static std::vector<Way> without_covered(std::vector<Way> ways) {
    std::vector<Way> kept;
    for (Way& way : ways) {
      const auto covers = [&](const Way& other) { return is_in(other, way); };
      if (std::any_of(kept.begin(), kept.end(), covers)) continue;
      std::erase_if(kept, [&](const Way& other) { return is_in(way, other); });
      kept.push_back(std::move(way));
    }
    return kept;
  }

  // The other one has all of its latches, as strict or stricter.
  static bool is_in(const Way& way, const Way& other) {
    return std::all_of(way.begin(), way.end(), [&](const Resolved& one) {
      return std::any_of(other.begin(), other.end(), [&](const Resolved& more) {
        return more.latch->sight == one.latch->sight &&
               (more.shut & ~one.shut) == 0 &&
               (more.answers & ~one.answers) == 0;
      });
    });
  }

  // False when the latch cannot be shut under these settings.
  bool add(const cel::Latch& latch, Way& way) {
    if (latch.sight->look.is == Look::Is::setting) {
      const auto says = setting_of(latch);
      return says && (answer_of(*says) & latch.answers) != 0;
    }
    Resolved resolved{&latch, latch.shut, latch.answers};
    if (!latch.sight->text.empty() && latch.sight->look.is != Look::Is::each) {
      const auto setting = setting_of(latch);
      if (!setting) return false;
      const cel::Value& bound = *setting;
      if (latch.sight->look.is == Look::Is::state ||
          latch.sight->look.is == Look::Is::text) {
        resolved.bound = bound;
      } else if (const auto place =
                     cel::place_of(latch.sight->look.scale, bound)) {
        resolved.place = *place;
      } else {
        return false;
      }
    }
    way.push_back(resolved);
    return true;
  }

  // What the settings make of a bound. Nothing when they fail, which is no
  // missing fact: the rule tells which. Nor when that takes any of the budget
  // of an evaluation: where the rest of the rule has spent it, it would fail.
  std::optional<cel::Value> setting_of(const cel::Latch& latch) {
    const cel::Value value = latch.sight->bound.value(settings_, scratch_);
    const bool looked_through = latch.sight->compare == cel::Compare::among;
    if (looked_through) scratch_.charge_walk(value);
    const bool is_free =
        !latch.sight->bound.part || scratch_.spent().is_nothing();
    return is_free && !cel::is_void(value) ? std::optional(value)
                                           : std::nullopt;
  }

  void keep_shut(size_t question, const std::vector<Way>& ways,
                 size_t first_plane) {
    for (size_t i = 0; i < ways.size(); ++i) {
      const auto word = static_cast<uint32_t>(
          (first_plane + i) * table_.words_ + question / kGateBits);
      table_.open_[word] &= ~gate_bit(question);
      for (const Resolved& resolved : ways[i]) {
        looks_[resolved.latch->sight->look].push_back(
            {resolved, question, word});
      }
    }
  }

  // --- rows -----------------------------------------------------------------

  void add_look(const Look& look, const std::vector<Latched>& latches) {
    if (look.is == Look::Is::each) return add_each(look, latches);
    Probe probe{.source = source_of(look.slot),
                .is = look.is,
                .scale = look.scale,
                .unit = look.unit};
    const FactGlance told = told_of(ground_.ruleset, ground_.schema, look.slot);
    if (look.is == Look::Is::state || look.is == Look::Is::size) {
      probe.glance = told.glance;
      probe.states = told.states.is;
      if (told.glance == Glance::asked) probe.source.where = Where::asked;
    }
    if (look.is == Look::Is::state) {
      probe.none = static_cast<uint32_t>(told.states.count() - 1);
      add_rows(probe, latches, &told.states);
    } else {
      if (cel::is_of_two(look)) probe.other = source_of(look.other);
      look.is == Look::Is::text ? add_texts(probe, latches)
                                : add_bounds(probe, latches);
      probe.none = 2 * probe.bounds + 1;
      add_rows(probe, latches, nullptr);
    }
    keep(std::move(probe), latches);
  }

  Source source_of(uint32_t slot) const {
    const auto first_group = static_cast<uint32_t>(fields().size());
    Source source{.slot = slot};
    if (const Field* row = ground_.schema.field_of(slot)) {
      const auto id = static_cast<FieldId>(slot);
      source.type = row->type;
      if (work_out_of(id)) return source;
      const bool member = row->group != kNoGroup;
      source.where = member ? Where::member : Where::field;
      source.at = member ? row->member
                         : static_cast<uint16_t>(id - first_field(row->kind));
    } else if (slot < first_group + groups().size()) {
      source.where = Where::group;
      source.at = static_cast<uint16_t>(slot - first_group);
    }
    return source;
  }

  // Of texts, only whether one is there matters.
  void add_texts(Probe& probe, const std::vector<Latched>& latches) {
    std::set<std::string_view> texts;
    for (const Latched& one : latches) {
      texts.insert(one.resolved.bound.as_string());
    }
    probe.first_bound = static_cast<uint32_t>(table_.texts_.size());
    probe.bounds = static_cast<uint32_t>(texts.size());
    table_.texts_.insert(table_.texts_.end(), texts.begin(), texts.end());
  }

  void add_bounds(Probe& probe, const std::vector<Latched>& latches) {
    std::set<int64_t> bounds;
    for (const Latched& one : latches) bounds.insert(one.resolved.place);
    probe.first_bound = static_cast<uint32_t>(table_.bounds_.size());
    probe.bounds = static_cast<uint32_t>(std::min(bounds.size(), kBoundsMax));
    table_.bounds_.insert(table_.bounds_.end(), bounds.begin(),
                          std::next(bounds.begin(), probe.bounds));
  }

  void add_rows(Probe& probe, const std::vector<Latched>& latches,
                const cel::FactStates* states) {
    probe.first_row = static_cast<uint32_t>(table_.rows_.size());
    for (size_t state = 0; state <= probe.none + kUntold; ++state) {
      std::map<uint32_t, uint64_t> open;
      for (const Latched& one : latches) {
        if (keeps_shut(probe, one.resolved, state, states)) continue;
        open[one.word] |= gate_bit(one.question);
      }
      add_row(open);
    }
  }

  void add_row(const std::map<uint32_t, uint64_t>& open) {
    table_.rows_.push_back(static_cast<uint32_t>(table_.marks_.size()));
    for (const auto& [word, bits] : open) table_.marks_.push_back({word, bits});
  }

  bool keeps_shut(const Probe& probe, const Resolved& resolved, size_t state,
                  const cel::FactStates* states) const {
    const cel::Latch& latch = *resolved.latch;
    if (state == probe.none + kUntold) return false;
    if (latch.sight->text.empty()) return cel::has_state(resolved.shut, state);
    if (state >= probe.none) return (resolved.answers & cel::kNothing) != 0;
    if (latch.sight->look.is == Look::Is::each) {
      return (resolved.answers & answer_of(state == kYes)) != 0;
    }
    const bool yes = states ? says(latch.sight->compare, resolved.bound,
                                   value_of(*states, state))
                            : is_placed(probe, resolved, state);
    return (resolved.answers & answer_of(yes)) != 0;
  }

  static bool says(cel::Compare compare, const cel::Value& bound,
                   const cel::Value& value) {
    if (compare != cel::Compare::among) {
      return cel::equal(bound, value) == (compare == cel::Compare::equal);
    }
    const auto list = bound.as_list();
    return std::any_of(list.begin(), list.end(), [&](const cel::Value& one) {
      return cel::equal(one, value);
    });
  }

  // State 2k + 1 is at bound k, the one before below it.
  bool is_placed(const Probe& probe, const Resolved& resolved,
                 size_t state) const {
    const size_t at =
        probe.is == Look::Is::text
            ? table_.among_texts(probe, resolved.bound.as_string())
            : table_.among_bounds(probe, resolved.place);
    return cel::holds(resolved.latch->sight->compare, state <=> at);
  }

  void keep(Probe probe, const std::vector<Latched>& latches) {
    leave_open_beyond(probe, latches);
    const bool asked =
        probe.source.where == Where::asked ||
        (cel::is_of_two(probe.is) && probe.other.where == Where::asked);
    if (!asked && probe.is == Look::Is::state) {
      table_.tells_[static_cast<size_t>(probe.glance)].push_back(
          {probe.source.where, probe.source.at, probe.none, probe.first_row});
      return;
    }
    if (!asked) return table_.probes_.push_back(std::move(probe));
    Marks rules = rules_of(latches);
    for (const Latched& one : latches) {
      table_.later_[one.word] |= gate_bit(one.question);
    }
    const bool pattern = probe.source.slot >= ground_.ruleset.pattern_slot(0) &&
                         probe.source.slot < ground_.ruleset.window_slot(0);
    if (pattern) return keep_pattern(probe, rules);
    probe.rules = std::move(rules);
    table_.asked_.push_back(std::move(probe));
  }

  void leave_open_beyond(const Probe& probe,
                         const std::vector<Latched>& latches) {
    if (probe.bounds < kBoundsMax || probe.is == Look::Is::text) return;
    const int64_t last = table_.bounds_.back();
    for (const Latched& one : latches) {
      if (one.resolved.place > last)
        table_.open_[one.word] |= gate_bit(one.question);
    }
  }

  static Marks rules_of(const std::vector<Latched>& latches) {
    std::map<uint32_t, uint64_t> words;
    for (const Latched& one : latches) {
      words[static_cast<uint32_t>(one.question / kGateBits)] |=
          gate_bit(one.question);
    }
    Marks marks;
    for (const auto& [word, bits] : words) marks.push_back({word, bits});
    return marks;
  }

  double price_of(const Probe& probe) const {
    const cel::FactStates* states = ground_.gates.states_of(probe.source.slot);
    return states ? states->price : 0;
  }

  // --- elements
  // ---------------------------------------------------------------

  // What is asked of the elements of one group becomes one table.
  void add_each(const Look& look, const std::vector<Latched>& latches) {
    Group& group = group_of(look.slot);
    Probe probe{.none = kSaysNothing};
    add_rows(probe, latches, nullptr);
    const size_t question = group.first_rows.size();
    group.first_rows.push_back(probe.first_row);
    if (question % kGateBits == 0) group.asks_all.push_back(0);
    if (look.each->is_all) group.asks_all.back() |= gate_bit(question);
    asked_of_[group.id].push_back(look.each.get());
    join(group.rules, rules_of(latches));
    for (const Latched& one : latches) {
      table_.later_[one.word] |= gate_bit(one.question);
    }
  }

  Group& group_of(uint32_t slot) {
    const auto id = static_cast<GroupId>(slot - fields().size());
    for (Group& one : table_.groups_) {
      if (one.id == id) return one;
    }
    return table_.groups_.emplace_back(Group{.id = id});
  }

  void finish_groups() {
    for (Group& group : table_.groups_) {
      Questions questions{.sets = cel::Each::kSaid};
      for (const cel::Each* each : asked_of_[group.id]) {
        for (const cel::Ways& ways : each->ways) {
          questions.ways.push_back(&ways);
        }
      }
      group.elements = std::make_unique<GateTable>(questions, ground_);
      std::map<uint32_t, uint64_t> open;
      for (const uint32_t first_row : group.first_rows) {
        add_untold(first_row + kSaysNothing + kUntold, open);
      }
      group.untold_row = static_cast<uint32_t>(table_.rows_.size());
      add_row(open);
    }
  }

  // --- patterns -------------------------------------------------------------

  void keep_pattern(const Probe& probe, const Marks& rules) {
    const uint32_t set = probe.source.slot - ground_.ruleset.pattern_slot(0);
    Patterns& patterns = of_view(pattern_set(ground_.ruleset, set).view);
    patterns.rows[set] = probe.first_row;
    const size_t no = probe.first_row + kNo;
    const Marks marks(table_.marks_.begin() + table_.rows_[no],
                      table_.marks_.begin() + table_.rows_[no + 1]);
    join(patterns.without_hits, marks);
    join(patterns.rules, rules);
  }

  static void join(Marks& all, const Marks& more) {
    for (const Mark& mark : more) {
      const auto known =
          std::find_if(all.begin(), all.end(),
                       [&](const Mark& one) { return one.word == mark.word; });
      if (known == all.end()) {
        all.push_back(mark);
      } else {
        known->bits |= mark.bits;
      }
    }
  }

  Patterns& of_view(PatternView view) {
    for (Patterns& one : table_.patterns_) {
      if (one.view == view) return one;
    }
    Patterns& made = table_.patterns_.emplace_back(Patterns{.view = view});
    made.rows.resize(ground_.ruleset.pattern_names.size());
    return made;
  }

  // Views that few patterns need come last.
  void finish_patterns() {
    std::sort(
        table_.patterns_.begin(), table_.patterns_.end(),
        [](const Patterns& a, const Patterns& b) { return a.view < b.view; });
    for (Patterns& patterns : table_.patterns_) {
      std::map<uint32_t, uint64_t> open;
      for (const auto& first : patterns.rows) {
        if (!first) continue;
        // Booleans: no, yes, no value, fails, untold.
        add_untold(*first + kSaysNothing + kUntold, open);
      }
      patterns.untold_row = static_cast<uint32_t>(table_.rows_.size());
      add_row(open);
    }
  }

  void add_untold(size_t row, std::map<uint32_t, uint64_t>& open) const {
    for (size_t i = table_.rows_[row]; i < end_of(row); ++i) {
      open[table_.marks_[i].word] |= table_.marks_[i].bits;
    }
  }

  size_t end_of(size_t row) const {
    return row + 1 < table_.rows_.size() ? table_.rows_[row + 1]
                                         : table_.marks_.size();
  }

  GateTable& table_;
  const TableGround& ground_;
  Settings settings_;
  cel::Scratch scratch_;
  std::map<Look, std::vector<Latched>> looks_;
  std::map<GroupId, std::vector<const cel::Each*>> asked_of_;
};

GateTable::GateTable(const Questions& questions, const TableGround& ground) {
  Builder(*this, ground).run(questions);
}

GateTable::~GateTable() = default;

}  // namespace simwarden
