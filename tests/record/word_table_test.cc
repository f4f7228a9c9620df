// SPDX-License-Identifier: Apache-2.0
#include "record/word_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(word_table)

// Words of all sizes around what is compared at once, alike but for an end.
std::vector<std::string> words() {
  std::vector<std::string> made;
  for (size_t size = 1; size <= 40; ++size) {
    for (const char end : {'a', 'b', '_'}) {
      made.push_back(std::string(size, 'a') + end);
      made.push_back(end + std::string(size, 'a'));
      made.push_back(std::string(size, 'a') + end + std::string(size, 'a'));
    }
  }
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}

BOOST_AUTO_TEST_CASE(a_word_is_found_in_its_set_and_in_no_other) {
  const std::vector<std::string> all = words();
  WordTable<size_t> table;
  for (size_t i = 0; i < all.size(); i += 2) table.add(1, all[i], i);
  for (size_t i = 0; i < all.size(); i += 3) table.add(2, all[i], i + 1000);
  for (size_t i = 0; i < all.size(); ++i) {
    const std::string row = '"' + all[i] + "\":" + std::string(32, 'a');
    const auto quoted = std::string_view(row).substr(0, all[i].size() + 2);
    for (uint16_t set = 1; set <= 3; ++set) {
      const auto number = table.find(set, all[i]);
      const bool there = (set == 1 && i % 2 == 0) || (set == 2 && i % 3 == 0);
      BOOST_TEST((number != 0) == there, row);
      const bool seen_at_once = quoted.size() <= WordTable<size_t>::kHead;
      BOOST_TEST(table.find_quoted(set, quoted) == (seen_at_once ? number : 0),
                 row);
      if (!there) continue;
      BOOST_TEST(table.entries()[number].meaning == i + (set == 2 ? 1000 : 0));
      BOOST_TEST(table.entries()[number].is(set, quoted) == seen_at_once);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_too_short_for_a_word_is_none) {
  WordTable<int> table;
  table.add(0, "id", 1);
  const std::string text = R"("":"a")" + std::string(32, ' ');
  const std::string_view row = text;
  BOOST_TEST(table.find(0, "") == 0);
  BOOST_TEST(table.find(0, "i") == 0);
  BOOST_TEST(table.find_quoted(0, row.substr(0, 2)) == 0);
  BOOST_TEST(table.find_quoted(0, row.substr(3, 3)) == 0);
  BOOST_TEST(!table.entries()[0].is(0, row.substr(0, 2)));
  // Sizes must not be taken for sets.
  const std::string large(size_t{3} << 16, '\0');
  for (uint32_t set = 0; set <= 3; ++set) {
    const size_t size = size_t{set} << 16;
    BOOST_TEST(!table.entries()[0].is(set, {large.data(), size}));
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
