// SPDX-License-Identifier: Apache-2.0
#include "door/form.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(form)

std::string shown(std::string_view text) {
  FormFields fields;
  std::string out;
  if (!read_form(text, fields)) out = "too many: ";
  for (const auto& [name, value] : fields) out += name + "[" + value + "]";
  return out;
}

BOOST_AUTO_TEST_CASE(names_and_values_are_read_as_the_url_standard_says) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},
      {"a=b", "a[b]"},
      {"a=b+c&d=%40%2B", "a[b c]d[@+]"},
      {"a", "a[]"},
      {"=b", "[b]"},
      {"&&a=1&&", "a[1]"},
      {"a=b=c", "a[b=c]"},
      {"a=1&a=2", "a[1]a[2]"},
      {"a=%", "a[%]"},
      {"a=%4", "a[%4]"},
      {"a=%zz%4g%40", "a[%zz%4g@]"},
      {"%61=%e9%AA%8c", "a[\xe9\xaa\x8c]"},
      {"a=%25%34%31", "a[%41]"},  // once
  };
  for (const auto& [text, wanted] : table) BOOST_TEST(shown(text) == wanted);
}

BOOST_AUTO_TEST_CASE(bytes_of_any_kind_come_through) {
  std::string text = "a=";
  std::string wanted;
  for (int byte = 0; byte < 256; ++byte) {
    constexpr char kDigits[] = "0123456789abcdef";
    text += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    wanted += char(byte);
  }
  FormFields fields;
  BOOST_TEST(read_form(text, fields));
  BOOST_TEST(*find_value(fields, "a") == wanted);
}

BOOST_AUTO_TEST_CASE(the_first_field_of_a_name_counts) {
  FormFields fields;
  read_form("a=1&a=2", fields);
  BOOST_TEST(*find_value(fields, "a") == "1");
  BOOST_TEST((find_value(fields, "b") == nullptr));
}

BOOST_AUTO_TEST_CASE(more_fields_than_a_gateway_sends_are_refused) {
  std::string text;
  for (size_t i = 0; i < kFormFieldsMax; ++i) text += "a=1&";
  FormFields fields;
  BOOST_TEST(read_form(text, fields));
  fields.clear();
  BOOST_TEST(!read_form(text + "b=1", fields));
  BOOST_TEST(fields.size() == kFormFieldsMax);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
