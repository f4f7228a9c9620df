// SPDX-License-Identifier: Apache-2.0
#include "cel/gate.h"

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"

using namespace cel;

namespace {

// What desk.h knows of a few facts. The shares make lists the worst choice.
class Known {
 public:
  explicit Known(const Desk& desk) : desk_(desk) {
    using Is = FactStates::Is;
    add("ok", {Is::boolean, {}, {0.4, 0.2, 0.4}, 1});
    add("reason",
        {Is::choice, {"lost", "stolen", "damaged"}, {0.2, 0.2, 0.2, 0.4}, 1});
    add("tags", {Is::list, {}, {0.2, 0.6, 0.2}, 5});
    add("request.channel.id", {Is::other, {}, {0.7, 0.3}, 1});
    add("request.channel.type",
        {Is::choice, {"shop", "web"}, {0.3, 0.3, 0.4}, 1});
  }

  const FactStates* operator()(uint32_t slot) const {
    const auto found = states_.find(slot);
    return found == states_.end() ? nullptr : &found->second;
  }

  // "reason: lost stolen" and so on: what keeps it shut.
  std::string text(const Gate& gate) const {
    std::string text;
    for (const Latch& latch : gate.latches) {
      if (!text.empty()) text += " & ";
      text += names_.at(latch.slot) + ":";
      for (size_t i = 0; i < latch.shut.size(); ++i) {
        if (latch.shut[i]) text += " " + state(states_.at(latch.slot), i);
      }
    }
    return text.empty() ? "always" : text;
  }

 private:
  void add(const std::string& name, FactStates states) {
    states_[desk_.slot(name)] = std::move(states);
    names_[desk_.slot(name)] = name;
  }

  static std::string state(const FactStates& of, size_t i) {
    if (i + 1 == of.count()) return "none";
    switch (of.is) {
      case FactStates::Is::boolean: return i == 1 ? "true" : "false";
      case FactStates::Is::choice: return std::string(of.choices[i]);
      case FactStates::Is::list: return i == 0 ? "empty" : "filled";
      case FactStates::Is::other: return "some";
    }
    return "?";
  }

  const Desk& desk_;
  std::map<uint32_t, FactStates> states_;
  std::map<uint32_t, std::string> names_;
};

std::string gate_text(const std::string& source, bool answer) {
  Desk desk;
  const Known known(desk);
  simwarden::Issues issues;
  const auto program = compile(source, desk.environment(), {}, issues);
  BOOST_REQUIRE_MESSAGE(program, render(issues));
  const auto gate =
      gate_of(*program, answer, [&](uint32_t slot) { return known(slot); });
  return gate ? known.text(*gate) : "no gate";
}

}  // namespace

// What settles a condition as false and as true.
BOOST_AUTO_TEST_CASE(a_gate_is_what_one_look_at_facts_settles) {
  struct Row {
    const char* source;
    const char* is_false;
    const char* is_true;
  };
  const Row rows[] = {
      {"ok", "ok: false", "ok: true"},
      {"!ok", "ok: true", "ok: false"},
      {"ok == false", "ok: true", "ok: false"},
      {"reason == 'lost'", "reason: stolen damaged", "reason: lost"},
      {"'lost' == reason", "reason: stolen damaged", "reason: lost"},
      {"reason != 'lost'", "reason: lost", "reason: stolen damaged"},
      {"reason in ['lost', 'stolen']", "reason: damaged",
       "reason: lost stolen"},
      {"has(request.channel.id)", "request.channel.id: none",
       "request.channel.id: some"},
      {"has(request.channel.id) && count > 3", "request.channel.id: none",
       "no gate"},
      {"count > 3", "no gate", "no gate"},
      // What is not recorded is known as well, where has() asks.
      {"has(request.channel.type) && request.channel.type == 'shop'",
       "request.channel.type: web none", "request.channel.type: shop"},
      {"!(has(request.channel.type) && request.channel.type == 'shop')",
       "request.channel.type: shop", "request.channel.type: web none"},
      // One that seldom opens will do.
      {"ok && reason == 'lost' && count > 3", "ok: false", "no gate"},
      // Either can make it true: both must keep it shut.
      {"ok || reason == 'lost'", "ok: false & reason: stolen damaged",
       "ok: true"},
      {"ok || count > 3", "no gate", "ok: true"},
      {"(reason == 'lost' || reason == 'stolen') && count > 3",
       "reason: damaged", "no gate"},
      {"reason == 'lost' && reason == 'stolen'", "reason: lost stolen damaged",
       "no gate"},
      {"tags.exists(t, t == 'a')", "tags: empty", "no gate"},
      {"tags.all(t, t == 'a')", "no gate", "tags: empty"},
      {"!tags.exists(t, t == 'a')", "no gate", "tags: empty"},
      {"tags.exists_one(t, t == 'a')", "tags: empty", "no gate"},
      {"has(request.channel.id) ? ok : reason == 'lost'",
       "request.channel.id: some & ok: false",
       "request.channel.id: some & ok: true"},
      {"size(tags) > 0", "no gate", "no gate"},
      {"text == 'a'", "no gate", "no gate"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(gate_text(row.source, false) == row.is_false, row.source);
    BOOST_TEST(gate_text(row.source, true) == row.is_true, row.source);
  }
}
