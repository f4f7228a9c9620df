// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <filesystem>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

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

BOOST_AUTO_TEST_CASE(a_file_that_lost_its_end_is_not_read) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run())), "a.jsonl",
           "aaaaa\nbbbbbb\n", 100);
  }
  tamper(folder.db(), "PRAGMA wal_checkpoint(TRUNCATE);");
  const auto bytes = std::filesystem::file_size(folder.db());
  must(Database::open(folder.db(), Access::read));
  std::filesystem::resize_file(folder.db(), bytes - 1);
  for (const Access access : {Access::read, Access::write}) {
    const auto cut = Database::open(folder.db(), access);
    BOOST_TEST_REQUIRE(!cut.ok());
    BOOST_TEST(cut.error().what.find(fmt::format(
                   "is cut off: it has {} bytes of {}", bytes - 1, bytes)) !=
                   std::string::npos,
               cut.error().what);
  }
  // Longer than it says it is: another writer is at it.
  std::filesystem::resize_file(folder.db(), bytes + 4096);
  must(Database::open(folder.db(), Access::read));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
