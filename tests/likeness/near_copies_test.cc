// SPDX-License-Identifier: Apache-2.0
#include "likeness/near_copies.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(near_copies_of_texts)

std::vector<size_t> found_in(const std::vector<std::string>& texts) {
  return near_copies(std::vector<std::string_view>(texts.begin(), texts.end()));
}

const std::string kNotice =
    "dear customer, to replace your card please bring your passport to any of "
    "our stores. the new card works within an hour and the old one stops";
const std::string kChinese =
    "尊敬的客户:您的补换卡业务已受理,请于三日内携带本人有效身份证件到就近营业厅"
    "领取新卡,新卡激活后旧卡自动失效";

BOOST_AUTO_TEST_CASE(another_link_name_or_sum_makes_no_other_text) {
  const std::vector<size_t> copied =
      found_in({kNotice, kChinese, kNotice + " http://h10.example/1",
                "ana: " + kNotice + ". 25.00", kChinese + " h10.example/7"});
  const std::vector<size_t> wanted = {0, 1, 0, 0, 1};
  BOOST_TEST(copied == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_words_make_another_text) {
  const std::vector<size_t> copied = found_in(
      {kNotice,
       "dear customer, to replace your battery please bring your telephone to "
       "any of our desks. the new part works at once and the old one is ours",
       "lunch at noon", "lunch at one", ""});
  const std::vector<size_t> wanted = {0, 1, 2, 3, 4};
  BOOST_TEST(copied == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_short_text_is_a_copy_of_one_with_its_phrases) {
  const std::vector<size_t> copied =
      found_in({"lunch at noon", "lunch at noon!", "lunch at noon, joe", "", "",
                "lunch at noon"});
  const std::vector<size_t> wanted = {0, 0, 2, 3, 4, 0};
  BOOST_TEST(copied == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_of_many_copies_is_one_of_the_first) {
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) {
    texts.push_back(kNotice + " https://h" + std::to_string(i) + ".example/a");
  }
  const std::vector<size_t> copied = found_in(texts);
  BOOST_TEST(copied[0] == 0u);
  for (size_t i = 1; i < copied.size(); ++i) BOOST_TEST(copied[i] == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
