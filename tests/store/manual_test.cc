// SPDX-License-Identifier: Apache-2.0

#include <boost/test/unit_test.hpp>

#include "scratch_store.h"

using namespace simwarden;

// The manual's tables name every column, and its queries run.
BOOST_AUTO_TEST_CASE(the_manual_fits_the_schema) {
  const ScratchFolder folder;
  open_store(folder);
  const std::string manual = read_all("docs/store.md");
  BOOST_TEST_REQUIRE(manual.size() > 1000u);
  const auto columns = ask(folder.db(),
                           "SELECT m.name, c.name FROM sqlite_schema m, "
                           "pragma_table_info(m.name) c WHERE m.type IN "
                           "('table', 'view') AND m.name NOT LIKE 'sqlite_%'",
                           2);
  BOOST_TEST(columns.size() > 60u);
  for (const std::string& each : columns) {
    const size_t bar = each.find('|');
    const size_t section = manual.find("### " + each.substr(0, bar) + "\n");
    BOOST_TEST_REQUIRE(section != std::string::npos, each);
    const size_t end = manual.find("\n#", section + 4);
    const std::string part = manual.substr(section, end - section);
    BOOST_TEST(part.find("`" + each.substr(bar + 1) + "`") != std::string::npos,
               each);
  }
  size_t queries = 0;
  const std::string fence = "```sql\n";
  for (size_t at = manual.find(fence); at != std::string::npos;
       at = manual.find(fence, at)) {
    at += fence.size();
    const std::string sql = manual.substr(at, manual.find("```", at) - at);
    const auto database = must(Database::open(folder.db(), Access::read));
    const auto statement = database->prepare(sql);
    BOOST_TEST(statement.ok(),
               sql << (statement.ok() ? "" : statement.error().what));
    if (statement.ok()) must((*statement)->step());
    ++queries;
  }
  BOOST_TEST(queries >= 8u);
}
