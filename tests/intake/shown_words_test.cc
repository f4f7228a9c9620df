// SPDX-License-Identifier: Apache-2.0
#include "intake/shown_words.h"

#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "intake/intake.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(shown_words)

std::string text_of(const std::string& members) {
  IntakeOptions options;
  options.kind = KindChoice::message;
  const Item item = parse_json("{" + members + "}", options);
  BOOST_TEST_REQUIRE(!item.bad, members);
  const Slot& text = item.record.slot(*find_field(Kind::message, "text"));
  if (text.state != SlotState::given) return "(none)";
  return std::string(item.record.text(text));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_an_advert_stands_behind_the_text) {
  const std::string advert = "SIM swap any carrier no ID tg @demo_kai88";
  const std::string both = "hello\n\n" + advert;
  for (const char* field : {"display_name", "sender", "from"}) {
    BOOST_TEST(text_of(R"("text":"hello",")" + std::string(field) + R"(":")" +
                       advert + "\"") == both);
  }
  // Nothing was said: such a message is for review anyway.
  BOOST_TEST(text_of(R"("display_name":")" + advert + "\"") == "(none)");
  BOOST_TEST(text_of(R"("text":"hello","sender":")" + advert +
                     R"(","display_name":")" + advert + "\"") == both);
  BOOST_TEST(text_of(R"("text":")" + advert + R"(","sender":")" + advert +
                     "\"") == advert);
  BOOST_TEST(text_of(R"("text":"早","display_name":"补卡 微信demo_kaka88")") ==
             "早\n\n补卡 微信demo_kaka88");
}

BOOST_AUTO_TEST_CASE(a_name_stays_a_name) {
  for (const char* name :
       {"Anna Demo", "demo_anna", "@demo_anna", "anna@mail.example",
        "+1 202 555 01 43", "Demo Shop Customer Service", "Demo-Shop.example",
        "演示银行客服中心", "Anna Demo <anna@mail.example>", ""}) {
    for (const char* field : {"display_name", "sender", "from"}) {
      BOOST_TEST(text_of(R"("text":"hello",")" + std::string(field) + R"(":")" +
                         name + "\"") == "hello",
                 field << " " << name);
    }
  }
}

BOOST_AUTO_TEST_CASE(words_in_a_code_are_text) {
  const std::string words = "SIM swap any carrier no ID tg @demo_kai88";
  BOOST_TEST(text_of(R"("text":"scan","qr_codes":[")" + words + "\"]") ==
             "scan\n\n" + words);
  BOOST_TEST(text_of(R"("qr_codes":[")" + words + "\"]") == words);
  for (const char* content :
       {"https://demo.example/a/b", "demo.example/a",
        "LPA:1$demo.example$A-B_C",
        R"(BEGIN:VCARD\nFN:Anna Maria de la Demo\nEND:VCARD)",
        "WIFI:T:WPA;S:The net of the inn;P:demo;;",
        R"(SPC\n0200\n1\nAnna Demo, Street of the Inn 1)", "4006381333931"}) {
    BOOST_TEST(text_of(R"("text":"scan","qr_codes":[")" + std::string(content) +
                       "\"]") == "scan",
               content);
  }
}

// Comparing anew at each place of the text would not come to an end here.
BOOST_AUTO_TEST_CASE(words_that_nearly_stand_in_a_text_cost_no_more) {
  const auto blanks_and = [](size_t count, std::string_view unit) {
    std::string out;
    while (out.size() < count) out += unit;
    return out;
  };
  const std::string text = blanks_and(size_t{7} << 20, "a ");
  std::string codes;
  for (int i = 0; i < 16; ++i) {
    codes += std::string(i == 0 ? "" : ",") + '"' + blanks_and(63'000, "a ") +
             "zI" + std::to_string(i) + '"';
  }
  // More than a code holds is not taken for its words.
  const std::string shown =
      text_of(R"("text":")" + text + R"(","qr_codes":[)" + codes + "]");
  BOOST_TEST(shown.starts_with(text));
  BOOST_TEST(shown.find("zI") == shown.npos);
  const std::string long_word =
      text_of(R"("text":"hello","qr_codes":[")" +
              blanks_and(9'000, "补卡 tg @d ") + "\"]");
  BOOST_TEST(long_word.size() > 8'000U);
  BOOST_TEST(long_word.size() <= 8'192U + 7);
  // Behind what is read of a text nothing is looked for.
  const std::string words = "SIM swap any carrier no ID tg @demo_kai88";
  const std::string late = text + words;
  BOOST_TEST(text_of(R"("text":")" + late + R"(","qr_codes":[")" + words +
                     "\"]") == late + "\n\n" + words);
}

BOOST_AUTO_TEST_CASE(a_text_that_cannot_be_read_stays_so) {
  BOOST_TEST(text_of(R"("text":7,"sender":"no ID no papers any carrier")") ==
             "(none)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
