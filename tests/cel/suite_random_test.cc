// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/random_expressions.h"
#include "cel/run/suite.h"

// Sets of random expressions over one desk, asked in random orders: a suite
// answers what each program answers by itself, whatever was asked before.
namespace cel {
namespace {

struct Set {
  std::vector<std::unique_ptr<const Program>> programs;
  std::unique_ptr<const Suite> suite;

  Set(const Desk& desk, Dice& dice) {
    CompileOptions options;
    options.fold = dice.below(2) == 0;
    Writer writer(dice);
    std::vector<const Program*> all;
    while (all.size() < 12) {
      const char type = "bbbids"[dice.below(6)];
      const std::string source =
          writer.write(type, 1 + static_cast<int>(dice.below(4)));
      simwarden::Issues issues;
      auto program = compile(source, desk.environment(), {}, issues, options);
      if (!program) continue;  // a choice that is none, a loop too deep
      all.push_back(program.get());
      programs.push_back(std::move(program));
    }
    suite = Suite::make(all);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_random_suite_answers_as_its_programs_do_one_by_one) {
  Dice dice(11);
  Desk desk;
  size_t shared = 0;
  size_t answered = 0;
  for (int set = 0; set < 150; ++set) {
    const Set random(desk, dice);
    shared += random.suite->shared_parts();
    Suite::Round round(*random.suite);
    Scratch scratch;
    Scratch alone;
    Scratch memory;
    std::vector<size_t> order(random.programs.size());
    std::iota(order.begin(), order.end(), 0);
    for (int record = 0; record < 8; ++record) {
      shuffle_facts(desk, dice, memory);
      scratch.clear();
      round.begin();
      for (size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[dice.below(i)]);
      }
      for (int pass = 0; pass < 2; ++pass) {
        for (const size_t i : order) {
          alone.clear();
          const Program& program = *random.programs[i];
          const std::string expected = to_text(program.evaluate(desk, alone));
          const std::string answer =
              to_text(random.suite->evaluate(i, desk, round, scratch));
          BOOST_TEST(answer == expected, program.source()
                                             << "\n  together " << answer
                                             << "\n  alone    " << expected);
          const bool is_void =
              expected.starts_with("missing") || expected.starts_with("error");
          answered += is_void ? 0 : 1;
        }
      }
    }
  }
  BOOST_TEST(shared > 150u * 5);
  BOOST_TEST(answered > 150u * 8 * 2 * 2);
}

}  // namespace cel
