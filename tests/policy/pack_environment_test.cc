// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_environment.h"

#include <set>

#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"

namespace simwarden {
namespace {

class NoFacts final : public cel::Activation {
  cel::Value fact(uint32_t, cel::Scratch&) override { return {}; }
};

// A pack with one list and nothing else.
cel::Environment small_pack() {
  static const std::map<std::string, Parameter> kNoParameters;
  static const std::vector<PatternSet> kNoPatterns;
  NamedList domains;
  domains.name = "official_domains";
  domains.of = "domain";
  domains.keys.insert(NamedList::canonical("domain", "operator.example"));
  PackScope scope;
  scope.parameters = &kNoParameters;
  scope.patterns = &kNoPatterns;
  scope.lists = std::make_shared<ListsInSight>();
  scope.lists->lists["official_domains"] =
      std::make_shared<const NamedList>(std::move(domains));
  return pack_environment(cel::Environment(), scope);
}

BOOST_AUTO_TEST_CASE(every_function_that_a_pack_adds_is_explained) {
  std::set<std::string> added;
  const cel::Environment pack = small_pack();
  for (const auto& function : pack.functions()) {
    added.insert(function->name);
  }
  std::set<std::string> explained;
  for (const cel::ManualEntry& entry : pack_manual().entries) {
    explained.insert(entry.name);
  }
  BOOST_TEST(added == explained, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_examples_of_a_packs_functions_run) {
  const cel::Environment pack = small_pack();
  for (const cel::ManualEntry& entry : pack_manual().entries) {
    Issues issues;
    const auto program = cel::compile(entry.example, pack, {}, issues);
    BOOST_REQUIRE_MESSAGE(program, render(issues));
    NoFacts facts;
    cel::Scratch scratch;
    BOOST_TEST(cel::to_text(program->evaluate(facts, scratch)) == entry.result);
  }
}

}  // namespace
}  // namespace simwarden
