// SPDX-License-Identifier: Apache-2.0
#include "record/word_table.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(word_table)

// Words of all sizes around what is compared at once, alike but for an end.
std::vector<std::string> words() {
  std::vector<std::string> made;
  for (size_t size = 0; size <= 40; ++size) {
    for (const char end : {'a', 'b', '_'}) {
      made.push_back(std::string(size, 'a') + end);
    }
  }
  made.emplace_back();
  return made;
}

BOOST_AUTO_TEST_CASE(a_word_is_found_in_its_set_and_in_no_other) {
  const std::vector<std::string> all = words();
  WordTable<size_t> table;
  for (size_t i = 0; i < all.size(); i += 2) table.add(1, all[i], i);
  for (size_t i = 0; i < all.size(); i += 3) table.add(2, all[i], i + 1000);
  for (size_t i = 0; i < all.size(); ++i) {
    const std::string row = all[i] + "\":" + std::string(16, 'a');
    const auto text = std::string_view(row).substr(0, all[i].size());
    for (uint16_t set = 1; set <= 3; ++set) {
      const auto number = table.find(set, all[i]);
      const bool there = (set == 1 && i % 2 == 0) || (set == 2 && i % 3 == 0);
      BOOST_TEST((number != 0) == there, row);
      BOOST_TEST(table.find_quoted(set, text) == number, row);
      if (!there) continue;
      BOOST_TEST(table.entries()[number].meaning == i + (set == 2 ? 1000 : 0));
      BOOST_TEST(table.entries()[number].quoted(set, row.data()));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_first_of_two_meanings_stays) {
  WordTable<int> table;
  table.add(0, "reason", 1);
  table.add(0, "reason", 2);
  BOOST_TEST(table.entries()[table.find(0, "reason")].meaning == 1);
  BOOST_TEST(table.entries()[0].meaning == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
