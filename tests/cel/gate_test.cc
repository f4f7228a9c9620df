// SPDX-License-Identifier: Apache-2.0
#include "cel/study/gate.h"

#include <cmath>

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
    add("count", {Is::other, {}, {0.5, 0.5}, 1});
    add("amount", {Is::other, {}, {0.5, 0.5}, 1});
    add("created_at", {Is::other, {}, {0.9, 0.1}, 1});
    add("changed_at", {Is::other, {}, {0.5, 0.5}, 1});
    add("limit", {Is::other, {}, {1, 0}, 0, true});
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
      text += latch.sight->text.empty() ? of_states(latch) : of_answers(latch);
    }
    return text.empty() ? "always" : text;
  }

 private:
  void add(const std::string& name, FactStates states) {
    states_[desk_.slot(name)] = std::move(states);
    names_[desk_.slot(name)] = name;
  }

  std::string of_states(const Latch& latch) const {
    const FactStates& states = states_.at(latch.sight->look.slot);
    std::string text = names_.at(latch.sight->look.slot) + ":";
    for (size_t i = 0; i <= states.count(); ++i) {
      if (has_state(latch.shut, i)) text += " " + state(states, i);
    }
    return text;
  }

  static std::string of_answers(const Latch& latch) {
    std::string text = "(" + latch.sight->text + "):";
    if (latch.answers & kAnswerYes) text += " yes";
    if (latch.answers & kAnswerNo) text += " no";
    if (latch.answers & kNothing) text += " nothing";
    return text;
  }

  static std::string state(const FactStates& of, size_t i) {
    if (i == of.count()) return "fails";
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

std::string gate_text(const std::string& source, Answers answers) {
  Desk desk;
  desk.environment().add(
      {.name = "created_at", .type = timestamp_type(), .slot = 901});
  desk.environment().add(
      {.name = "changed_at", .type = timestamp_type(), .slot = 902});
  desk.environment().add({.name = "limit", .type = int_type(), .slot = 903});
  const Known known(desk);
  simwarden::Issues issues;
  const auto program = compile(source, desk.environment(), {}, issues);
  BOOST_REQUIRE_MESSAGE(program, render(issues));
  const StatesOf states = [&](uint32_t slot) { return known(slot); };
  Sights sights;
  GateFinder finder(*program, states, sights);
  const Ways& ways = finder.gates_of(answers);
  std::string text;
  for (const Gate& gate : ways) {
    text += (text.empty() ? "" : " | ") + known.text(gate);
  }
  return text.empty() ? "no gate" : text;
}

}  // namespace

// What settles a condition as false and as true.
BOOST_AUTO_TEST_CASE(a_gate_is_what_looks_at_facts_settle) {
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
      {"count > 3", "(count > 3): no", "(count > 3): yes"},
      {"3 > count", "(count < 3): no", "(count < 3): yes"},
      // What is not recorded is known as well, where has() asks.
      {"has(request.channel.type) && request.channel.type == 'shop'",
       "request.channel.type: web none", "request.channel.type: shop"},
      {"!(has(request.channel.type) && request.channel.type == 'shop')",
       "request.channel.type: shop", "request.channel.type: web none"},
      // Each will do; the one that seldom opens comes first.
      {"ok && reason == 'lost' && text == 'a'",
       "ok: false | reason: stolen damaged", "no gate"},
      // Either can make it true: both must keep it shut.
      {"ok || reason == 'lost'", "ok: false & reason: stolen damaged",
       "ok: true | reason: lost"},
      {"ok || text == 'a'", "no gate", "ok: true"},
      {"(reason == 'lost' || reason == 'stolen') && text == 'a'",
       "reason: damaged", "no gate"},
      {"reason == 'lost' && reason == 'stolen'", "reason: lost stolen damaged",
       "no gate"},
      {"tags.exists(t, t == 'a')", "tags: empty", "no gate"},
      {"tags.all(t, t == 'a')", "no gate", "tags: empty"},
      {"!tags.exists(t, t == 'a')", "no gate", "tags: empty"},
      {"tags.exists_one(t, t == 'a')", "tags: empty", "no gate"},
      {"has(request.channel.id) ? ok : reason == 'lost'",
       "request.channel.id: some & ok: false | request.channel.id: none & "
       "reason: stolen damaged",
       "request.channel.id: some & ok: true | request.channel.id: none & "
       "reason: lost"},
      {"size(tags) > 0", "(size(tags) > 0): no", "(size(tags) > 0): yes"},
      {"text == 'a'", "no gate", "no gate"},
      // Two facts beside each other.
      {"changed_at <= created_at", "(changed_at <= created_at): no",
       "(changed_at <= created_at): yes"},
      {"created_at - changed_at < duration('48h')",
       "(created_at - changed_at < duration('48h')): no",
       "(created_at - changed_at < duration('48h')): yes"},
      {"(created_at - changed_at).getHours() < limit * 24",
       "((created_at - changed_at).getHours() < limit * 24): no",
       "((created_at - changed_at).getHours() < limit * 24): yes"},
      {"created_at.getHours() >= 17", "(created_at.getHours() >= 17): no",
       "(created_at.getHours() >= 17): yes"},
      // What the settings say is known before a record is.
      {"limit > 2 && count > limit", "(limit > 2): no | (count > limit): no",
       "(limit > 2): yes & (count > limit): yes"},
      {"count > amount", "no gate", "no gate"},
      // A bound that is chosen among two.
      {"count > (ok ? 2 : 5)",
       "ok: false & (count > 5): no | ok: true & (count > 2): no",
       "ok: false & (count > 5): yes | ok: true & (count > 2): yes"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(gate_text(row.source, kAnswerNo) == row.is_false,
               row.source << ": " << gate_text(row.source, kAnswerNo));
    BOOST_TEST(gate_text(row.source, kAnswerYes) == row.is_true,
               row.source << ": " << gate_text(row.source, kAnswerYes));
  }
}

// What settles that a condition has no answer.
BOOST_AUTO_TEST_CASE(what_is_missing_is_seen_too) {
  struct Row {
    const char* source;
    const char* nothing;
  };
  const Row rows[] = {
      {"ok", "ok: none fails"},
      {"has(request.channel.id)", "request.channel.id: fails"},
      {"count > 3", "(count > 3): nothing"},
      // One of them says nothing, and none says no.
      {"ok && count > 3",
       "ok: none fails & (count > 3): yes nothing | "
       "(count > 3): nothing & ok: true none fails"},
      {"ok || count > 3",
       "(count > 3): nothing & ok: false none fails | "
       "ok: none fails & (count > 3): no nothing"},
      {"ok && text == 'a'", "no gate"},
      // A call says nothing when an operand does.
      {"request.channel.type.matches('^w')",
       "request.channel.type: none fails"},
      {"count % 3 == 1", "count: none fails"},
      {"reason in tags", "reason: none fails | tags: none fails"},
      {"ok ? count > 3 : true",
       "ok: none fails | ok: true & (count > 3): nothing"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(gate_text(row.source, kNothing) == row.nothing,
               row.source << ": " << gate_text(row.source, kNothing));
  }
}

// Places are in the order of the values, and a bound has one only where
// comparing places says what comparing the values says.
BOOST_AUTO_TEST_CASE(places_are_in_the_order_of_values) {
  const double numbers[] = {-1e300, -2.5, -1,  -1e-300, 0,
                            1e-300, 1,    2.5, 1e300};
  for (const double a : numbers) {
    for (const double b : numbers) {
      BOOST_TEST(((*place_of(a) <=> *place_of(b)) == (a <=> b)));
    }
  }
  BOOST_TEST(*place_of(-0.0) == *place_of(0.0));
  BOOST_TEST(!place_of(std::nan("")));
  BOOST_TEST(*place_of(Scale::whole, Value::of_number(3)) == 3);
  BOOST_TEST(!place_of(Scale::whole, Value::of_number(3.5)));
  BOOST_TEST(!place_of(Scale::whole, Value::of_number(1e18)));
  BOOST_TEST(!place_of(Scale::real, Value::of_int(INT64_MAX)));
  BOOST_TEST(!place_of(Scale::whole, Value::of_uint(UINT64_MAX)));
  BOOST_TEST(!place_of(Scale::time, Value::of_timestamp(200'000'000'000, 0)));
}
