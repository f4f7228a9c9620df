// SPDX-License-Identifier: Apache-2.0
#include "app/policy_plan.h"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "app/options.h"
#include "cel/study/changes.h"
#include "cel/study/sharing.h"
#include "diag/characters.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "facts/derived.h"
#include "policy/pack_environment.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

constexpr size_t kStatesShown = 5;
constexpr size_t kPartsShown = 2;
constexpr size_t kGatesShown = 2;
constexpr size_t kPartBytesMax = 72;
constexpr size_t kSharedShown = 12;

using Is = cel::FactStates::Is;

std::string part_of_line(std::string_view text) {
  const std::string line = cel::on_one_line(text);
  if (line.size() <= kPartBytesMax) return line;
  return std::string(cut(line, kPartBytesMax)) + "…";
}

std::string state_name(const cel::FactStates& states, size_t state) {
  if (state + 1 == states.count()) return "not recorded";
  switch (states.is) {
    case Is::boolean: return state == 1 ? "true" : "false";
    case Is::choice: return std::string(states.choices[state]);
    case Is::list: return state == 0 ? "empty" : "not empty";
    case Is::other: return "recorded";
  }
  return {};
}

// States that a fact can be in: patterns and parameters always answer.
std::vector<size_t> possible_states(const cel::FactStates& states) {
  std::vector<size_t> possible;
  for (size_t i = 0; i < states.count(); ++i) {
    if (states.shares[i] > 0) possible.push_back(i);
  }
  return possible;
}

std::string joined(const cel::FactStates& states,
                   const std::vector<size_t>& which) {
  std::string text;
  for (size_t i = 0; i < which.size(); ++i) {
    if (i > 0) text += i + 1 == which.size() ? " or " : ", ";
    text += state_name(states, which[i]);
  }
  return text;
}

// "request.channel.type is website", "… is not original": of the states that
// are (not) `shut`.
std::string in_states(const std::string& name, const cel::FactStates& states,
                      cel::States shut, bool wanted) {
  std::vector<size_t> those;
  std::vector<size_t> others;
  for (const size_t state : possible_states(states)) {
    (cel::has_state(shut, state) == wanted ? those : others).push_back(state);
  }
  if (those.empty()) return name + " never";
  if (states.is == Is::boolean && those == std::vector<size_t>{1}) return name;
  if (those.size() > kStatesShown && others.size() < those.size()) {
    return fmt::format("{} is not {}", name, joined(states, others));
  }
  return fmt::format("{} is {}", name, joined(states, those));
}

// "request.fee.amount > 10.0 or not recorded"
std::string answered(const cel::Latch& latch, cel::Answers answers) {
  const std::string text = part_of_line(latch.sight->text);
  const bool yes = (answers & cel::kAnswerYes) != 0;
  const bool no = (answers & cel::kAnswerNo) != 0;
  const bool nothing = (answers & cel::kNothing) != 0 &&
                       latch.sight->look.is != cel::Look::Is::setting;
  if (!yes && !no) return fmt::format("{} is not known", text);
  if (yes && no) return fmt::format("{} is known", text);
  return fmt::format("{}{}", yes ? text : fmt::format("!({})", text),
                     nothing ? " or not recorded" : "");
}

class PlanPage {
 public:
  PlanPage(const House& house, Kind kind)
      : house_(house),
        kind_(kind),
        rules_(house.plan().rules(kind)),
        gates_(*house.plan().gates(kind)) {
    for (const PlannedRule& planned : rules_) {
      if (planned.rule->applies) add(planned.rule->applies->program.get());
      add(planned.rule->condition.program.get());
      for (const auto& one : planned.waivers) {
        add(one.waiver->when.program.get());
      }
    }
  }

  void print() const {
    print_head();
    if (rules_.empty()) return;
    print_watches();
    print_rules();
    print_sharing();
    print_facts();
  }

 private:
  void add(const cel::Program* program) { programs_.push_back(program); }

  void print_head() const {
    const Paint paint{wants_colour(stdout)};
    std::string packs;
    for (const Pack& pack : house_.ruleset().packs) {
      if (pack.asks != name_of(kind_)) continue;
      packs += fmt::format("{}{}@{}", packs.empty() ? "" : ", ", pack.name,
                           pack.version);
    }
    fmt::print("{}\n",
               paint.bold(fmt::format("{}s: {}{}{}", name_of(kind_),
                                      how_many(rules_.size(), "rule"),
                                      packs.empty() ? "" : " of ", packs)));
  }

  void print_watches() const {
    fmt::print(
        "\n  First, of every record: {} looks, cheap ones first (steps, rules "
        "that it can settle)\n",
        gates_.watches().size());
    for (const Gates::Watch& watch : gates_.watches()) {
      fmt::print("  {:>6} {:>4}  {}\n", watch.price, watch.rules,
                 look_name(watch.look));
    }
  }

  std::string look_name(const cel::Look& look) const {
    const std::string name = house_.plan().name_of(look.slot);
    switch (look.is) {
      case cel::Look::Is::value: return "the value of " + name;
      case cel::Look::Is::hour: return "the hour of " + name;
      case cel::Look::Is::since:
        return fmt::format("the time from {} to {}",
                           house_.plan().name_of(look.other), name);
      case cel::Look::Is::order:
        return fmt::format("{} beside {}", name,
                           house_.plan().name_of(look.other));
      default: return name;
    }
  }

  void print_rules() const {
    fmt::print("\n  Then the rules that nothing settled, in this order\n");
    for (const bool last : {false, true}) {
      for (size_t i = 0; i < rules_.size(); ++i) {
        const Rule& rule = *rules_[i].rule;
        if (rule.from_score.has_value() == last) print_rule(i, rule);
      }
    }
  }

  void print_rule(size_t index, const Rule& rule) const {
    fmt::print("  {:<14} {:<7} at most {} steps", rule.id,
               rule.duty ? "require" : "flag", steps_of(rule));
    if (rule.from_score) {
      fmt::print(", when the others of its pack reach {}",
                 house_.plan().name_of(*rule.from_score));
    }
    const Gates::OfRule& gates = gates_.gates()[index];
    const cel::Ways undetermined = possible(gates.undetermined);
    if (gates.silent.empty()) {
      fmt::print("\n                 no look settles {}\n", blamed(rule));
    } else {
      fmt::print("\n                 about {:.0f} % of records, when {}\n",
                 gates.silent[0].open * 100, woken_by(gates.silent));
    }
    if (undetermined.empty()) return;
    fmt::print("                 undetermined at once, when {}\n",
               settled_by(undetermined));
  }

  // Without those that want a state in which no record is.
  cel::Ways possible(cel::Ways gates) const {
    const auto can_be_shut = [this](const cel::Latch& latch) {
      if (!latch.sight->text.empty()) return true;
      const auto states =
          possible_states(*gates_.states_of(latch.sight->look.slot));
      return std::any_of(states.begin(), states.end(), [&](size_t state) {
        return cel::has_state(latch.shut, state);
      });
    };
    std::erase_if(gates, [&](const cel::Gate& gate) {
      return !std::all_of(gate.latches.begin(), gate.latches.end(),
                          can_be_shut);
    });
    return gates;
  }

  static uint64_t steps_of(const Rule& rule) {
    const uint64_t guard =
        rule.applies ? rule.applies->program->cost().steps : 0;
    return guard + rule.condition.program->cost().steps;
  }

  std::string woken_by(const cel::Ways& gates) const {
    std::string text;
    for (size_t i = 0; i < std::min(gates.size(), kGatesShown); ++i) {
      if (i > 0) text += "; and ";
      text += latches_of(gates[i], false, ", or ");
    }
    if (text.empty()) return "never: its condition is settled";
    return text + more_than_shown(gates);
  }

  std::string settled_by(const cel::Ways& gates) const {
    std::string text;
    for (size_t i = 0; i < std::min(gates.size(), kGatesShown); ++i) {
      if (i > 0) text += "; or ";
      text += latches_of(gates[i], true, ", and ");
    }
    return text + more_than_shown(gates);
  }

  static std::string more_than_shown(const cel::Ways& gates) {
    if (gates.size() <= kGatesShown) return "";
    return fmt::format("; {} more", gates.size() - kGatesShown);
  }

  std::string latches_of(const cel::Gate& gate, bool shut,
                         std::string_view between) const {
    std::string text;
    for (const cel::Latch& latch : gate.latches) {
      if (!text.empty()) text += between;
      text += latch_text(latch, shut);
    }
    return text;
  }

  std::string latch_text(const cel::Latch& latch, bool shut) const {
    constexpr cel::Answers kAll =
        cel::kAnswerYes | cel::kAnswerNo | cel::kNothing;
    const auto open = static_cast<cel::Answers>(kAll & ~latch.answers);
    if (!latch.sight->text.empty())
      return answered(latch, shut ? latch.answers : open);
    return in_states(house_.plan().name_of(latch.sight->look.slot),
                     *gates_.states_of(latch.sight->look.slot), latch.shut,
                     shut);
  }

  std::string blamed(const Rule& rule) const {
    const std::vector<std::string> parts = gates_.without_gate(rule);
    std::string text;
    for (size_t i = 0; i < std::min(parts.size(), kPartsShown); ++i) {
      text += (i > 0 ? "; " : "") + part_of_line(parts[i]);
    }
    if (parts.size() <= kPartsShown) return text;
    return text + fmt::format("; {} more", parts.size() - kPartsShown);
  }

  void print_sharing() const {
    const cel::Sharing sharing = cel::sharing_of(programs_);
    fmt::print(
        "\n  {}, {} different; asked by several rules and worked "
        "out once a record: {}\n",
        how_many(sharing.conditions, "condition"), sharing.different,
        sharing.shared.size());
    const size_t shown = std::min(sharing.shared.size(), kSharedShown);
    for (size_t i = 0; i < shown; ++i) {
      fmt::print("  {:>6}  {}\n", sharing.shared[i].programs,
                 printable_text(part_of_line(sharing.shared[i].text)));
    }
    if (shown < sharing.shared.size()) {
      fmt::print("          and {} more\n", sharing.shared.size() - shown);
    }
  }

  // Each is read or worked out when a rule first asks for it.
  void print_facts() const {
    std::map<uint32_t, uint32_t> asked_by;
    for (const cel::Program* program : programs_) {
      for (const uint32_t slot : program->slots()) ++asked_by[slot];
    }
    fmt::print(
        "\n  {} facts can be needed (conditions that read them); no other is "
        "read or worked out\n",
        asked_by.size());
    print_group("from the record", asked_by, [&](uint32_t slot) {
      return is_fact(slot) && !house_.schema().derived_of(slot);
    });
    print_group("worked out", asked_by, [&](uint32_t slot) {
      return is_fact(slot) && house_.schema().derived_of(slot);
    });
    print_group("of the profile, patterns and windows", asked_by,
                [&](uint32_t slot) { return !is_fact(slot); });
  }

  bool is_fact(uint32_t slot) const {
    return slot < house_.ruleset().schema_slots;
  }

  template <typename Wanted>
  void print_group(const char* title,
                   const std::map<uint32_t, uint32_t>& asked_by,
                   Wanted wanted) const {
    std::string text;
    for (const auto& [slot, count] : asked_by) {
      if (!wanted(slot)) continue;
      text += fmt::format("  {:>6}  {}\n", count, house_.plan().name_of(slot));
    }
    if (!text.empty()) fmt::print("  {}\n{}", title, text);
  }

  const House& house_;
  Kind kind_;
  const std::vector<PlannedRule>& rules_;
  const Gates& gates_;
  std::vector<const cel::Program*> programs_;
};

}  // namespace

int show_plan(const House& house, std::optional<Kind> kind) {
  bool first = true;
  for (const Kind one : {Kind::request, Kind::message}) {
    if (kind && *kind != one) continue;
    if (!kind && house.plan().rules(one).empty()) continue;
    if (!first) fmt::print("\n");
    first = false;
    PlanPage(house, one).print();
  }
  return kExitDone;
}

}  // namespace simwarden
