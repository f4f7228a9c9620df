// SPDX-License-Identifier: Apache-2.0
// Escapes are read where they hide something, and honest signs stay.
#include <string>

#include <boost/test/unit_test.hpp>

#include "text/views.h"

namespace simwarden {
namespace {

struct Case {
  const char* input;
  const char* plain;
};

const Case kEntities[] = {
    {"t&period;me&sol;demo", "t.me/demo"},
    {"&#116;&#x2E;me", "t.me"},
    {"&#116&#46me", "t.me"},
    {"&CounterClockwiseContourIntegral;", "\u2233"},
    {"&NotEqualTilde;", "\u2242\u0338"},
    {"&eacute;t&Eacute;", "été"},
    {"1 &#150; 2 &#x80;", "1 – 2 €"},
    {"&#0000000046;x &#99999999999;", ".x \uFFFD"},
    {"&amp;#46;", "."},
    {"&amp;amp;#46;", "&#46;"},
    {"&per\u200Biod;", "."},
    {"AT&T &copy &nosuch; &; a&b;", "at&t &copy &nosuch; &; a&b;"},
    {"x.example/?a=1&copy=2&lt=3", "x.example/?a=1&copy=2&lt=3"},
};

const Case kPercent[] = {
    {"%68%74%74%70%3A%2F%2Ft.me%2Fdemo", "http://t.me/demo"},
    {"http%3A%2F%2Ft.me", "http://t.me"},
    {"t%2Eme%2Fdemo", "t.me/demo"},
    {"TG %40demo_x", "tg @demo_x"},
    {"hello%20world", "hello world"},
    {"加%E5%BE%AE%E4%BF%A1", "加微信"},
    {"%2568%2574%2574%2570", "http"},
    {"%68%FF%74%74", "h%fftt"},
    // Honest signs.
    {"100% sure, 5%20mg, 20%40 off", "100% sure, 5%20mg, 20%40 off"},
    {"10%20%30%40%50%", "10%20%30%40%50%"},
    {"25%de rabais, 30%ab", "25%de rabais, 30%ab"},
    {"100%25 %zz % 41", "100%25 %zz % 41"},
    // A link that is there to be seen keeps its path.
    {"https://a.example/%E5%8A%A0?x=%74%2E",
     "https://a.example/%e5%8a%a0?x=%74%2e"},
    {"see a.example/%41%42 %74%2Eme", "see a.example/%41%42 t.me"},
};

const Case kQuoted[] = {
    {"=E5=8A=A0=E5=BE=AE=E4=BF=A1", "加微信"},
    {"=E5=8A=\n=A0 t.me=2Fdemo=\r\n_x =3D", "加 t.me/demo_x ="},
    {"=68=74=74=70=3a=2f=2ft=2eme", "http://t.me"},
    // Honest signs.
    {"a=10 b=20 x=40=41", "a=10 b=20 x=40=41"},
    {"a=1&b=2 ?id=ab=cd=ef", "a=1&b=2 ?id=ab=cd=ef"},
    {"t=2Eme =2E =", "t=2eme =2e ="},
    {"=10=11=12", "=10=11=12"},
};

const Case kJson[] = {
    {"TG \\u0040demo_x", "tg @demo_x"},
    {"t\\.me/demo\\_x", "t.me/demo_x"},
    {"C:\\_x \\.x a\\\\_b a\\*b", "c:\\_x \\.x a\\\\_b a\\*b"},
    {"\\u0068ttps://demo.test/a", "https://demo.test/a"},
    {"\\u0074\\u002eme/demo", "t.me/demo"},
    // What programs write, and what is none.
    {"a \\u0026 b \\u003c \\u003d", "a \\u0026 b \\u003c \\u003d"},
    {"\\u00e9t\\u00e9 \\u5fae", "\\u00e9t\\u00e9 \\u5fae"},
    {"c:\\users\\u12 \\u00", "c:\\users\\u12 \\u00"},
};

template <size_t N>
void check(const Case (&cases)[N]) {
  for (const Case& c : cases) {
    const std::string plain = see(c.input).plain.text;
    BOOST_TEST(plain == c.plain, c.input << " -> " << plain);
  }
}

BOOST_AUTO_TEST_CASE(html_escapes_are_read_wherever_they_stand) {
  check(kEntities);
}

BOOST_AUTO_TEST_CASE(percent_escapes_are_read_where_they_hide_a_text) {
  check(kPercent);
}

BOOST_AUTO_TEST_CASE(quoted_printable_is_read_where_it_can_be_nothing_else) {
  check(kQuoted);
}

BOOST_AUTO_TEST_CASE(json_escapes_are_read_where_they_hide_a_contact) {
  check(kJson);
}

std::string written(const std::string& text, const std::string& shown) {
  const View plain = see(text).plain;
  const size_t at = plain.text.find(shown);
  BOOST_REQUIRE(at != std::string::npos);
  const Span span = plain.original(at, at + shown.size());
  return text.substr(span.begin, span.size());
}

BOOST_AUTO_TEST_CASE(what_was_escaped_leads_back_to_the_whole_escape) {
  BOOST_TEST(written("x &#64;demo", "@d") == "&#64;d");
  BOOST_TEST(written("x %E5%BE%AE%E4%BF%A1", "微") == "%E5%BE%AE");
  BOOST_TEST(written("x %2568%2574t", "h") == "%2568");
  BOOST_TEST(written("=E5=8A=\r\n=A0=E5=BE=AE", "加") == "=E5=8A=\r\n=A0");
  BOOST_TEST(written("a &amp;#46; b", ".") == "&amp;#46;");
}

BOOST_AUTO_TEST_CASE(escapes_that_hide_letters_of_contacts_are_counted) {
  BOOST_TEST(see("&#116;%2Eme a&amp;b &nbsp;&copy;").disguise.escaped == 2U);
  BOOST_TEST(see("t%2Eme &#64;x").disguise.escaped == 2U);
  BOOST_TEST(see("=E5=8A=A0 AT&amp;T").disguise.escaped == 0U);
  BOOST_TEST(see("hello world 100%").disguise.escaped == 0U);
  BOOST_TEST(see("\\u0040demo \\u0026").disguise.escaped == 1U);
}

}  // namespace
}  // namespace simwarden
