// SPDX-License-Identifier: Apache-2.0
#include "cel/study/atoms.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/random_expressions.h"

// What decides in a condition, what it answers, and which answers it can give
// where it stands.
namespace cel {
namespace {

std::unique_ptr<const Program> made(const Desk& desk, std::string_view source) {
  simwarden::Issues issues;
  auto program = compile(source, desk.environment(), {}, issues);
  BOOST_REQUIRE_MESSAGE(program, simwarden::render(issues));
  return program;
}

std::string text_of(const Program& program, const Atom& atom) {
  return std::string(
      program.source().substr(atom.begin, atom.end - atom.begin));
}

// "a | b | (c)": the atoms, those of loops in brackets.
std::string atoms(const Desk& desk, std::string_view source) {
  const auto program = made(desk, source);
  std::string all;
  for (const Atom& atom : atoms_of(*program)) {
    if (!all.empty()) all += " | ";
    const std::string text = text_of(*program, atom);
    all += atom.in_scope ? "{" + text + "}" : text;
  }
  return all;
}

std::string shown(uint8_t answers) {
  std::string text;
  if (answers & kAnswerYes) text += 'T';
  if (answers & kAnswerNo) text += 'F';
  if (answers & kAnswerMissing) text += 'M';
  if (answers & kAnswerError) text += 'E';
  return text.empty() ? "-" : text;
}

// ID stands for request.channel.id.
std::string spelt(std::string text) {
  for (size_t at = text.find("ID"); at != std::string::npos;
       at = text.find("ID")) {
    text.replace(at, 2, "request.channel.id");
  }
  return text;
}

std::string possible(const Desk& desk, const std::string& source,
                     const std::string& guard = "") {
  const auto program = made(desk, spelt(source));
  std::vector<uint32_t> absent = {desk.slot("reason"), desk.slot("ok"),
                                  desk.slot("request.channel.id"),
                                  desk.slot("count"), desk.slot("text")};
  std::sort(absent.begin(), absent.end());
  std::string all;
  for (const Atom& atom : atoms_of(*program)) {
    all += (all.empty() ? "" : " ") +
           shown(possible_answers(*program, atom, spelt(guard),
                                  desk.environment(), absent));
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(atoms_are_what_stands_under_the_connectives) {
  const Desk desk;
  struct Row {
    const char* source;
    const char* atoms;
  };
  const Row rows[] = {
      {"ok", "ok"},
      {"!ok", "ok"},
      {"count > 3 && !(ok || has(request.channel.id))",
       "count > 3 | ok | has(request.channel.id)"},
      {"ok ? count > 3 : text == 'a'", "ok | count > 3 | text == 'a'"},
      {"(ok ? count : 0) > 3", "(ok ? count : 0) > 3 | ok"},
      {"reason in ['lost', 'stolen'] || true", "reason in ['lost', 'stolen']"},
      {"request.links.exists(l, l.kind == 'web' && l.port > 80)",
       "request.links.exists(l, l.kind == 'web' && l.port > 80) | "
       "{l.kind == 'web'} | {l.port > 80}"},
      {"request.links.filter(l, l.port > count).size() > 1",
       "request.links.filter(l, l.port > count).size() > 1 | "
       "{l.port > count}"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(atoms(desk, row.source) == row.atoms, row.source);
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_given_is_not_asked_for) {
  const Desk desk;
  BOOST_TEST(possible(desk, "ID == 'a'") == "TFM");
  BOOST_TEST(possible(desk, "has(ID)") == "TF");
  // It is asked only where the fact is there.
  BOOST_TEST(possible(desk, "has(ID) && ID == 'a'") == "TF TF");
  BOOST_TEST(possible(desk, "!has(ID) || ID == 'a'") == "TF TF");
  BOOST_TEST(possible(desk, "ID == 'a'", "has(ID)") == "TF");
  BOOST_TEST(possible(desk, "ok", "has(ID)") == "TFM");
  // A text from a closed set, of which two are ruled out.
  BOOST_TEST(possible(desk, "reason == 'lost'",
                      "!(reason in ['stolen', 'damaged'])") == "TM");
  // What the first has decided is settled for the second.
  BOOST_TEST(possible(desk, "count > 3 && count > 1") == "TFM TM");
  BOOST_TEST(possible(desk, "ok ? count > 3 : !ok && count < 9") ==
             "TFM TFM F TFM");
}

BOOST_AUTO_TEST_CASE(what_is_not_asked_has_not_answered) {
  Desk desk;
  Scratch scratch;
  const auto program = made(desk, "ok && (count > 3 || reason == 'lost')");
  const auto watched = watch(*program);
  const auto all = [&] {
    std::string text;
    for (const uint8_t answers : watched->answers()) {
      text += (text.empty() ? "" : " ") + shown(answers);
    }
    return text;
  };
  desk.set("ok", Value::of_bool(false));
  watched->evaluate(desk, scratch);
  BOOST_TEST(all() == "F - -");
  desk.set("ok", Value::of_bool(true));
  desk.set("count", Value::of_int(4));
  watched->evaluate(desk, scratch);
  BOOST_TEST(all() == "TF T -");
  desk.forget("count");
  watched->evaluate(desk, scratch);
  BOOST_TEST(all() == "TF TM T");
  watched->forget();
  BOOST_TEST(all() == "- - -");
}

BOOST_AUTO_TEST_CASE(what_stands_twice_answers_at_both_places) {
  Desk desk;
  Scratch scratch;
  const auto program = made(
      desk,
      "ok && !(count == 0) && count > 3 || ok && !(count == 0) && count < 1");
  const auto watched = watch(*program);
  desk.set("ok", Value::of_bool(true));
  desk.set("count", Value::of_int(2));
  watched->evaluate(desk, scratch);
  BOOST_REQUIRE_EQUAL(watched->answers().size(), 6U);
  for (const uint8_t answers : watched->answers()) {
    BOOST_TEST(answers != 0, program->source());
  }
}

BOOST_AUTO_TEST_CASE(being_watched_changes_no_answer) {
  Dice dice(20261126);
  Desk desk;
  Writer writer(dice);
  simwarden::Issues unheard;
  Scratch one, other, memory;
  size_t compared = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string source = writer.write('b', 4);
    const auto program = compile(source, desk.environment(), {}, unheard);
    if (!program) continue;
    ++compared;
    shuffle_facts(desk, dice, memory);
    one.clear();
    other.clear();
    const Value plain = program->evaluate(desk, one);
    const Value seen = watch(*program)->evaluate(desk, other);
    BOOST_TEST(to_text(plain) == to_text(seen), source);
  }
  BOOST_TEST(compared > 1000u);
}

}  // namespace cel
