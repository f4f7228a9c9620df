// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

std::string repeated(std::string_view unit, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += unit;
  return text;
}

// A quadratic finder would take minutes; the bound, in seconds of the
// processor, leaves room for sanitizers and slow machines.
BOOST_AUTO_TEST_CASE(hostile_texts_take_linear_time) {
  const std::string megabyte[] = {repeated("http://demo.test/a ", 100000),
                                  repeated("(", 1 << 20),
                                  repeated("[", 1 << 20),
                                  repeated("[](", 1 << 18),
                                  repeated("<a ", 1 << 18),
                                  repeated("a.", 1 << 19),
                                  repeated("@", 1 << 20),
                                  repeated("a@", 1 << 19),
                                  repeated("tg ", 1 << 18),
                                  repeated("微信", 1 << 17),
                                  repeated("t g ", 1 << 18),
                                  repeated("1 ", 1 << 19),
                                  repeated("+1", 1 << 19),
                                  repeated("5555550101 ", 90000),
                                  repeated("一", 1 << 18),
                                  repeated("10086 t.me/a ", 80000),
                                  repeated("\u202E@demo_x", 1 << 16),
                                  repeated("\u202Eem.t ", 1 << 17),
                                  repeated("a·c", 1 << 18),
                                  repeated("a⁄c", 1 << 18),
                                  repeated("://a,b ", 1 << 17),
                                  repeated("*1234567890", 90000),
                                  repeated("://", 1 << 18),
                                  repeated("http://", 149796),
                                  repeated("http://a ", 110000),
                                  repeated("1$a.b$", 1 << 17),
                                  repeated("[.]", 1 << 18),
                                  repeated("a", 1 << 20),
                                  repeated("tg @demo_x ", 90000),
                                  "http://" + repeated("a.", 1 << 19),
                                  repeated("demo.com ", 110000),
                                  repeated("market://a ", 90000),
                                  repeated("vx: d e m o x 9 ", 1 << 16),
                                  repeated("+1 2 3 4 5 6 7 8 9 0 1 2 ", 40000),
                                  repeated("q:12345 ", 1 << 17),
                                  repeated("手机卡 q:1 2 3 ", 1 << 16),
                                  repeated("tg/wx/", 1 << 17),
                                  repeated("tg only:", 1 << 17),
                                  repeated("🅥demo_x ", 1 << 17),
                                  repeated("收📱卡", 1 << 17),
                                  repeated("补.卡 v:", 1 << 17),
                                  repeated("[x](t.me/a)", 90000),
                                  repeated("code 1234 ", 100000),
                                  repeated("1", 1 << 20),
                                  repeated("12-", 1 << 18),
                                  repeated("@a", 1 << 19),
                                  repeated("a@b.", 1 << 18),
                                  repeated("加微信", 1 << 16),
                                  repeated("加微信:demo_x8 ", 1 << 15),
                                  repeated("one two ", 1 << 17),
                                  repeated("壹贰叁", 1 << 16),
                                  repeated("一 二,", 1 << 16),
                                  repeated("t e l e g r a m ", 1 << 16),
                                  repeated("v x ", 1 << 18),
                                  repeated("text to 80082 ", 1 << 16),
                                  repeated("call0712345678", 1 << 16),
                                  repeated("0712345678,", 1 << 16),
                                  repeated("*72 ", 1 << 18),
                                  repeated("sim 8991000012345678901 ", 40000),
                                  repeated("@demo.test #1", 1 << 16),
                                  repeated("/ ", 1 << 19),
                                  repeated("w.h.a.", 1 << 17),
                                  repeated("t e l e ", 1 << 17),
                                  repeated("wh", 1 << 19),
                                  repeated("w@w@", 1 << 18),
                                  repeated("т е л е ", 1 << 16),
                                  repeated("ت ", 1 << 18),
                                  repeated("ラ☆", 1 << 17),
                                  repeated("a*a * ", 1 << 17),
                                  repeated("a#a ", 1 << 18),
                                  repeated("138*0013*800 ", 80000),
                                  repeated("id: ", 1 << 18),
                                  repeated("demo_x on tg ", 80000),
                                  repeated("hi demo_x ", 100000),
                                  repeated("d _ ", 1 << 18),
                                  repeated("1.a.", 1 << 18),
                                  repeated("demo88 tg ", 100000),
                                  repeated("202*55", 1 << 17),
                                  repeated("dot then ", 110000),
                                  repeated("demo dot x ", 90000),
                                  repeated("lll-22 ", 1 << 17),
                                  repeated("(1)[2]", 1 << 17),
                                  repeated("202, 0199 reversed ", 50000),
                                  repeated("demo dot ", 100000),
                                  repeated("a guion ", 1 << 17),
                                  repeated("a dot com slash ", 1 << 16),
                                  repeated("a 底线 ", 1 << 17),
                                  repeated("【.】", 1 << 17),
                                  repeated("demo_x at demo dot com ", 40000),
                                  repeated("a . ", 1 << 18),
                                  repeated("2o2 ", 1 << 18),
                                  repeated("1o", 1 << 19),
                                  repeated("o", 1 << 19) + "1",
                                  repeated("one ", 1 << 18),
                                  repeated("one two x ", 100000),
                                  repeated("ek do teen ", 90000),
                                  repeated("1 1 1 1 1 1 one x ", 50000),
                                  repeated("nine times ", 90000),
                                  repeated("double ", 1 << 17),
                                  repeated("nine hundred ", 80000),
                                  repeated("три нуля ", 1 << 16),
                                  repeated("공", 1 << 18),
                                  repeated("ศูนย์", 1 << 16),
                                  repeated("tg d e m o ", 1 << 16),
                                  repeated("tg dee ee ", 100000),
                                  repeated("tg d as in dog ", 1 << 16),
                                  repeated("insta a dot b ", 1 << 16),
                                  repeated("tg: demo then 8 ", 1 << 16),
                                  repeated("\u0250", 1 << 19),
                                  repeated("a1", 1 << 19),
                                  repeated("aHR0cHM6Ly9", 1 << 16),
                                  repeated("write to a at b dot c ", 40000),
                                  repeated("a @ b.c ", 1 << 17),
                                  repeated("1<b>", 1 << 18),
                                  repeated("1xBANANA", 1 << 17),
                                  repeated("1 ~ ", 1 << 18),
                                  repeated("one two, no, ", 80000),
                                  repeated("衣零", 1 << 17),
                                  repeated("oo one ", 1 << 17),
                                  repeated("ti titik mi ", 1 << 16),
                                  repeated("t . m e / d ", 1 << 16),
                                  repeated("t . m e ", 1 << 17),
                                  repeated("т.ме/:", 1 << 18),
                                  repeated("<b></b>.", 1 << 17),
                                  repeated("a.**b", 1 << 18),
                                  repeated("a.<", 1 << 18),
                                  repeated("www a", 1 << 18),
                                  "www" + repeated("-a", 1 << 19),
                                  repeated(".c0m", 1 << 18),
                                  repeated("тa", 1 << 18),
                                  repeated("a@@", 1 << 18),
                                  repeated("demo@gmail ", 90000),
                                  repeated("t.me › ", 1 << 17),
                                  repeated("q.zz/:", 1 << 20)};
  for (const std::string& text : megabyte) {
    const std::clock_t start = std::clock();
    const Followable f = look(text, "US");
    const double took =
        static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    BOOST_TEST(took < 8.0, text.substr(0, 12) << " took " << took);
    BOOST_TEST(f.links.size() <= kLinksMax);
    BOOST_TEST(f.contacts.size() <= kContactsMax);
    for (const Contact& c : f.contacts) {
      BOOST_REQUIRE(c.span.begin < c.span.end && c.span.end <= text.size());
    }
  }
  BOOST_TEST(look(megabyte[0]).cut);
}

BOOST_AUTO_TEST_CASE(a_row_of_harmless_things_hides_no_account) {
  const std::string links = repeated("http://demo.test/a ", kLinksMax);
  for (const char* account :
       {"telegram: @demo_x", "https://t.me/demo_x", "t.me/demo_x"}) {
    const Followable f = look(links + account);
    BOOST_TEST(f.links.size() == kLinksMax);
    BOOST_TEST(contacts_line(f) == "telegram=@demo_x", account);
  }
  BOOST_TEST(!look(links).cut);
  BOOST_TEST(look(links + "http://demo.test/b").cut);
}

BOOST_AUTO_TEST_CASE(every_bound_that_is_reached_is_told) {
  // Each number is a candidate, none is an assigned one.
  BOOST_TEST(!look(repeated("0555550101, ", 500), "US").cut);
  BOOST_TEST(look(repeated("0555550101, ", 501), "US").cut);
  BOOST_TEST(look(repeated("telegram. ", 4000)).cut);
  BOOST_TEST(!look(repeated("telegram. ", 3999)).cut);
  BOOST_TEST(!look(repeated("a@demo.test ", kContactsMax - 1)).cut);
  BOOST_TEST(look(repeated("a@demo.test ", kContactsMax + 1)).cut);
}

BOOST_AUTO_TEST_CASE(encoded_lines_hold_no_contact) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint64_t state = 1;
  std::string text;
  for (size_t i = 0; i < 400000; ++i) {
    if (i % 77 == 76) {
      text += '\n';
      continue;
    }
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += kAlphabet[state >> 58];
  }
  BOOST_TEST(contacts_line(look(text, "CN")) == "");
  BOOST_TEST(contacts_line(look(text, "US")) == "");
}

}  // namespace
}  // namespace simwarden
