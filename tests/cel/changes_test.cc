// SPDX-License-Identifier: Apache-2.0
#include "cel/study/changes.h"

#include <algorithm>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/random_expressions.h"

// Small changes of conditions, and what cannot be told apart.
namespace cel {
namespace {

std::unique_ptr<const Program> made(const Desk& desk, std::string_view source) {
  simwarden::Issues issues;
  auto program = compile(source, desk.environment(), {}, issues);
  BOOST_REQUIRE_MESSAGE(program, simwarden::render(issues));
  return program;
}

std::string applied(std::string_view source, const Change& change) {
  std::string text(source);
  return text.replace(change.begin, change.end - change.begin, change.text);
}

// One change a line: what is shown, and what is compiled.
std::string changes(const Desk& desk, std::string_view source) {
  const auto program = made(desk, source);
  const std::vector<uint32_t> settings = {desk.slot("count"), desk.slot("big")};
  std::string all;
  for (const Change& change : changes_of(*program, settings)) {
    all += change.shown + "  =>  " + applied(source, change) + "\n";
    made(desk, applied(source, change));
  }
  return all;
}

bool differ(const Desk& desk, std::string_view one, std::string_view other) {
  std::vector<uint32_t> absent(desk.environment().variables().size());
  std::iota(absent.begin(), absent.end(), 0);
  const auto first = made(desk, one);
  const auto second = made(desk, other);
  return !never_differ({*first, *second, nullptr, desk.environment(), absent},
                       [](std::span<const Value>) { return true; });
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_atom_is_negated_and_every_operand_dropped) {
  const Desk desk;
  BOOST_TEST(changes(desk, "ok && !(text == 'a')") ==
             "!ok  =>  !(ok) && !(text == 'a')\n"
             "drop ok  =>  true && !(text == 'a')\n"
             "drop the ! of text == 'a'  =>  ok && (text == 'a')\n"
             "drop !(text == 'a')  =>  ok && true\n");
  BOOST_TEST(changes(desk, "ok || has(request.channel.id)") ==
             "!ok  =>  !(ok) || has(request.channel.id)\n"
             "drop ok  =>  false || has(request.channel.id)\n"
             "!has(request.channel.id)  =>  ok || !(has(request.channel.id))\n"
             "drop has(request.channel.id)  =>  ok || false\n");
  BOOST_TEST(changes(desk, "text == 'a'") == "text != 'a'  =>  text != 'a'\n");
}

BOOST_AUTO_TEST_CASE(a_bound_is_moved_to_both_sides) {
  const Desk desk;
  BOOST_TEST(changes(desk, "size(tags) < 3") ==
             "size(tags) >= 3  =>  size(tags) >= 3\n"
             "size(tags) <= 3  =>  size(tags) <= 3\n"
             "size(tags) < 2  =>  size(tags) < 2\n");
  // `count` is a setting here.
  BOOST_TEST(changes(desk, "size(tags) >= count * 2") ==
             "size(tags) < count * 2  =>  size(tags) < count * 2\n"
             "size(tags) > count * 2  =>  size(tags) > count * 2\n"
             "size(tags) >= (count - 1) * 2  =>  "
             "size(tags) >= (count - 1) * 2\n");
  BOOST_TEST(changes(desk, "count > 0") == "count <= 0  =>  count <= 0\n");
  BOOST_TEST(changes(desk, "amount <= tariff") ==
             "amount > tariff  =>  amount > tariff\n"
             "amount < tariff  =>  amount < tariff\n");
}

BOOST_AUTO_TEST_CASE(elements_of_a_list_are_left_out_one_by_one) {
  const Desk desk;
  BOOST_TEST(changes(desk, "reason in ['lost',\n 'stolen']") ==
             "!(reason in ['lost', 'stolen'])  =>  "
             "!(reason in ['lost',\n 'stolen'])\n"
             "reason in [...] without 'lost'  =>  reason in ['stolen']\n"
             "reason in [...] without 'stolen'  =>  reason in ['lost']\n");
}

BOOST_AUTO_TEST_CASE(what_no_record_tells_apart_is_the_same) {
  const Desk desk;
  BOOST_TEST(!differ(desk, "ok && text == 'a'", "ok && text == 'a'"));
  BOOST_TEST(!differ(desk, "ok", "!(!ok)"));
  BOOST_TEST(!differ(desk, "ok && text == 'a'", "text == 'a' && ok"));
  BOOST_TEST(!differ(desk, "count > 3", "count >= 4"));
  BOOST_TEST(
      !differ(desk, "reason in ['lost', 'stolen']", "reason != 'damaged'"));
  BOOST_TEST(differ(desk, "count > 3", "count >= 3"));
  BOOST_TEST(differ(desk, "ok && text == 'a'", "ok || text == 'a'"));
  // Alike while every fact is there, and not when the id is not recorded.
  BOOST_TEST(differ(desk,
                    "has(request.channel.id) && request.channel.id == 'a'",
                    "request.channel.id == 'a'"));
}

BOOST_AUTO_TEST_CASE(only_what_matters_has_to_be_the_same) {
  const Desk desk;
  const std::vector<uint32_t> absent = {desk.slot("request.channel.id")};
  const auto one =
      made(desk, "has(request.channel.id) && request.channel.id == 'a'");
  const auto other = made(desk, "request.channel.id == 'a'");
  const auto truth = [](std::span<const Value> said) {
    return said[0].is_true() != said[1].is_true();
  };
  BOOST_TEST(
      never_differ({*one, *other, nullptr, desk.environment(), absent}, truth));
  // Where `ok` is false nothing else matters.
  const auto guard = made(desk, "ok");
  const auto guarded = [](std::span<const Value> said) {
    return said[2].is_true() && said[0].is_true() != said[1].is_true();
  };
  const auto both = made(desk, "text == 'a' && ok");
  const auto first = made(desk, "text == 'a'");
  BOOST_TEST(
      never_differ({*both, *first, guard.get(), desk.environment()}, guarded));
}

BOOST_AUTO_TEST_CASE(what_is_called_the_same_answers_the_same) {
  Dice dice(7);
  Desk desk;
  Writer writer(dice);
  Scratch scratch, memory;
  std::vector<uint32_t> absent(desk.environment().variables().size());
  std::iota(absent.begin(), absent.end(), 0);
  const auto answer = [&](const Program& program) {
    scratch.clear();
    const Value value = program.evaluate(desk, scratch);
    return value.is_true() ? 'T' : value.is_false() ? 'F' : '-';
  };
  size_t same = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string source = writer.write('b', 2);
    simwarden::Issues unheard;
    const auto one = compile(source, desk.environment(), {}, unheard);
    if (!one) continue;
    for (const Change& change : changes_of(*one, {})) {
      const auto other =
          compile(applied(source, change), desk.environment(), {}, unheard);
      if (!other) continue;
      const bool alike =
          never_differ({*one, *other, nullptr, desk.environment(), absent},
                       [](std::span<const Value>) { return true; });
      if (!alike) continue;
      ++same;
      for (int record = 0; record < 20; ++record) {
        shuffle_facts(desk, dice, memory);
        BOOST_TEST(answer(*one) == answer(*other),
                   source << "\n  " << applied(source, change));
      }
    }
  }
  BOOST_TEST(same > 50u);
}

}  // namespace cel
