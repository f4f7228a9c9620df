// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_tokens.h"

#include <boost/test/unit_test.hpp>

#include "files.h"

using namespace simwarden;

namespace {

std::string line(const std::string& name, const std::string& roles,
                 const std::string& token) {
  return name + ' ' + roles + ' ' + sha256_hex(token) + '\n';
}

Result<ServeTokens> tokens(const std::string& text) {
  const TestFolder folder;
  return ServeTokens::read(folder.write("tokens", text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serve_tokens)

BOOST_AUTO_TEST_CASE(a_token_is_its_holder_s_with_the_roles_of_its_line) {
  const auto read = tokens("# who may ask\n" +
                           line("demo_desk", "screen,decide", "demo-one") +
                           line("demo_admin", "admin", "demo-two"));
  BOOST_REQUIRE(read.ok());
  BOOST_TEST(read->size() == 2u);
  const Caller desk = read->caller_of("demo-one");
  BOOST_TEST(desk.name == "demo_desk");
  BOOST_TEST(int(desk.roles) ==
             int(TokenRole::screen) + int(TokenRole::decide));
  const Caller admin = read->caller_of("demo-two");
  BOOST_TEST(admin.name == "demo_admin");
  BOOST_TEST(int(admin.roles) == int(TokenRole::admin));
}

BOOST_AUTO_TEST_CASE(a_token_of_two_holders_is_refused) {
  const auto read = tokens(line("demo_desk", "screen", "demo-one") +
                           line("demo_boss", "admin", "demo-one"));
  BOOST_REQUIRE(!read.ok());
  BOOST_TEST(read.error().what.find(
                 "tokens:2: demo_boss has the token of demo_desk") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_nearly_a_token_is_nobody_s) {
  const auto read = tokens(line("demo_desk", "screen", "demo-one"));
  BOOST_REQUIRE(read.ok());
  const std::string digest = sha256_hex("demo-one");
  for (const std::string& wrong :
       {std::string(), std::string("demo-on"), std::string("demo-one "),
        std::string("Demo-one"), std::string("demo-one\0", 9), digest,
        std::string("demo_desk"), std::string(1000, 'a')}) {
    const Caller nobody = read->caller_of(wrong);
    BOOST_TEST(nobody.name == "", wrong);
    BOOST_TEST(int(nobody.roles) == 0, wrong);
  }
}

BOOST_AUTO_TEST_CASE(what_an_exchange_takes_away_and_brings_is_named) {
  const auto before = tokens(line("demo_desk", "screen", "demo-one") +
                             line("demo_b", "read", "demo-two"));
  const auto after = tokens(line("demo_b", "read,admin", "demo-two") +
                            line("demo_desk", "screen", "demo-one") +
                            line("demo_c", "screen", "demo-three"));
  BOOST_REQUIRE((before.ok() && after.ok()));
  BOOST_TEST(before->not_in(*after) == "demo_b");
  BOOST_TEST(after->not_in(*before) == "demo_b, demo_c");
  BOOST_TEST(after->not_in(*after) == "");
}

BOOST_AUTO_TEST_CASE(one_wrong_line_and_no_token_is_taken) {
  const std::string good = line("demo_desk", "screen", "demo-one");
  for (const std::string& wrong :
       {line("demo_a", "scren", "x"), line("demo_a", "screen,", "x") + "demo_b",
        std::string("demo_a screen\n"), std::string("demo_a screen abcd\n"),
        "demo_a screen " + sha256_hex("x") + " more\n",
        line("demo_a", ",", "x")}) {
    const auto read = tokens(good + wrong);
    BOOST_REQUIRE_MESSAGE(!read.ok(), wrong);
    BOOST_TEST((read.error().trouble == Trouble::usage));
    BOOST_TEST(read.error().what.find(sha256_hex("demo-one")) ==
               std::string::npos);
  }
  BOOST_TEST(!tokens("# nobody\n").ok());
}

BOOST_AUTO_TEST_SUITE_END()
