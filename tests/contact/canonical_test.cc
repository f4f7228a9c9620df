// SPDX-License-Identifier: Apache-2.0
// One account has one value, however it is written; and what only looks like
// an account is none.
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"

namespace simwarden {
namespace {

Registry registry() {
  Registry r;
  r.official_domains = {"example.com"};
  r.official_hotlines = {"10000", "121"};
  r.official_handles = {"qq:123456", "wechat:demo_service"};
  return r;
}

std::string contacts(std::string_view text, std::string_view region) {
  const Followable f = find_followable(see(text), registry(), region);
  std::string line;
  for (const Contact& c : f.contacts) {
    line += (line.empty() ? "" : " ") + c.kind + "=" + c.value +
            (c.official ? "!" : "");
  }
  return line;
}

struct Account {
  const char* value;
  const char* region;
  std::vector<const char*> written;
};

const Account kAccounts[] = {
    {"telegram=@demo_kaka88",
     "",
     {"https://t.me/demo_kaka88", "t.me/s/Demo_Kaka88", "demo_kaka88.t.me",
      "tg://resolve?domain=demo_kaka88", "TG: @Demo_Kaka88",
      "飞✈️机 @demo_kaka88", "t 点 me/demo_kaka88",
      "ｔ．ｍｅ／demo_kaka88"}},
    {"whatsapp=+15555550101",
     "",
     {"https://wa.me/15555550101", "api.whatsapp.com/send?phone=15555550101",
      "whatsapp://send?phone=+15555550101", "WhatsApp +1 (555) 555-0101",
      "WhatsApp: ＋１ ５５５ ５５５ ０１０１"}},
    {"whatsapp=+447700900123",
     "GB",
     {"wa.me/447700900123", "WhatsApp 07700 900123", "wsp +44 7700 900 123",
      "whatsapp 447700900123", "07700900123 (WhatsApp)"}},
    {"wechat=demo_x88",
     "",
     {"微信: demo_x88", "加薇♥信 demo_x88", "vx:Demo_X88", "+V demo_x88",
      "V X: d e m o _ x 8 8"}},
    {"qq=123456789",
     "",
     {"QQ:123456789", "扣扣①②③④⑤⑥⑦⑧⑨", "🐧123456789",
      "https://wpa.qq.com/msgrd?v=3&uin=123456789", "Q Q 1 2 3 4 5 6 7 8 9",
      "企鹅壹贰叁肆伍陆柒捌玖"}},
    {"wechat=13800138000",
     "CN",
     {"微信 13800138000", "13800138000 微信同号", "13800138000,微信也是",
      "壹叁捌零零壹叁捌零零零（微信同手机）"}},
    {"qq=group/123456", "", {"qq群123456", "Q群:123456", "QQ裙 123456"}},
    {"phone=+8613800138000",
     "CN",
     {"电话 138 0013 8000", "手机 +86-138-0013-8000", "tel:+8613800138000",
      "联系一三八零零一三八零零零", "联系壹叁捌零零壹叁捌零零零",
      "电话①③⑧⓪⓪①③⑧⓪⓪⓪", "电话 1 3 8 0 0 1 3 8 0 0 0", "拨打008613800138000"}},
    {"email=demo.user@demo.test",
     "",
     {"Demo.User@DEMO.test", "mailto:demo.user@demo.test",
      "demo.user＠demo.test", "demo.user@demo[.]test"}},
};

BOOST_AUTO_TEST_CASE(one_account_has_one_value_however_it_is_written) {
  for (const Account& account : kAccounts) {
    for (const char* written : account.written) {
      BOOST_TEST(contacts(written, account.region) == account.value, written);
    }
  }
}

BOOST_AUTO_TEST_CASE(line_in_capitals_is_the_messenger) {
  BOOST_TEST(contacts("直接密小編 LINE demo_kaxing ,快", "") ==
             "line=demo_kaxing");
  BOOST_TEST(contacts("an error on line demo_kaxing", "") == "");
  BOOST_TEST(contacts("ERROR AT LINE DEMO_KAXING", "") == "");
  BOOST_TEST(contacts("LINE number 5", "") == "");
}

// Where the service goes without saying, it is not guessed.
BOOST_AUTO_TEST_CASE(a_name_that_one_is_to_write_to_is_a_contact) {
  for (const char* text :
       {"DM @demo_kaka88 for prices", "Пишите ➡️ @demo_kaka88",
        "有需要私聊 @demo_kaka88", "hubungi @demo_kaka88",
        "new eSIM 👉 @demo_kaka88", "➡️@demo_kaka88", "→ @demo_kaka88",
        "📩 @demo_kaka88"}) {
    BOOST_TEST(contacts(text, "") == "handle=@demo_kaka88", text);
  }
  BOOST_TEST(contacts("as @demo_kaka88 said", "") == "");
  BOOST_TEST(contacts("👉 as @demo_kaka88 said", "") == "");
  BOOST_TEST(contacts("📸 @demo_kaka88", "") == "");
  BOOST_TEST(contacts("write soon\n@demo_kaka88 was here", "") == "");
}

BOOST_AUTO_TEST_CASE(a_number_without_its_area_code_stays_as_it_is) {
  BOOST_TEST(contacts("call 555-0123", "US") == "phone=5550123");
}

BOOST_AUTO_TEST_CASE(a_round_hot_line_needs_a_word) {
  BOOST_TEST(contacts("咨询请拨10000。", "CN") == "phone=10000!");
  BOOST_TEST(contacts("dial 10000", "CN") == "phone=10000!");
}

// An official account stays its owner's own; a group of the same number is
// another place.
BOOST_AUTO_TEST_CASE(an_official_number_makes_no_group_official) {
  BOOST_TEST(contacts("QQ: 123456", "CN") == "qq=123456!");
  BOOST_TEST(contacts("QQ群: 123456", "CN") == "qq=group/123456");
}

struct Honest {
  const char* text;
  const char* region;
};

const Honest kHonest[] = {
    {"Flight CA1234 departs at 08:30, gate B12", "US"},
    {"IBAN DE89 3704 0044 0532 0130 00", "DE"},
    {"IBAN GB29NWBK60161331926819", "GB"},
    {"We meet at 51.5074, -0.1278 (51.507400, -0.127800)", "GB"},
    {"#demo_tag #123456 #SIM2024", "US"},
    {"Version 2.10.14, build 20241105, kernel 5.10.0-33", "US"},
    {"Windows 10.0.19045.3693 is out", "US"},
    {"Tracking 1Z999AA10123456784", "US"},
    {"ISBN 978-3-16-148410-0", "DE"},
    {"$DEMO up 5%, @demo_friend said so", "US"},
    {"RT @demo_friend: nice photo", "US"},
    {"ping me @ 5pm", "US"},
    {"The router is 192.168.0.1 and 10.0.0.1", "US"},
    {"2.124.821.694 views and counting", "US"},
    {"1,234,567 people", "US"},
    {"Recharge of INR 100.00 done; balance Rs.1000.00", "IN"},
    {"تا10.000تومان", "IR"},
    {"MAC 00:1A:2B:3C:4D:5E", "US"},
    {"id 2f9c4b7e-1d3a-4c5b-8e6f-0a9b8c7d6e5f", "US"},
    {"timestamp 1730780000", "GB"},
    {"see file_1730780000.txt", "GB"},
    {"2024-11-05T12:30:45+08:00", "CN"},
    {"Order 4155550123 was shipped", "US"},
    {"AWB 618 12345675, pieces 3", "US"},
    {"Please pay 50000 to 12345", "US"},
    {"I text from 2019 to 2024", "US"},
    {"Your passcode is 739216, valid to 12:30", "US"},
    {"@demo.test #123456", "US"},
    {"<td cellspacing=\"0\" width=\"121\">", "US"},
    {"port numbers, type 121", "US"},
    {"draw number EU-0906767", "US"},
    {"Get Rs 121 off on mobile phones", "IN"},
    {"static final int N = 10000;", "US"},
    {"Order Number: 5092 656 pages", "US"},
    {"@demo_friend@demo.test is on the fediverse", "US"},
    {"Do not share it with anyone.@demo.test", "US"},
    {"流水号 20241105123456789", "CN"},
    {"他在公司很有威信,大家都信他", "CN"},
    {"我用微信付款,QQ不用了", "CN"},
    {"三三两两的人,一五一十地说,七七八八", "CN"},
    {"第一二三四五节课", "CN"},
    {"Zoom ID 829 1234 5678", "US"},
    {"Lot 123-456-78, size 10-12", "US"},
    {"The score was 21-19, 18-21, 21-17", "US"},
    {"Skype is down. Signal is weak. Line 4 is late.", "US"},
    {"one two three four", "US"},
};

BOOST_AUTO_TEST_CASE(what_only_looks_like_an_account_is_none) {
  for (const Honest& honest : kHonest) {
    BOOST_TEST(contacts(honest.text, honest.region) == "", honest.text);
  }
}

struct CodeCase {
  const char* text;
  const char* kinds;
};

const CodeCase kCodes[] = {
    {"LPA: 1$smdp.example.com$ABCD-1234", "activation_code"},
    {"dial *72 202 555 0123", "call_forward"},
    {"please dial *72 and then the number", "call_forward"},
    {"5*72=360", ""},
    {"**61*+15555550101*11*20#", "call_forward"},
    {"##002#", ""},
    {"sim:8991000012345678901 to 121", "sim_swap_sms"},
    {"IMEI 490154203237518", "imei"},
    {"IMEI: 49-015420-323751-8", "imei"},
    {"number 490154203237518", ""},
    {"IMEI 490154203237519", ""},
    {"身份证 110105 19491231 002X", "id_number"},
    {"EID 8904 9032 1234 5123 4512 3456 7890 1235", "eid"},
    {"@demo.test #123456", "otp"},
    {"Text JOIN to 80082 to verify", ""},
    {"Send the code 482913 to +86 138 0013 8000", "otp"},
    {"address 12345, PIN code on request", ""},
    {"call 07700 900123\n\nNever share the code.", ""},
    {"WhatsApp 600 000 023. Guarda tu código.", ""},
    {"WhatsApp (11) 90000-0123. Nunca compartilhe o código.", ""},
    {"WA 0812 0000 0177. Kode OTP rahasia.", ""},
    {"verification done, call 6123 4567 now", ""},
    {"Your code is 123 456. Never share it", "otp"},
    {"Your code is 1234. 5 minutes. 07700 900123", "otp"},
    {"123 456\n07700 900123\nis your code", "otp"},
    {"OTP 482913 05.11.2024", "otp"},
    {"Use 482913 here. Never share this code.", "otp"},
    {"WhatsApp code: 123-456", "otp"},
};

BOOST_AUTO_TEST_CASE(codes_are_told_from_other_numbers) {
  for (const CodeCase& c : kCodes) {
    const Followable f = find_followable(see(c.text), registry(), "IN");
    std::string kinds;
    for (const Code& code : f.codes) kinds += code.kind;
    BOOST_TEST(kinds == c.kinds, c.text << " -> " << kinds);
  }
}

}  // namespace
}  // namespace simwarden
