// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;
using namespace std::string_view_literals;

// One way of each family to write an account, a number, an address or a link.
constexpr std::string_view kWritten[] = {
    "Telegram: @demo_x",
    "Теlеgrаm @demo_x",
    "T̶G̶ @d̶e̶m̶o̶_x",
    "加薇♥信 demo_x8",
    "ｔ．ｍｅ／demo_x88",
    "t 点 me 斜线 demo_x8",
    "扣扣①②③④⑤⑥⑦⑧⑨",
    "TG @demo\u200b_x",
    "TG @\U0001D41D\U0001D41E\U0001D426\U0001D428_x",
    "&#64;demo_x on telegram",
    "Telegram %40demo_x",
    "call +1 202-555-0143",
    "call +one two zero two five five five zero one four three",
    "call ➊➋➌ 2025550143",
    "电话 138加0013加8000",
    "电话 一三八零零一三八零零零",
    "0\uFE0F\u20E37\uFE0F\u20E37\uFE0F\u20E30\uFE0F\u20E30\uFE0F\u20E3"
    "9\uFE0F\u20E30\uFE0F\u20E30\uFE0F\u20E31\uFE0F\u20E32\uFE0F\u20E3"
    "3\uFE0F\u20E3",
    "ᴉɐʞ‾oɯǝp on Telegram",
    "telegram \u202Eiak_omed@\u202C",
    "write to demo (at) mail (dot) example",
    "write to john.doe@mail。example",
    "http://demo.test/a",
    "hxxps[:]//demo[.]test/x",
    "d e m o - s i m . c o m",
    "demo-sim punto com",
    "aHR0cHM6Ly9kZW1vLnRlc3QvYWJj",
    "[x](https://t.me/demo_x)",
    "LPA:1$smdp.example$AB-12",
    "验证码 482913",
    "*401*13800138000#",
};

// What tells nothing, in many scripts and with what parsers stumble over.
constexpr std::string_view kBetween[] = {
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\0\n"sv,
    "\x01\x7F\n"sv,
    "\xEF\xBB\xBF\n",
    "\xFF\xC0\n",
    "\xE5\x8A\n",
    "\xF0\x9F\x92\n",
    "Ordinary words.\n",
    "Слова без смысла.\n",
    "今天天气很好。\n",
    "كلام عادي.\n",
    "ﬁne ﷺ ㍿ ß İ ẞẞa\n",
    "e\u0301\u0302\u0303 क्षि न\u200D्\n",
    "👨‍👩‍👧 😀\n",
    "&amp;lt; &NotEqualTilde; &#\n",
    "%E4%BD%A0%E5%A5%BD %%%\n",
    "=E5=8A=A0=E5=A5=BD 好\n",
    "\U000E0041\U000E0042\u2066x\u2069\n",
    "𝐇𝐞𝐥𝐥𝐨 Ｈｅｌｌｏ\n",
    "補卡門號\n",
    "\u2028\u2029\u0085\n",
};

std::string lines_of(const Followable& f, size_t shift) {
  std::string out;
  const auto add = [&](std::string_view what, Span span) {
    out += what;
    out += " " + std::to_string(span.begin - shift) + "-" +
           std::to_string(span.end - shift) + "\n";
  };
  for (const Link& one : f.links) add(one.url, one.span);
  for (const Contact& one : f.contacts) {
    add(one.kind + "=" + one.value + "~" + one.disguise, one.span);
  }
  for (const Code& one : f.codes) add(one.kind, one.span);
  return out;
}

using Dice = std::minstd_rand;

std::string filler(Dice& dice) {
  std::string text;
  for (size_t left = dice() % 6; left > 0; --left) {
    text += kBetween[dice() % std::size(kBetween)];
  }
  return text;
}

BOOST_AUTO_TEST_CASE(each_family_is_seen_alone) {
  for (const std::string_view one : kWritten) {
    BOOST_TEST(lines_of(look(one, "CN"), 0) != "", one);
  }
}

BOOST_AUTO_TEST_CASE(what_stands_around_moves_a_span_and_does_not_change_it) {
  Dice dice(7);
  for (int i = 0; i < 3000; ++i) {
    const std::string one(kWritten[dice() % std::size(kWritten)]);
    const std::string front = filler(dice) + "\n";
    const std::string text = front + one + "\n" + filler(dice);
    BOOST_TEST(lines_of(look(text, "CN"), front.size()) ==
                   lines_of(look(one, "CN"), 0),
               text);
  }
}

}  // namespace
}  // namespace simwarden
