// SPDX-License-Identifier: Apache-2.0
#include "mail/html_doubt.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "mail/css.h"
#include "mail/html.h"

using namespace simwarden;

namespace {

// The salt stands there in the reading of those who show it.
const std::string kBoth = "saqqle\n\nsale";

std::string of_style(const std::string& css) {
  return read_html("<style>" + css + "</style><p>sa<i class=x title=y>qq</i>le")
      .text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(salt_that_some_programs_hide_is_left_out_as_well) {
  for (const std::string css :
       {"p .x{display:none}", "p>i{display:none}", "i[title]{display:none}",
        "[title=y]{display:none}", "p i:not(.z){display:none}",
        "p{.x{display:none}}", "@media screen{.x{display:none}}",
        "@supports (a:b){p .x{font-size:0}}", ".x{font-size:calc(0px)}",
        ".x{clip-path:inset(100%)}", ".x{position:absolute;clip:rect(0,0,0,0)}",
        ".x{transform:scale(0)}", ".x{opacity:calc(0)}",
        ".x{filter:opacity(0)}", ".x{display:var(--a)}"}) {
    BOOST_TEST(of_style(css) == kBoth, css);
  }
  for (const std::string name : {"datalist", "rp", "dialog", "audio", "video",
                                 "canvas", "meter", "progress", "noscript"}) {
    BOOST_TEST(
        read_html("<p>sa<" + name + ">qq</" + name + ">le").text == kBoth,
        name);
  }
  BOOST_TEST(of_style(".x{display:none}") == "sale");
}

BOOST_AUTO_TEST_CASE(what_nobody_hides_stands_there_once) {
  for (const std::string css :
       {"p .x{color:red}", ".x:hover{display:none}", ".y .z{display:none}",
        "@media print{.x{display:none}}", "[title=y]{color:red}",
        ".x{transform:none;clip-path:none;zoom:1}", "p .x{font-size:14px}"}) {
    BOOST_TEST(of_style(css) == "saqqle", css);
  }
  for (const std::string html :
       {"<dialog open>a</dialog>b", "<noscript>a</noscript>",
        "<p>Dear customer</p><p><audio>a</audio></p>",
        "<p>Hello <video>your program shows no such film</video></p>"}) {
    BOOST_TEST(read_html(html).text.find("\n\n\n") == std::string::npos);
    BOOST_TEST(read_html(html).text.find("ab\n\n") == std::string::npos);
    const std::string text = read_html(html).text;
    BOOST_TEST(text.find("Hello\n") == std::string::npos, html);
  }
}

BOOST_AUTO_TEST_CASE(a_bait_that_may_be_hidden_is_shown) {
  BOOST_TEST(
      read_html("<style>p .x{display:none}</style><p class=x>BAIT</p>").text ==
      "BAIT");
}

BOOST_AUTO_TEST_CASE(lines_are_told_without_their_doubtful_pieces) {
  std::string text;
  DoubtfulText doubt(text);
  const auto maybe = [&](std::string_view piece) {
    const size_t begin = text.size();
    text += piece;
    doubt.add(begin);
  };
  BOOST_TEST(doubt.lines_without() == "");
  maybe("alone");
  text += "\nsa";
  maybe("qq");
  maybe("ww");
  text += "le of";
  maybe(" rr");
  text += " cards\nwhole\nsi";
  maybe("x\ny");
  text += "m\n";
  maybe("");
  BOOST_TEST(doubt.lines_without() == "sale of  cards\nsi\nm");
}

BOOST_AUTO_TEST_CASE(a_sheet_in_an_address_hides_nothing_for_certain) {
  const std::string html =
      "<link rel=stylesheet href='data:text/css,p{display:none}'><p>BAIT</p>";
  BOOST_TEST(read_html(html).text == "BAIT");
  for (const std::string other : {"stylesheet media=print", "icon"}) {
    BOOST_TEST(read_html("<link rel=" + other +
                         " href='data:text/css,p::before{content:\"BAIT\"}'>"
                         "<p>x</p>")
                   .text == "x");
  }
}

BOOST_AUTO_TEST_CASE(sheets_in_addresses_write_no_more_than_others) {
  const std::string one =
      "<link rel=stylesheet href='data:text/css,p::before{content:\"" +
      std::string(1000, 'x') + "\"}'>";
  std::string html;
  for (size_t size = 0; size < 4 * kStyleBytesMax; size += one.size()) {
    html += one;
  }
  BOOST_TEST(read_html(html).text.size() <= kStyleBytesMax);
}
