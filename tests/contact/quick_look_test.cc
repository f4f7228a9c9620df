// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

bool holds_links(const Followable& f) {
  return !f.links.empty() ||
         std::any_of(f.contacts.begin(), f.contacts.end(),
                     [](const Contact& c) { return c.kind == "email"; });
}

BOOST_AUTO_TEST_CASE(a_quick_look_misses_no_link_and_no_mail_address) {
  constexpr std::string_view kPieces[] = {
      "demo",
      "t",
      "me",
      "com",
      "test",
      " dot ",
      "dot",
      ".",
      ". ",
      "点",
      "。",
      "[.]",
      "( . )",
      "{dot}",
      "/",
      " / ",
      "//",
      ":",
      "://",
      "http",
      "tel",
      "<",
      ">",
      "@",
      "[",
      "](",
      ")",
      "one",
      "two ",
      "7",
      "8.8",
      "mailto",
      "wa",
      "a href=",
      " ",
      ", ",
      " punto ",
      " ponto ",
      " punkt ",
      " nokta ",
      " titik ",
      "точка",
      " . ",
      "(at)",
      "[ at ]",
      "下划线",
      " arroba ",
      " at ",
      "demo_x",
      " guion ",
      " slash ",
      "discord",
      "gg",
      " gg ",
      " me ",
      "【.】",
      " point ",
      " w w w . d e m o - x . c o m ",
      "2o2",
      " ooo",
      "demo1",
      "x-1",
      "io",
      "www",
      "www ",
      ",www,",
      "-",
      "gmail",
      "outlook.com",
      " chiocciola ",
      "wa.me ",
      "12025550143",
      "<b></b>",
      "**",
      "c0m",
      " c o m ",
      " co",
      "we are away until seven this week and nobody is at home "};
  std::mt19937 dice(7);
  const auto draw = [&](size_t below) { return dice() % below; };
  size_t with = 0;
  size_t told = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string text(draw(40), 'x');
    const size_t count = 1 + draw(9);
    for (size_t i = 0; i < count; ++i)
      text += kPieces[draw(std::size(kPieces))];
    const Views views = see(text);
    const bool may = may_hold_links(views.plain.text);
    const bool holds =
        holds_links(find_followable(views, demo_registry(), "CN"));
    with += holds ? 1 : 0;
    told += may ? 0 : 1;
    BOOST_REQUIRE_MESSAGE(may || !holds, text);
  }
  BOOST_TEST(with > 1000U);
  BOOST_TEST(told > 500U);
}

BOOST_AUTO_TEST_CASE(a_quick_look_sees_a_sign_wherever_it_stands) {
  for (const std::string_view sign :
       {"@", "a.b", "/", "(", " dot ", " . ", "点"}) {
    for (size_t pad = 0; pad < 70; ++pad) {
      const std::string text = std::string(pad, 'x') + std::string(sign);
      BOOST_TEST(may_hold_links(text), text);
      BOOST_TEST(may_hold_links(text + std::string(pad, ' ')), text);
    }
  }
  BOOST_TEST(!may_hold_links(""));
  BOOST_TEST(
      !may_hold_links("are we still meeting at seven. i will call you, "
                      "doctor: before noon"));
}

}  // namespace
}  // namespace simwarden
