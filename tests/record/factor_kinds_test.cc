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

BOOST_AUTO_TEST_CASE(a_code_is_told_by_where_it_went) {
  using enum FactorKind;
  const std::string_view old = "number_being_replaced";
  BOOST_TEST((factor_kind("otp_sms", old) == replaced_number));
  BOOST_TEST((factor_kind("otp_voice", old) == replaced_number));
  BOOST_TEST((factor_kind("otp_sms", "email_on_file") == other_code));
  BOOST_TEST((factor_kind("otp_sms", "") == other_code));
  BOOST_TEST((factor_kind("otp_email", old) == other_code));
  BOOST_TEST((factor_kind("telepathy", old) == other));
}

BOOST_AUTO_TEST_CASE(every_type_is_counted_as_something) {
  for (const std::string_view type : words_of("type")) {
    BOOST_TEST((factor_kind(type, "") != FactorKind::other), type);
    const bool question = factor_category(type) == "knowledge";
    BOOST_TEST((factor_kind(type, "") == FactorKind::knowledge) == question,
               type);
  }
}

BOOST_AUTO_TEST_CASE(only_questions_and_details_are_weak) {
  for (const std::string_view type : words_of("type")) {
    const bool question = type.starts_with("kba_") || type == "biographical" ||
                          type == "account_info";
    BOOST_TEST(is_weak_factor(type) == question, type);
  }
  BOOST_TEST(!is_weak_factor(""));
}

BOOST_AUTO_TEST_CASE(a_factor_is_worth_what_its_words_say) {
  const std::string_view old = "number_being_replaced";
  struct Row {
    PassedFactor factor;
    std::string_view reason;
    FactorWorth worth;
  };
  const Row rows[] = {
      {{"kba_static", "", ""}, "", FactorWorth::weak},
      {{"passkey", "", ""}, "", FactorWorth::strong},
      {{"pin_account", "", ""}, "lost", FactorWorth::strong},
      {{"otp_sms", "", old}, "lost", FactorWorth::weak},
      {{"otp_sms", "", old}, "stolen", FactorWorth::weak},
      {{"otp_sms", "", old}, "upgrade", FactorWorth::strong},
      {{"otp_sms", "", old}, "", FactorWorth::open_reason},
      {{"otp_sms", "", "email_on_file"}, "lost", FactorWorth::strong},
      {{"", "", ""}, "lost", FactorWorth::open_type},
      {{"", "knowledge", ""}, "lost", FactorWorth::open_type},
      {{"", "knowledge", old}, "", FactorWorth::open_type},
      {{"", "possession", ""}, "", FactorWorth::strong},
      {{"", "possession", old}, "", FactorWorth::open_reason},
      {{"", "", old}, "lost", FactorWorth::weak},
  };
  for (const Row& row : rows) {
    BOOST_TEST((worth_of(row.factor, row.reason) == row.worth),
               row.factor.type << ' ' << row.factor.category << ' '
                               << row.factor.destination << ' ' << row.reason);
  }
}

BOOST_AUTO_TEST_CASE(one_strong_factor_is_enough_and_an_open_one_may_be_it) {
  using enum FactorWorth;
  BOOST_TEST((nothing < weak && weak < open_type && weak < open_reason));
  BOOST_TEST((open_type < strong && open_reason < strong));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
