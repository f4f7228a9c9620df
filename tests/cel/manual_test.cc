// SPDX-License-Identifier: Apache-2.0
#include "cel/study/manual.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/library/library.h"
#include "cel/library/time_parts.h"
#include "cel/syntax/macros.h"

// The manual knows everything that the tables know, and what it shows runs.
namespace cel {
namespace {

std::multiset<std::string> names_of(std::span<const FunctionDoc> docs) {
  std::multiset<std::string> names;
  for (const FunctionDoc& doc : docs) names.emplace(doc.name);
  return names;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_getter_of_times_says_what_it_gives) {
  std::set<std::string> getters;
  std::set<std::string> of_durations;
  for (const FunctionRow& row : time_functions().rows) {
    const std::string name = read_signature(row.signature)->name;
    getters.insert(name);
    const bool duration = std::string(row.signature).starts_with("duration.");
    if (duration) of_durations.insert(name);
  }
  for (const TimePart& part : time_parts()) {
    BOOST_TEST(getters.erase(std::string(part.getter)) == 1u, part.getter);
    BOOST_TEST(
        part.unit.empty() == !of_durations.contains(std::string(part.getter)),
        part.getter);
    BOOST_TEST(find_time_part(part.getter) == &part);
  }
  for (const std::string& left : getters) BOOST_ERROR(left + " has no row");
}

BOOST_AUTO_TEST_CASE(every_function_and_operator_is_explained_once) {
  std::vector<Family> all(families().begin(), families().end());
  all.push_back(operators());
  for (const Family& family : all) {
    std::set<std::string> names;
    for (const FunctionRow& row : family.rows) {
      names.insert(read_signature(row.signature)->name);
    }
    BOOST_TEST(names_of(family.docs) ==
                   std::multiset<std::string>(names.begin(), names.end()),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(every_macro_is_explained_once) {
  std::set<std::string> names;
  for (const Macro& macro : macros()) names.emplace(macro.name);
  BOOST_TEST(names_of(macro_docs()) ==
                 std::multiset<std::string>(names.begin(), names.end()),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_example_answers_what_the_manual_says) {
  Environment nothing;
  class NoFacts final : public Activation {
    Value fact(uint32_t, Scratch&) override { return {}; }
  } facts;
  size_t examples = 0;
  for (const ManualSection& section : manual()) {
    for (const ManualEntry& entry : section.entries) {
      BOOST_TEST_CONTEXT(entry.example) {
        simwarden::Issues issues;
        const auto program = compile(entry.example, nothing, {}, issues);
        BOOST_REQUIRE_MESSAGE(program, render(issues));
        Scratch scratch;
        BOOST_TEST(to_text(program->evaluate(facts, scratch)) == entry.result);
        ++examples;
      }
    }
  }
  BOOST_TEST(examples > 100u);
}

BOOST_AUTO_TEST_CASE(an_example_shows_what_it_explains) {
  for (const ManualSection& section : manual()) {
    for (const ManualEntry& entry : section.entries) {
      // Of an operator with something inside, its beginning.
      const std::string shown =
          entry.name.starts_with('.') || entry.name == "?:"
              ? entry.name.substr(0, entry.name.find_last_of("?.") + 1)
          : entry.name.starts_with('[')
              ? entry.name.substr(0, entry.name.size() - 1)
              : entry.name;
      BOOST_TEST(entry.example.find(shown) != std::string::npos, entry.example);
      BOOST_TEST(!entry.usages.empty(), entry.name);
      BOOST_TEST(entry.says.ends_with('.'), entry.says);
    }
  }
}

BOOST_AUTO_TEST_CASE(operators_are_written_between_their_operands) {
  std::set<std::string> usages;
  for (const ManualSection& section : manual()) {
    for (const ManualEntry& entry : section.entries) {
      usages.insert(entry.usages.begin(), entry.usages.end());
    }
  }
  for (const char* usage :
       {"int + int -> int", "-int -> int", "!bool -> bool", "bool ? A : A -> A",
        "A in list(A) -> bool", "list(A)[int] -> A",
        "map(A, B)[?A] -> optional(B)", "map(string, A).?name -> optional(A)",
        "math.abs(int) -> int", "range.exists(x, condition) -> bool"}) {
    BOOST_TEST(usages.contains(usage), usage);
  }
}

BOOST_AUTO_TEST_CASE(macros_are_known_by_how_they_are_written) {
  BOOST_TEST(find_macro("has", false, 1) != nullptr);
  BOOST_TEST(find_macro("bind", true, 3) != nullptr);
  BOOST_TEST(find_macro("transformMapEntry", true, 4) != nullptr);
  BOOST_TEST(find_macro("all", true, 1) == nullptr);
  BOOST_TEST(find_macro("all", false, 2) == nullptr);
}

}  // namespace cel
