// SPDX-License-Identifier: Apache-2.0
#include "store/case_search.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

bool finds(const std::string& identifier, std::string_view text) {
  return ClearSearch(std::vector{identifier}).finds(text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_number_is_found_however_a_text_parts_it) {
  for (const char* text :
       {"call +86 138 0013 8000 now", "8613800138000", "00 86 138-0013-8000",
        "TG:８６１３８００１３８０００", "٨٦١٣٨٠٠١٣٨٠٠٠",
        "8613800138000 8613800138001"}) {
    BOOST_TEST(finds("+8613800138000", text), text);
    BOOST_TEST(finds("008613800138000", text), text);
    BOOST_TEST(finds("138 0013 8000", text), text);
    BOOST_TEST(!finds("+8613800138009", text), text);
  }
  // Without its country it is to be given so.
  BOOST_TEST(!finds("+8613800138000", "call 138 0013 8000"));
}

BOOST_AUTO_TEST_CASE(a_short_number_is_found_whole) {
  BOOST_TEST(finds("10086", "call 10086"));
  BOOST_TEST(!finds("10086", "call 1008611"));
}

BOOST_AUTO_TEST_CASE(a_name_is_found_in_any_case_and_not_inside_a_word) {
  BOOST_TEST(finds("Ada Demo", "ask ADA  DEMO, please"));
  BOOST_TEST(finds("demo@mail.example", "<Demo@Mail.example>"));
  BOOST_TEST(finds("王小明", "联系王小明办理"));
  BOOST_TEST(!finds("Ada", "Adan"));
  BOOST_TEST(!finds("", "anything"));
}
