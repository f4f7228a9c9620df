// SPDX-License-Identifier: Apache-2.0
#include "privacy/masks.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "diag/characters.h"

using namespace simwarden;

namespace {

struct Row {
  std::string text;
  std::string masked;
};

void check_texts(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    BOOST_TEST(mask_text(row.text) == row.masked);
    BOOST_TEST(
        count_characters(mask_text(row.text)) == count_characters(row.text),
        row.text);
  }
}

std::string repeat(std::string_view piece, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_are_masked_by_their_kind) {
  struct Case {
    Mask mask;
    const char* value;
    const char* masked;
  };
  const Case rows[] = {
      {Mask::none, "retail", "retail"},
      {Mask::phone, "+8613800138000", "+86 *********00"},
      {Mask::phone, "+15555550101", "+1 ********01"},
      {Mask::phone, "+447700900123", "+44 ********23"},
      {Mask::phone, "+2348000000012", "+234 ********12"},
      {Mask::phone, "+1 (555) 555-0101", "+1 ********01"},
      {Mask::phone, "13800138000", "*********00"},
      {Mask::phone, "１３８００１３８０００", "*********００"},
      {Mask::phone, "10086", "10086"},
      {Mask::phone, "+6901234", "********"},
      {Mask::phone, "+69012345", "+690 ***45"},
      {Mask::phone, "123456", "****56"},
      {Mask::phone, "+1", "**"},
      {Mask::phone, "+12", "***"},
      {Mask::phone, "Ada 5550101", "*********01"},
      {Mask::phone, "x", "*"},
      {Mask::document, "11010119900307123X", "****************3X"},
      {Mask::document, "AB1", "***"},
      {Mask::document, "AB12", "****"},
      {Mask::document, "AB123", "***23"},
      {Mask::document, "護照一二三四", "****三四"},
      {Mask::name, "Ada King Lovelace", "A. K. L."},
      {Mask::name, "王小明", "王."},
      {Mask::name, "  Ada  ", "A."},
      {Mask::name, "Жан-Поль", "Ж. П."},
      {Mask::address, "1 Demo Street", "[address]"},
      {Mask::sim, "8986000000000000012", "898600***********12"},
      {Mask::sim, "350000000000006", "350000*******06"},
      {Mask::sim, "12345678", "******78"},
      {Mask::sim, "1234567890", "********90"},
      {Mask::sim, "89860012345", "*********45"},
      {Mask::sim, "12345678901234", "************34"},
      {Mask::sim, "123", "***"},
      {Mask::ip, "192.0.2.17", "192.0.2.0/24"},
      {Mask::ip, "2001:db8:1:2::1", "2001:db8:1::/48"},
      {Mask::ip, "2002:c000:24d::1", "2002:c000:200::/40"},
      {Mask::ip, "::ffff:192.0.2.17", "192.0.2.0/24"},
      {Mask::ip, "not an address", "[ip]"},
      {Mask::email, "demo@example.com", "d***@example.com"},
      {Mask::email, "验证@example.com", "**@example.com"},
      {Mask::email, "abc@example.com", "a**@example.com"},
      {Mask::email, "a@b@example.com", "a**@example.com"},
      {Mask::email, "@example.com", "[email]"},
      {Mask::email, "demo", "[email]"},
      {Mask::code, "123456", "[code]"},
      {Mask::free_text, "call 13800138000", "call *********00"},
      {Mask::code, "", ""},
      {Mask::address, "", ""},
      {Mask::phone, "", ""},
      {Mask::name, "", ""},
  };
  for (const Case& row : rows) {
    BOOST_TEST(mask_value(row.value, row.mask) == row.masked, row.value);
  }
}

BOOST_AUTO_TEST_CASE(a_named_digest_of_a_file_is_no_number) {
  const std::string digest =
      "7eb8fac13800138000ab80c92fb7180013800138000c0ffee461380013ba79b";
  BOOST_TEST_REQUIRE((digest + "7").size() == 64u);
  for (const std::string name : {"sha256=", "SHA-256: ", "photo sha256:"}) {
    const std::string text = name + digest + "7";
    BOOST_TEST(mask_text(text) == text);
    // Nothing of what stands beside it is spared.
    BOOST_TEST(mask_text(text + ", 13800138000") == text + ", *********00");
  }
  // Without its name, too short and too long it can be anything.
  for (const std::string& text :
       {digest + "7", "sha256=" + digest, "sha256=" + digest + "71"}) {
    BOOST_TEST(mask_text(text).find("13800138000") == std::string::npos, text);
  }
}

BOOST_AUTO_TEST_CASE(long_numbers_keep_their_last_two_digits) {
  check_texts({
      {"call 13800138000 now", "call *********00 now"},
      {"+86 138 0013 8000", "+** *** **** **00"},
      {"(555) 555-0101", "(***) ***-**01"},
      {"555.555.0101", "***.***.**01"},
      {"１３８００１３８０００", "*********００"},
      {"打１３８－００１３－８０００吧", "打***－****－**００吧"},
      {"٠١٢٣٤٥٦٧٨", "*******٧٨"},
      {"०१२३४५६७८", "*******७८"},
      {"๐๑๒๓๔๕๖๗", "******๖๗"},
      {"𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "*********𝟎𝟎"},
      {"①③⑧⓪⓪①③⑧", "******③⑧"},
      {"一三八零零一三八零零零", "*********零零"},
      {"幺三八〇〇幺三八", "******三八"},
      {"1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣",
       "*️⃣*️⃣*️⃣*️⃣*️⃣1️⃣3️⃣"},
      {"1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3",
       "*\u200b*\u200b*\u200b*\u200b*\u200b1\u200b3"},
      {"QQ 123456789", "QQ *******89"},
      {"ID 110101199003071234.", "ID ****************34."},
      {"身份证11010119900307123X，", "身份证****************3X，"},
      {"passport E12345678", "passport E******78"},
      {"ICCID 8986 0000 0000 0000 012", "ICCID **** **** **** **** *12"},
      {"IMEI: 35-000000-000000-6", "IMEI: **-******-*****0-6"},
      {"4000 0000 0000 0002", "**** **** **** **02"},
      {"1234567", "*****67"},
      {"$13800138000 or 13800138000元", "$*********00 or *********00元"},
      {"$5.5555550101, 1.5555550101 usd", "$*.********01, *.********01 usd"},
      {"call 5555550101.Thanks", "call ********01.Thanks"},
      {"tel://13800138000", "tel://*********00"},
      {"+1 555 555 0101 or +1 555 555 0102",
       "+* *** *** **01 or +* *** *** **02"},
  });
}

BOOST_AUTO_TEST_CASE(numbers_are_seen_between_whatever_people_write) {
  check_texts({
      {"138    0013    8000", "***    ****    **00"},
      {"138..0013..8000", "***..****..**00"},
      {"138_0013_8000", "***_****_**00"},
      {"138~0013~8000", "***~****~**00"},
      {"138*0013*8000", "***********00"},
      {"138/0013/8000, 138|0013|8000", "***/****/**00, ***|****|**00"},
      {"138−0013−8000", "***−****−**00"},
      {"138\u200b\u200b\u200b\u200b\u200b0013\u200b8000",
       "***\u200b\u200b\u200b\u200b\u200b****\u200b**00"},
      {"138\u034f0013\u034f8000", "***\u034f****\u034f**00"},
      {"138\u2062\u20620013\u20628000", "***\u2062\u2062****\u2062**00"},
      {"¹³⁸00¹³⁸000", "*********00"},
      {"₁₃₈₀₀₁₃₈₀₀₀", "*********₀₀"},
      {"➊➌➑00➊➌➑000", "*********00"},
      {"➀➂➇00➀➂➇000", "*********00"},
      {"⒈⒊⒏00⒈⒊⒏000", "*********00"},
      {"⑴⑶⑻⑴⑶⑻⑴⑶⑻", "*******⑶⑻"},
      {"⓵⓷⓼⓵⓷⓼⓵⓷⓼", "*******⓷⓼"},
      {"壹叁捌零零壹叁捌零零零", "*********零零"},
      {"**21*13800138000#", "**21**********00#"},
      {"500 1 2", "500 1 2"},
  });
}

BOOST_AUTO_TEST_CASE(a_telephone_number_is_no_amount) {
  check_texts({
      {"call 138.0013.8000 dollars", "call ***.****.**00 dollars"},
      {"138.0013.8000元", "***.****.**00元"},
      {"138-0013-8000元", "***-****-**00元"},
      {"pay ¥138.0013.8000 now", "pay ¥***.****.**00 now"},
      {"pay $138,001,380,00 now", "pay $***,***,***,00 now"},
      {"call 13800138.00 RMB", "call ********.00 RMB"},
  });
}

BOOST_AUTO_TEST_CASE(short_numbers_dates_amounts_and_handles_stay) {
  check_texts({
      {"", ""},
      {"call 10086 or 96110", "call 10086 or 96110"},
      {"拨打10086或96110", "拨打10086或96110"},
      {"in 123456 steps", "in 123456 steps"},
      {"US-00003", "US-00003"},
      {"12-34-56", "12-34-56"},
      {"12-34-567", "**-**-*67"},
      {"pay 500. 10086 knows", "pay 500. 10086 knows"},
      {"on 2026-03-02 10:00:00 at 2026/3/2",
       "on 2026-03-02 10:00:00 at 2026/3/2"},
      {"2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"},
      {"2026-03-02 2026-03-03", "2026-03-02 2026-03-03"},
      {"2010-10-12345", "****-**-***45"},
      {"2026年3月2日", "2026年3月2日"},
      {"$1234567.90 and ￥1234567", "$1234567.90 and ￥1234567"},
      {"$1,234,567.90, 1.234.567,90 eur, 123456789元",
       "$1,234,567.90, 1.234.567,90 eur, 123456789元"},
      {"₹12,34,567 500. 1000元", "₹12,34,567 500. 1000元"},
      {"12345678元, 1,234,567 euros", "12345678元, 1,234,567 euros"},
      {"1000~2000元，24/7 10086", "1000~2000元，24/7 10086"},
      {"02/03/2026", "02/03/2026"},
      {"@demo_12345678 and @demo_x", "@demo_12345678 and @demo_x"},
      {"@13800138000", "@*********00"},
      {"step 2 of the code", "step 2 of the code"},
      {"手机卡补办", "手机卡补办"},
  });
}

BOOST_AUTO_TEST_CASE(
    a_number_does_not_stay_for_a_letter_that_is_none_of_ascii) {
  for (const std::string_view letter : {"ſ", "\u212a"}) {
    const std::string_view number = "555555501015555";
    for (const std::string& text :
         {fmt::format("@{}{}", number, letter),
          fmt::format("{}{}.{}{}", number, letter, letter, letter)}) {
      BOOST_TEST(mask_text(text).find(number.substr(0, 7)) ==
                 std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(codes_beside_code_words_are_hidden_entirely) {
  check_texts({
      {"Your OTP is 123456", "Your OTP is ******"},
      {"OTP 1234, never share it", "OTP ****, never share it"},
      {"123456 is your demo verification code",
       "****** is your demo verification code"},
      {"code: 123-456", "code: ***-***"},
      {"code 1 2 3 4 5 6", "code * * * * * *"},
      {"您的验证码是123456，请勿泄露", "您的验证码是******，请勿泄露"},
      {"验证码：１２３４５６", "验证码：******"},
      {"【示例】123456（校验码）", "【示例】******（校验码）"},
      {"密码是12345678901234567890", "密码是********************"},
      {"PIN 0000", "PIN ****"},
      {"your PUK: 12345678", "your PUK: ********"},
      {"код 4321", "код ****"},
      {"código: 654321", "código: ******"},
      {"रहस्य ओटीपी १२३४५६", "रहस्य ओटीपी ******"},
      {"رمز ١٢٣٤٥٦", "رمز ******"},
      {"인증번호 123456", "인증번호 ******"},
      {"暗証番号は1234です", "暗証番号は****です"},
      {"Code for you, see: 123456", "Code for you, see: ******"},
      {"activation code AB12-CD34-EF", "activation code ************"},
      {"code: G-123456", "code: ********"},
      {"use code LETTERS now", "use code LETTERS now"},
      {"code AB12--CD34", "code ****--****"},
      {"code: -A1B2-C3-, D4", "code: -*******-, D4"},
      {"code A1B, A1B2-", "code A1B, A1B2-"},
      {"code A1B2-", "code ****-"},
      {"OTPs 482913", "OTPs ******"},
      {"otp482913", "*********"},
      {"PIN1234", "*******"},
      {"your_otp 482913", "your_otp ******"},
      {"认证码 482913", "认证码 ******"},
      {"安全码 482913", "安全码 ******"},
      {"您的驗証碼 482913", "您的驗証碼 ******"},
      {"Bestätigungscode 482913", "Bestätigungscode ******"},
      {"doğrulama kodu 482913", "doğrulama kodu ******"},
      {"Your ＯＴＰ is 482913", "Your ＯＴＰ is ******"},
      {"OTP ⁴⁸²⁹¹³", "OTP ******"},
      {"您的动态码➃➇➁➈➀➂", "您的动态码******"},
      // Another clause: the hotline stays.
      {"Never tell your code. Call 10086", "Never tell your code. Call 10086"},
      {"验证码请勿告诉他人，如有疑问请拨打10086",
       "验证码请勿告诉他人，如有疑问请拨打10086"},
      // Parts of other words are no code words.
      {"a spinning wheel 1234", "a spinning wheel 1234"},
  });
}

BOOST_AUTO_TEST_CASE(addresses_links_and_esim_codes) {
  check_texts({
      {"write to demo.user@example.com", "write to d********@example.com"},
      {"a@example.com", "*@example.com"},
      {"用户＠example.com", "**＠example.com"},
      {"john.doe＠mail．example", "j*******＠mail．example"},
      {"john.doe@mail。example", "j*******@mail。example"},
      {"联系@demo。谢谢", "联系@demo。谢谢"},
      {"https://example.com/help", "https://example.com/help"},
      {"https://h1234567890.example.com/x",
       "https://h1234567890.example.com/x"},
      {"http://192.0.2.17/a", "http://192.0.2.17/a"},
      {"https://wa.me/8613800138000", "https://wa.me/***********00"},
      {"https://example.com/?phone=13800138000&a=1",
       "https://example.com/?phone=*********00&a=1"},
      {"https://example.com/?code=123456", "https://example.com/?code=******"},
      {"t.me/demo_123456", "t.me/demo_123456"},
      {"LPA:1$smdp.example.com$AB-12", "****************************"},
      {"scan 1$smdp.example.com$AB-12 now",
       "scan ************************ now"},
      {"lpa:1＄smdp.example.com＄AB", "*************************"},
      {"ＬＰＡ：１＄smdp.example＄AB-12", "************************"},
      {"LPA:１$smdp.example$AB-12", "************************"},
      {"１$smdp.example$AB", "*****************"},
      {"LPA:1&#36;smdp.example&#36;AB", "*****************************"},
      {"LPA:1&#x24;smdp.example&#0036;A", "*******************************"},
      {"LPA:1$smdp.\u200bexample$A\u200bB", "***********************"},
      {"L\u200bPA:1\u200b$smdp.example$AB", "***********************"},
      {"https://setup.example/?carddata=LPA%3A1%24smdp.example%24AB-12",
       "https://setup.example/?carddata=******************************"},
      {"http://13800138000:x@evil.example/",
       "http://*********00:*@evil.example/"},
      {"https://wa.example/send?phone=%2B1%20415%20555%200101",
       "https://wa.example/send?phone=%2B*%20***%20***%20**01"},
      {"https://demo.test/a?p=%31%33%38%30%30%31%33%38%30%30%30",
       "https://demo.test/a?p=***************************%30%30"},
      {"https://demo.test/%2531%2533%2538%2530%2530%2531%2533%2538",
       "https://demo.test/******************************%2533%2538"},
      {"https://demo.test/#&#49;&#51;&#x38;&#x0030;0138000",
       "https://demo.test/#*****************************00"},
      {"https://demo.test/?p=\\u0031\\u0033800138000",
       "https://demo.test/?p=*******************00"},
      {"p=31=33=38=30=30=31=33=38", "p******************=33=38"},
      {"your code: %34%38%32%39", "your code: ************"},
      {"$&#49;3800138000", "$*************00"},
      {"http://demo.test/〡〣〨〇〇〡〣〨〇〇〇",
       "http://demo.test/*********〇〇"},
      // One escape alone is a sign and a number.
      {"p=3812345 and q=31", "p=*****45 and q=31"},
      {"100%25 of 31", "100%25 of 31"},
  });
}

BOOST_AUTO_TEST_CASE(a_code_drawn_with_signs_cannot_be_scanned_any_more) {
  const std::string drawing =
      "█▀▀▀▀▀█ ▄█\n█ ███ █ ▀▄\n█ ▀▀▀ █  ▀\n▀▀▀▀▀▀▀ █▄\n";
  const std::string stars = "**********\n";
  BOOST_TEST(mask_text("Scan\n" + drawing + "now") ==
             "Scan\n" + stars + stars + stars + stars + "now");
  BOOST_TEST(replace_codes("Scan\n" + drawing + "now") == "Scan\n[code]now");
  const std::string ascii = "##  ##  ##\n##      ##\n##  ##  ##\n########  ";
  BOOST_TEST(mask_text(ascii) == stars + stars + stars + "**********");
  BOOST_TEST(mask_text("##########\n# a table\n##########\n#\n#\n") ==
             "##########\n# a table\n##########\n#\n#\n");
}

BOOST_AUTO_TEST_CASE(
    a_name_that_is_too_long_for_a_host_or_a_handle_spares_nothing) {
  const std::string digits = repeat("13800138000", 300);
  const std::string stars(digits.size() - 2, '*');
  const std::string host = std::string("x").append(digits) + ".example";
  BOOST_TEST(mask_text(host) == host);
  const std::string name = "x" + digits + digits;
  const std::string hidden = "x" + stars + "**" + stars + "00";
  BOOST_TEST(mask_text(name + ".example") == hidden + ".example");
  BOOST_TEST(mask_text("@" + name) == "@" + hidden);
}

BOOST_AUTO_TEST_CASE(broken_utf8_stays_and_counts_as_it_stands) {
  check_texts({
      {"\xff", "\xff"},
      {"\x80\x80 13800138000", "\x80\x80 *********00"},
      {"138\xff"
       "0013\xff"
       "8000",
       "138\xff"
       "0013\xff"
       "8000"},
      {"13800138000\xe6", "*********00\xe6"},
  });
}
