// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <vector>

#include <boost/test/unit_test.hpp>

#include "store/scratch_store.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(database)

constexpr auto kThree = "SELECT 1 UNION SELECT 2 UNION SELECT 3";

BOOST_AUTO_TEST_CASE(every_row_is_taken_until_one_is_refused) {
  auto open = Database::open(":memory:", Access::write);
  BOOST_REQUIRE(open);
  std::vector<int64_t> taken;
  BOOST_TEST(bool((*open)->each_row(
      kThree, [&](const Statement& row) { taken.push_back(row.integer(0)); })));
  BOOST_TEST((taken == std::vector<int64_t>{1, 2, 3}));
  auto rows = (*open)->prepare(kThree);
  BOOST_REQUIRE(rows);
  for (int again = 0; again < 2; ++again) {
    taken.clear();
    const Status done = (*rows)->each_row([&](const Statement& row) -> Status {
      taken.push_back(row.integer(0));
      if (row.integer(0) < 2) return Done{};
      return Error{Trouble::usage, "two is one too many"};
    });
    BOOST_TEST(done.error().what == "two is one too many");
    BOOST_TEST((taken == std::vector<int64_t>{1, 2}), "it begins anew");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
