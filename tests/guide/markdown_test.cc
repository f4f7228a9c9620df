// SPDX-License-Identifier: Apache-2.0
#include "guide/markdown.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(a_text_is_never_taken_for_markup) {
  BOOST_TEST(
      md_text("[a](http://x.example) <b>*c*</b> `d` | e_f") ==
      "\\[a\\](http\\://x.example) \\<b\\>\\*c\\*\\</b\\> \\`d\\` \\| e\\_f");
  BOOST_TEST(md_text("www.x.example") == "www\\.x.example");
  BOOST_TEST(md_text("two\nlines") == "two lines");
  BOOST_TEST(md_text("a\xE2\x80\x8B"
                     "b") == "aU+200Bb");
}

BOOST_AUTO_TEST_CASE(code_holds_backquotes_and_bars) {
  BOOST_TEST(md_code("a") == "`a`");
  BOOST_TEST(md_code("a`b``c") == "```a`b``c```");
  BOOST_TEST(md_code("`") == "`` ` ``");
  BOOST_TEST(md_code("a|<b>") == "<code>a&#124;&#60;b&#62;</code>");
}

BOOST_AUTO_TEST_CASE(a_block_ends_where_it_should) {
  BOOST_TEST(md_block("a\n```\nb", "text") == "````text\na\n```\nb\n````\n\n");
}

BOOST_AUTO_TEST_CASE(links_lead_from_page_to_page) {
  BOOST_TEST(relative_link("rules/A.md", "lists/b.md") == "../lists/b.md");
  BOOST_TEST(relative_link("rules/A.md", "rules/B.md") == "B.md");
  BOOST_TEST(relative_link("families/p/a.md", "families/p/b.md") == "b.md");
  BOOST_TEST(relative_link("families/p/a.md", "index.md") == "../../index.md");
  BOOST_TEST(relative_link("index.md", "rules/A.md") == "rules/A.md");
}

}  // namespace
}  // namespace simwarden
