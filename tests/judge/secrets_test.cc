// SPDX-License-Identifier: Apache-2.0
#include "judge/secrets.h"

#include <iterator>
#include <random>

#include <boost/test/unit_test.hpp>

#include "intake/intake.h"
#include "privacy/masks.h"

using namespace simwarden;

namespace {

// A record and what the eye sees of it.
struct Seen {
  FactSchema schema;
  Registry registry;
  Item item;
  Facts facts{schema, registry};

  explicit Seen(std::string_view json) : item(parse_json(json, {})) {
    BOOST_REQUIRE(!item.bad.has_value());
    facts.look_at(item.record, "CN");
  }

  std::string masked(std::string_view field) {
    const Slot& slot = item.record.slot(*find_field(Kind::message, field));
    return mask_text(item.record.text(slot), secrets_in(facts, field));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_the_eye_reads_is_secret_by_the_bytes_of_its_field) {
  Seen seen(
      R"({"kind":"message","subject":"电话:138oo138ooo",)"
      R"("text":"write to john.doe[at]mail.example or @demo_12345678 10086",)"
      R"("hidden_text":"电话:138oo138ooo",)"
      R"("alternative_text":"write to john.doe[at]mail.example"})");
  BOOST_TEST(seen.masked("subject") == "电话:*********oo");
  BOOST_TEST(seen.masked("text") ==
             "write to j***.***[**]****.******* or @demo_12345678 10086");
  BOOST_TEST(seen.masked("hidden_text") == "电话:*********oo");
  BOOST_TEST(seen.masked("alternative_text") ==
             "write to j***.***[**]****.*******");
  BOOST_TEST(secrets_in(seen.facts, "from").empty());
}

BOOST_AUTO_TEST_CASE(a_look_at_the_signs_of_a_text_misses_no_secret) {
  constexpr std::string_view kPieces[] = {"one",
                                          "three",
                                          "eight ",
                                          "seven-",
                                          "double ",
                                          "triple ",
                                          "oh ",
                                          "zero",
                                          "138",
                                          "0013",
                                          "8000",
                                          "13800",
                                          "7",
                                          "1 2 3",
                                          "123-456",
                                          " 4",
                                          "12",
                                          "99",
                                          "call ",
                                          "拨打",
                                          "code ",
                                          "otp",
                                          "验证码",
                                          "verify ",
                                          "+",
                                          "+1",
                                          "plus ",
                                          "(",
                                          ")",
                                          " ",
                                          ", ",
                                          ". ",
                                          "-",
                                          "whatsapp ",
                                          "line: ",
                                          "qq",
                                          "wechat:",
                                          "insta ",
                                          "tele: ",
                                          "wa.me/",
                                          "tel:",
                                          "https://",
                                          "demo",
                                          "demo_x",
                                          ".",
                                          " dot ",
                                          "com",
                                          ".example",
                                          "@",
                                          " at ",
                                          "(at)",
                                          " arroba ",
                                          "1$",
                                          "lpa:",
                                          "smdp.example$",
                                          "AB12",
                                          "o",
                                          "O",
                                          "I",
                                          "l",
                                          "一三八",
                                          "零零",
                                          "①③⑧",
                                          "⁸⁰",
                                          "８６",
                                          "٠١٢",
                                          "yī ",
                                          "yao san ba ",
                                          "dee ee em ",
                                          "then ",
                                          "然后",
                                          "joined ",
                                          "800",
                                          "FLOWERS",
                                          "mailto:",
                                          "intent://",
                                          "#Intent;scheme=mailto;end",
                                          "%40",
                                          "%31",
                                          "MTM4MDAxMzgw",
                                          "read it backwards ",
                                          "8991",
                                          "imei ",
                                          "hundred ",
                                          "bez ",
                                          "\U0001F4DE",
                                          "3\uFE0F\u20E3",
                                          "sim ",
                                          " to 121",
                                          "#",
                                          "*21*",
                                          "the last four are ",
                                          "the first three ",
                                          "only the numbers "};
  std::mt19937 dice(11);
  const auto draw = [&](size_t below) { return dice() % below; };
  const Registry registry;
  size_t with = 0;
  size_t without = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const size_t count = 1 + draw(9);
    for (size_t i = 0; i < count; ++i) {
      text += kPieces[draw(std::size(kPieces))];
    }
    constexpr std::string_view kRegions[] = {"CN", "US", ""};
    const std::string_view region = kRegions[draw(3)];
    const Views views = see(text);
    const auto seen = find_if_secret(views, registry, region);
    const Secrets all =
        secrets_of(find_followable(views, registry, region), text);
    with += all.empty() ? 0 : 1;
    without += seen ? 0 : 1;
    BOOST_REQUIRE_MESSAGE(all.empty() || seen, text);
    BOOST_REQUIRE(!seen || secrets_of(*seen, text).size() == all.size());
  }
  BOOST_TEST(with > 300U);
  BOOST_TEST(without > 500U);
}

BOOST_AUTO_TEST_CASE(a_text_without_secrets_is_not_looked_through) {
  for (const std::string_view text :
       {"note 417\n\nare we still meeting at seven, in 24 hours",
        "text us on telegram: demo_help7 in 24 hours",
        "see https://secure-desk.example/a1 tonight"}) {
    BOOST_TEST(!find_if_secret(see(text), {}, "CN"), text);
  }
}

BOOST_AUTO_TEST_CASE(a_number_in_pairs_is_looked_for) {
  const Views views = see("call +33 1 99 00 12 34");
  BOOST_TEST(secrets_of(find_followable(views, {}, ""), views.raw).size() ==
             1U);
  BOOST_TEST(find_if_secret(views, {}, "").has_value());
}

BOOST_AUTO_TEST_CASE(a_qr_code_that_holds_an_activation_code_is_known) {
  Seen seen(R"({"kind":"message","text":"scan","qr_codes":)"
            R"(["https://demo.example/a","LPA:１$smdp.example$AB-1234"]})");
  const Followable& found = seen.facts.followable();
  BOOST_TEST(!holds_code(found, {Beside::What::qr_code, 0}));
  BOOST_TEST(holds_code(found, {Beside::What::qr_code, 1}));
  BOOST_TEST(!holds_code(found, {Beside::What::file_link, 1}));
}

BOOST_AUTO_TEST_CASE(a_request_has_no_secrets_of_the_eye) {
  Seen seen(R"({"kind":"request","request_id":"demo"})");
  BOOST_TEST(secrets_in(seen.facts, "text").empty());
}
