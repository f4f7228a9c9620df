// SPDX-License-Identifier: Apache-2.0
#include "mail/html_order.h"

#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "mail/html.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(items_in_another_order_stand_there_as_they_are_shown) {
  struct {
    std::string_view html;
    std::string_view text;
  } const rows[] = {
      {"<div style='display:flex;flex-direction:row-reverse'><i>it</i>"
       "<i>ba</i></div>!",
       "itba bait\n!"},
      {"<div style='display:flex;flex-flow:row-reverse wrap'><i>it</i>ba</div>",
       "itba bait"},
      {"<style>p{display:flex}b{order:1}i{order:-1}</style>"
       "<p><b>t</b>ai<i>b</i></p>",
       "taib bait"},
      {"<p><b style='float:right'>it</b><b style='float:right'>ba</b></p>",
       "itba bait"},
      {"<p><b style='float:right'>it</b>ba</p>", "itba bait"},
      {"<p>it<b style='float:left'>ba</b></p>", "itba bait"},
      {"<table><tr dir=rtl><td>it</td><td>ba</td></tr></table>", "it ba bait"},
      {"<table dir=rtl><tr><td>it</td><td>ba</td></tr></table>", "it ba bait"},
      {"<div dir=rtl style='display:flex'><i>it</i><i>ba</i></div>",
       "itba bait"},
      // A link's text has both.
      {"<a href=https://demo.test><b style='float:right'>it</b>ba</a>",
       "itba bait"},
      // Put somewhere.
      {"<p><b style='position:absolute;left:40px'>it</b>"
       "<b style='position:absolute;left:1em'>ba</b></p>",
       "itba bait"},
      {"<p><b style='position:absolute;top:9px'>it</b>"
       "<b style='position:absolute;left:90px'>ba</b></p>",
       "itba bait"},
      {"<svg><text><tspan x=40>it</tspan><tspan x='2 "
       "9'>ba</tspan></text></svg>",
       "itba bait"},
      {"<svg><text x=0 y=30>it</text><text x=9 y=10>ba</text></svg>",
       "itba bait"},
      {"<p style='display:grid'><b style='grid-column:2/3'>it</b>"
       "<b style='grid-column:1'>ba</b></p>",
       "itba bait"},
      {"<p><b style='left:40px'>ba</b><b style='left:10px'>it</b></p>", "bait"},
      {"<p><b style='position:absolute;left:auto'>ba</b>"
       "<b style='position:absolute;left:9px'>it</b></p>",
       "bait"},
      {"<svg><text x=0 y=10>ba</text><text x=0 y=30>it</text></svg>", "bait"},
      // Twice turned, and what is in the order that it is written in.
      {"<div dir=rtl style='display:flex;flex-direction:row-reverse'>"
       "<i>ba</i><i>it</i></div>",
       "bait"},
      {"<div style='display:flex'><i>ba</i><i>it</i></div>", "bait"},
      {"<p>ba<b style='float:right'>it</b></p>", "bait"},
      {"<p dir=rtl><b>ba</b><b>it</b></p>", "bait"},
      {"<table dir=rtl><tr><td>\u05d0</td><td>\u05d1</td></tr></table>",
       "\u05d0 \u05d1"},
      {"<div style='display:flex;flex-direction:row-reverse'><i>bait</i></div>",
       "bait"},
      {"<div style='display:flex;flex-direction:row-reverse'>"
       "<i hidden>it</i><i>ba</i></div>",
       "ba"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(read_html(row.html).text == row.text, row.html);
  }
  // Columns of a page.
  const std::string column(150, 'x');
  BOOST_TEST(read_html("<p><b style='float:right'>" + column + "</b>" + column)
                 .text.size() == 300);
}

BOOST_AUTO_TEST_CASE(items_beside_their_place_stand_there_as_they_are_shown) {
  struct {
    std::string_view html;
    std::string_view text;
  } const rows[] = {
      {"<p>Go to <b style='position:relative;left:4em'>it</b>"
       "<b style='position:relative;left:-3em'>ba</b></p>!",
       "Go to itba bait\n\n!"},
      {"<p><b style='position:relative;left:2em'>it</b>"
       "<b style='position:relative;right:2em'>ba</b></p>",
       "itba bait"},
      {"<p><b style='margin-left:5em'>it</b>"
       "<b style='margin-left:-6em'>ba</b></p>",
       "itba bait"},
      {"<p>One.<br><b style='position:relative;left:90px'>it</b>ba</p>",
       "One.\nitba bait"},
      // Left counts where both are declared.
      {"<p><b style='position:relative;left:1px;right:90px'>ba</b>it</p>",
       "bait"},
      {"<p>ba<b style='position:relative;left:-2px;top:1px'>it</b></p>",
       "bait"},
      {"<p style='position:relative;left:90px'>ba</p>it", "ba\n\nit"},
      {"<p><b style='left:90px'>ba</b>it</p>", "bait"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(read_html(row.html).text == row.text, row.html);
  }
  BOOST_TEST(read_html("<p><b style='transform:translateX(40px)'>it</b>"
                       "<b style='transform:translate(-40px, 0)'>ba</b></p>")
                 .text.starts_with("itba bait"));
  // The pieces are short; the text around them need not be.
  const std::string story(900, 'x');
  BOOST_TEST(read_html("<p>" + story +
                       " <b style='position:relative;left:9em'>it</b>"
                       "<b style='position:relative;left:-3em'>ba</b></p>")
                 .text == story + " itba bait");
  // What is longer would be looked through again by each element around it.
  const std::string book(17'000, 'x');
  BOOST_TEST(read_html("<p>" + book +
                       " <b style='position:relative;left:9em'>it</b>"
                       "<b style='position:relative;left:-3em'>ba</b></p>")
                 .text == book + " itba");
}

}  // namespace
}  // namespace simwarden
