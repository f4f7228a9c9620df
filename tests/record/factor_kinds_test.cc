// SPDX-License-Identifier: Apache-2.0
#include "record/factor_kinds.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "record/fields.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(factor_kinds)

std::span<const std::string_view> words_of(std::string_view member) {
  return field(*find_field(Kind::request,
                           "auth.factors[]." + std::string(member)))
      .choices;
}

BOOST_AUTO_TEST_CASE(every_type_has_a_category_of_the_dictionary) {
  const auto categories = words_of("category");
  for (const std::string_view type : words_of("type")) {
    BOOST_TEST(std::count(categories.begin(), categories.end(),
                          factor_category(type)) == 1,
               type);
  }
  BOOST_TEST(factor_category("telepathy") == "");
  BOOST_TEST(factor_category("") == "");
}

BOOST_AUTO_TEST_CASE(only_questions_and_details_are_weak) {
  for (const std::string_view type : words_of("type")) {
    const bool question = type.starts_with("kba_") || type == "biographical" ||
                          type == "account_info";
    BOOST_TEST(is_weak_factor(type) == question, type);
  }
  BOOST_TEST(!is_weak_factor(""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
