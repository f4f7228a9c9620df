// SPDX-License-Identifier: Apache-2.0
#include "notation/markup_text.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(nothing_ends_an_element_or_an_attribute) {
  BOOST_TEST(markup_escaped("a<b>&\"c\"'d'\n\t\r\x01]]> 验证码") ==
             "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;&#10;&#9;&#13;"
             "\xEF\xBF\xBD]]&gt; 验证码");
}

BOOST_AUTO_TEST_CASE(what_is_no_character_of_xml_is_replaced) {
  BOOST_TEST(markup_escaped("a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD") ==
             "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(markup_escaped("\xEF\xBF") == "\xEF\xBF");
}

}  // namespace
}  // namespace simwarden
