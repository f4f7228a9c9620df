// SPDX-License-Identifier: Apache-2.0
#include "cel/check/outcomes.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/random_expressions.h"
#include "cel/value/environment.h"

// Conditions that say the same of every record, and those that only look so.
namespace cel {
namespace {

struct Row {
  const char* source;
  // "never" true, "always" true, "unless" its facts are not recorded, "" when
  // it can be either
  const char* verdict;
};

const CompileOptions kCondition{.result = bool_type()};

std::string verdict_on(Desk& desk, const char* source) {
  const std::string issues = desk.issues(source, kCondition);
  if (issues.empty()) return "";
  BOOST_TEST(issues.find("error[C119]") == 0u, issues);
  for (const auto& [said, verdict] : {std::pair{"is never true", "never"},
                                      {"is always true", "always"},
                                      {"is never false", "unless"}}) {
    if (issues.find(said) != std::string::npos) return verdict;
  }
  return "?";
}

std::string shown(const Outcomes& can) {
  std::string text;
  if (can.yes) text += "yes ";
  if (can.no) text += "no ";
  if (can.nothing) text += "nothing ";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_condition_that_cannot_vary_is_a_mistake) {
  const Row rows[] = {
      // texts from a closed set
      {"reason == 'lost' && reason == 'stolen'", "never"},
      {"reason == 'lost' || reason == 'stolen'", ""},
      {"reason != 'lost' || reason != 'stolen'", "unless"},
      {"reason != 'lost' && reason != 'stolen'", ""},
      {"reason != 'lost' && reason != 'stolen' && reason != 'damaged'",
       "never"},
      {"reason in ['lost', 'stolen', 'damaged']", "unless"},
      {"reason in ['lost', 'stolen']", ""},
      {"reason in ['lost'] && reason in ['stolen', 'damaged']", "never"},
      {"!(reason == 'lost') || reason == 'lost'", "unless"},
      // open texts
      {"text == 'a' && text == 'b'", "never"},
      {"text == 'a' || text != 'a'", "unless"},
      {"text != 'a' || text != 'b'", "unless"},
      {"text != 'a' && text != 'b'", ""},
      {"text in []", "never"},
      // numbers
      {"count > 5 && count < 5", "never"},
      {"count > 5 && count < 6", "never"},
      {"count > 5 && count < 7", ""},
      {"count > 5 || count <= 5", "unless"},
      {"count >= 5 || count <= 6", "unless"},
      {"count > 5 || count < 5", ""},
      {"3 < count && count < 3", "never"},
      {"3 >= count || 3 < count", "unless"},
      {"count > 2.5 && count < 3", "never"},
      {"count > 2.5 && count < 3.5", ""},
      {"count in [1, 2] && count > 2", "never"},
      {"amount > 5.0 && amount < 6.0", ""},
      {"amount > 5.0 && amount <= 5.0", "never"},
      {"big < 0u", "never"},
      {"big >= 0u", "unless"},
      {"size(text) >= 0", "unless"},
      {"text.size() < 0", "never"},
      {"size(tags) == -1", "never"},
      {"size(tags) > 0", ""},
      {"count > 9223372036854775807", "never"},
      {"count > 9223372036854775806 && count < 9223372036854775807", "never"},
      // What is worked out may be NaN; a recorded number is none.
      {"amount > 5.0 || amount <= 5.0", "unless"},
      {"amount / tariff > 5.0 || amount / tariff <= 5.0", ""},
      {"amount / tariff > 5.0 && amount / tariff <= 5.0", "never"},
      {"amount < double('NaN')", "never"},
      {"count < double('NaN')", "never"},
      {"big >= double('NaN')", "never"},
      {"count > double('-Infinity')", "unless"},
      // beyond 2^53, where not every integer is a double
      {"big > 9007199254740993", ""},
      {"big == 9007199254740993", ""},
      {"count == 9007199254740993u", ""},
      {"count > 9007199254740992.0", ""},
      {"count > 1e18", ""},
      {"count > 1e18 && count < 1.001e18", ""},
      {"count >= 9223372036854775808.0", ""},  // the biggest int counts so
      {"big > 18446744073709551616.0", "never"},
      {"count > 1e30", "never"},
      {"big >= -1", "unless"},
      // times
      {"wait > duration('48h') && wait < duration('2h')", "never"},
      {"wait > duration('2h') && wait < duration('48h')", ""},
      {"at < timestamp('2026-01-01T00:00:00Z') && "
       "at > timestamp('2026-01-01T00:00:00Z')",
       "never"},
      {"at > timestamp('2026-01-01T00:00:00Z') && "
       "at < timestamp('2026-01-01T00:00:00.5Z')",
       ""},
      // bools and what cannot be looked into
      {"ok && !ok", "never"},
      {"ok || !ok", "unless"},
      {"ok == true || ok == false", "unless"},
      {"ok ? ok : !ok", "unless"},
      {"ok ? count > 3 : count <= 3", ""},
      {"text.contains('a') || !text.contains('a')", "unless"},
      {"text.contains('a') && !text.contains('b')", ""},
      {"tags.exists(t, t == 'x') && !tags.exists(t, t == 'x')", "never"},
      {"count + 1 > 5 && count + 1 < 3", "never"},
      {"count + 1 > 5 && count < 3", ""},  // two unlike parts
      {"any == 1 && any == 2", ""},        // dyn
      {"count < amount && amount < count", ""},
      // presence
      {"has(request.channel.id) && !has(request.channel.id)", "never"},
      {"has(request.channel.id) || !has(request.channel.id)", "always"},
      {"!has(request.channel.id) && request.channel.id == 'a'", "never"},
      {"!has(request.channel.id) || request.channel.id == 'a'", ""},
      {"has(request.channel.id) && request.channel.id == 'a'", ""},
      {"reason != 'stolen' || has(request.channel.id)", ""},
      {"request.channel.id != 'a' || has(request.channel.id)", ""},
      {"request.channel.id != 'a' || request.channel.id != 'b'", "unless"},
      // a part that decides by itself
      {"ok && (text == 'a' && text == 'b')", "never"},
      {"ok || (text == 'a' && text == 'b')", ""},
      {"ok && (1 < 2)", ""},
      {"ok && (1 > 2)", "never"},
  };
  Desk desk;
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.source) {
      BOOST_TEST(verdict_on(desk, row.source) == row.verdict);
    }
  }
}

// Random conditions over four facts against the answers of all records that
// they can tell apart: what is called impossible never happens.
BOOST_AUTO_TEST_CASE(what_is_called_impossible_never_happens) {
  const std::string atoms[] = {"reason == 'lost'",
                               "reason != 'stolen'",
                               "reason in ['lost', 'damaged']",
                               "count > 1",
                               "count <= 1",
                               "count == 2",
                               "count in [0, 3]",
                               "1 < count",
                               "ok",
                               "!ok",
                               "count >= 2.5",
                               "ok == false"};
  const std::string reasons[] = {"lost", "stolen", "damaged"};
  uint64_t state = 7;
  const auto random = [&state](uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  };
  size_t impossible = 0;
  for (int i = 0; i < 400; ++i) {
    std::string source = atoms[random(std::size(atoms))];
    for (uint64_t parts = 1 + random(4); parts > 0; --parts) {
      const char* op = random(2) != 0 ? " && " : " || ";
      source = "(" + source + ")" + op + atoms[random(std::size(atoms))];
    }
    Desk desk;
    const std::string verdict = verdict_on(desk, source.c_str());
    bool seen_true = false;
    bool seen_false = false;
    for (const std::string& reason : reasons) {
      for (int64_t count = -1; count < 5; ++count) {
        for (const bool ok : {false, true}) {
          desk.set("reason", Value::of_string(reason));
          desk.set("count", Value::of_int(count));
          desk.set("ok", Value::of_bool(ok));
          const std::string answer = desk.run(source);
          seen_true |= answer == "true";
          seen_false |= answer == "false";
        }
      }
    }
    // Over this grid the table of points is complete: it goes both ways.
    const std::string expected = !seen_true    ? "never"
                                 : !seen_false ? "unless"
                                               : "";
    BOOST_TEST_CONTEXT(source) {
      BOOST_TEST(verdict == expected);
    }
    impossible += verdict.empty() ? 0 : 1;
  }
  BOOST_TEST(impossible > 20u);
}

// What is said to be never or always true keeps its word over random records,
// facts that are missing or of a wrong type among them.
BOOST_AUTO_TEST_CASE(random_conditions_keep_the_word_that_was_given_for_them) {
  Dice dice(3);
  Writer writer(dice);
  Desk desk;
  Scratch memory;
  size_t constant = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::string source =
        writer.write('b', 1 + static_cast<int>(dice.below(3)));
    const std::string issues = desk.issues(source, kCondition);
    const bool never = issues.find("is never true") != std::string::npos;
    const bool always = issues.find("is always true") != std::string::npos;
    const bool unless = issues.find("is never false") != std::string::npos;
    if (!never && !always && !unless) continue;
    ++constant;
    simwarden::Issues none;
    const auto program = compile(source, desk.environment(), {}, none);
    BOOST_TEST_REQUIRE(program);
    for (int record = 0; record < 30; ++record) {
      shuffle_facts(desk, dice, memory);
      Scratch scratch;
      const Value answer = program->evaluate(desk, scratch);
      BOOST_TEST(!(never && answer.is_true()), source);
      BOOST_TEST(!(unless && answer.is_false()), source);
      BOOST_TEST((!always || answer.is_true() || answer.is(Tag::error)),
                 source);
    }
  }
  BOOST_TEST(constant > 20u);
}

// Likewise what is said of the absence of a fact.
BOOST_AUTO_TEST_CASE(random_conditions_answer_without_a_fact_as_was_said) {
  Dice dice(5);
  Writer writer(dice);
  Desk desk;
  Scratch memory;
  for (int i = 0; i < 600; ++i) {
    const std::string source =
        writer.write('b', 1 + static_cast<int>(dice.below(3)));
    simwarden::Issues issues;
    const auto program = compile(source, desk.environment(), {}, issues);
    if (!program) continue;
    for (const Variable& fact : desk.environment().variables()) {
      const auto slots = program->slots();
      if (std::find(slots.begin(), slots.end(), fact.slot) == slots.end()) {
        continue;
      }
      if (fact.name == "request.links") continue;
      const Outcomes said = program->without(fact.slot);
      for (int record = 0; record < 10; ++record) {
        shuffle_facts(desk, dice, memory, false);
        desk.forget(fact.name);
        Scratch scratch;
        const Value answer = program->evaluate(desk, scratch);
        const std::string text = to_text(answer);
        BOOST_TEST_CONTEXT(source << " without " << fact.name << " " << text) {
          BOOST_TEST((said.yes || !answer.is_true()));
          BOOST_TEST((said.no || !answer.is_false()));
          if (!answer.is(Tag::missing)) continue;
          const auto named = missing_slots(answer.as_missing());
          const bool ours = named.size() == 1 && named[0] == fact.slot;
          BOOST_TEST((said.nothing || !ours));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_long_search_takes_everything_for_possible) {
  std::string source = "(ok || count == 0)";
  for (int i = 1; i < 100; ++i) {
    source += " && (text.contains('" + std::to_string(i) +
              "') || count == " + std::to_string(i) + ")";
  }
  Desk desk;
  BOOST_TEST(desk.issues(source, kCondition) == "");
}

BOOST_AUTO_TEST_CASE(a_program_tells_what_the_absence_of_a_fact_leads_to) {
  const struct {
    const char* source;
    const char* fact;
    const char* left;
  } rows[] = {
      {"count > 1", "count", "nothing "},
      {"count > 1 && ok", "count", "no nothing "},
      {"count > 1 || ok", "count", "yes nothing "},
      {"!(count > 1)", "count", "nothing "},
      {"has(request.channel.id) && request.channel.id == 'a'",
       "request.channel.id", "no "},
      {"!has(request.channel.id) || request.channel.id == 'a'",
       "request.channel.id", "yes "},
      {"has(request.channel.id) ? request.channel.id == 'a' : ok",
       "request.channel.id", "yes no "},
      {"ok ? count > 1 : text == 'a'", "count", "yes no nothing "},
      {"text.contains('a') && count > 1", "text", "no nothing "},
      {"tags.exists(t, t == text)", "tags", "nothing "},
      // Inside the loop the fact matters only when there are elements.
      {"tags.exists(t, t == text)", "text", "yes no nothing "},
      {"count + size(text) > 3", "text", "nothing "},
      {"request.channel.?id.orValue('a') == 'a'", "request.channel.id",
       "yes no nothing "},
      {"has(request.channel.id) && count > 1", "count", "no nothing "},
      {"cel.bind(c, count, c == 1)", "count", "yes no nothing "},
      {"text in [reason, 'a']", "reason", "nothing "},
      {"{'a': count}['a'] == 1", "count", "nothing "},
      {"[count].size() == 1", "count", "nothing "},
  };
  Desk desk;
  for (const auto& row : rows) {
    simwarden::Issues issues;
    const auto program = compile(row.source, desk.environment(), {}, issues);
    BOOST_TEST_REQUIRE(program);
    BOOST_TEST_CONTEXT(row.source << " without " << row.fact) {
      BOOST_TEST(shown(program->without(desk.slot(row.fact))) == row.left);
    }
  }
}

}  // namespace cel
