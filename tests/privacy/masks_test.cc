// SPDX-License-Identifier: Apache-2.0
#include "privacy/masks.h"

#include <ctime>
#include <random>

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

// Of the character at `at`, or the end.
size_t first_byte(std::string_view text, size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && is_continuation(text[at])) --at;
  return at;
}

std::string_view from_code_point(std::string_view text, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && is_continuation(text[at])) ++at;
  }
  return text.substr(at);
}

// Whether `now` has a star wherever `was`, which may go on, has one.
bool hides_all_of(std::string_view now, std::string_view was) {
  while (!now.empty()) {
    if (was.empty() || (was[0] == '*' && now[0] != '*')) return false;
    now = from_code_point(now, 1);
    was = from_code_point(was, 1);
  }
  return true;
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

BOOST_AUTO_TEST_CASE(an_excerpt_is_masked_as_it_stands_in_its_text) {
  struct Case {
    const char* text;
    size_t begin;
    size_t end;
    size_t max;
    const char* excerpt;
  };
  const Case rows[] = {
      {"Your OTP is 123456", 12, 18, 160, "******"},
      {"call 13800138000", 5, 12, 160, "*******"},
      {"call 13800138000", 10, 16, 160, "****00"},
      {"0123", 0, 99, 160, "0123"},
      {"0123", 9, 3, 160, ""},
      {"abcdef", 1, 5, 2, "bc…"},
      {"abcdef", 1, 5, 4, "bcde"},
      {"abcdef", 0, 6, 0, "…"},
      {"补卡验证码", 4, 7, 160, "卡验"},  // widened to whole characters
      {"补卡验证码", 0, 15, 3, "补卡验…"},
  };
  for (const Case& row : rows) {
    BOOST_TEST(
        mask_excerpt(row.text, row.begin, row.end, row.max) == row.excerpt,
        row.text);
  }
  const std::string far = repeat("补卡 ", 4000) + "OTP 123456";
  BOOST_TEST(mask_excerpt(far, far.size() - 6, far.size()) == "******");
  BOOST_TEST(count_characters(mask_excerpt(far, 0, far.size(), 160)) == 161u);
}

// The passes that a text is spared would have found nothing: with every sign
// far behind, none is left out.
BOOST_AUTO_TEST_CASE(no_pass_is_left_out_that_would_have_found_something) {
  const std::string_view pieces[] = {
      "a",      "z.a",  ".",    "1",    "23",   "456789", " ",     "-",
      "/",      "2026", "19",   "usd ", " EUR", "yuan",   "code",  "otp",
      "lpa:",   "1$",   "@",    "@b",   "://",  "http",   ",",     "\n",
      "x@y.z",  "码",   "密码", "＠",   "：",   "＄",     "￥",    "€",
      "元",     "円",   "一",   "二三", "①",    "５",     "٠١٢",   "\u017f",
      "\u212a", "LPA",  "幺",   "é",    "\xe4", "%24",    "&#36;", "ａ",
      "％",     "﹩",   "﹫",   "¹",    "1"};
  const std::string signs =
      ". " + std::string(60, '!') + " @x.y ＠ ：/ ＄ ￥1 1元 a: ：// 5550101";
  std::mt19937 draw(5);
  std::uniform_int_distribution<size_t> which(0, std::size(pieces) - 1);
  for (int i = 0; i < 40000; ++i) {
    std::string text;
    for (size_t k = which(draw) % 9 + 1; k > 0; --k) {
      text += pieces[which(draw)];
    }
    const std::string masked = mask_text(text + ". ");
    BOOST_TEST_REQUIRE(
        mask_text(text + signs).substr(0, masked.size()) == masked, text);
  }
}

BOOST_AUTO_TEST_CASE(a_drawing_is_looked_for_wherever_there_may_be_one) {
  const std::string_view pieces[] = {"█▀▄ ", "\n", "\n", "\r\n", "##  ##", "⬛⬜",
                                     "　",   "字", "a",  "⣿",    "0101"};
  const std::string drawn = "\n\n" + repeat("########\n", 4);
  std::mt19937 draw(8);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t k = draw() % 40; k > 0; --k) {
      text += pieces[draw() % std::size(pieces)];
    }
    const std::string masked = mask_text(text);
    BOOST_TEST_REQUIRE(
        mask_text(text + "\na" + drawn).substr(0, masked.size()) == masked,
        text);
  }
}

// What was hidden when each excerpt was seen with 512 bytes on both sides alone
// is hidden now that it is seen with more. (But for digits beside an address
// with a name of more than 512 bytes, which hides those in it.)
BOOST_AUTO_TEST_CASE(more_of_a_text_hides_no_less_of_an_excerpt) {
  constexpr size_t kBefore = 512;
  const std::string_view pieces[] = {
      "call ",  "13800138000", "5550101 ", "1",      "2",          "-",
      " ",      "code ",       "密码",     "a.b",    "x1",         "@h",
      " a@b.c", "https://",    "$12 ",     "元",     "一二三",     "2026-",
      "1-1 ",   ",",           "。",       "LPA:1$", "AB12-CD34 ", "５５５",
      "字",     "word ",       "\xff"};
  std::mt19937 draw(9);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    // Often the same in a row: runs that do not end.
    while (text.size() < 6000) {
      const std::string_view piece = pieces[draw() % std::size(pieces)];
      const size_t times = draw() % 8 == 0 ? draw() % 300 : 1;
      for (size_t k = 0; k < times; ++k) text += piece;
    }
    const size_t begin = first_byte(text, draw() % text.size());
    const size_t end = first_byte(text, begin + draw() % 150);
    const size_t from = first_byte(text, begin - std::min(begin, kBefore));
    const size_t to = first_byte(text, end + kBefore);
    const std::string was = mask_text(text.substr(from, to - from));
    const std::string now = mask_excerpt(text, begin, end);
    const std::string_view part =
        from_code_point(was, count_characters(text.substr(from, begin - from)));
    BOOST_TEST_REQUIRE(hides_all_of(now, part),
                       text.substr(begin, end - begin));
  }
}

BOOST_AUTO_TEST_CASE(an_excerpt_is_part_of_its_text_as_masked) {
  std::string text;
  for (int i = 0; text.size() < 3000; ++i) {
    text += i % 5 == 0 ? "call +86 138 0013 8000 — " : "the code is 482913. ";
  }
  const std::string masked = mask_text(text);
  std::mt19937 draw(10);
  for (int i = 0; i < 2000; ++i) {
    const size_t begin = first_byte(text, draw() % text.size());
    const size_t end = first_byte(text, begin + draw() % 150);
    const std::string part = mask_excerpt(text, begin, end);
    BOOST_TEST_REQUIRE(
        from_code_point(masked, count_characters(text.substr(0, begin)))
            .substr(0, part.size()) == part);
  }
}

BOOST_AUTO_TEST_CASE(parts_of_one_text_are_masked_as_each_alone) {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += i % 7 == 0 ? "call 13800138000 — " : "the code is 482913, see é. ";
  }
  Excerpts excerpts;
  std::mt19937 draw(6);
  for (int i = 0; i < 2000; ++i) {
    const size_t begin = draw() % text.size();
    const size_t end = begin + draw() % 200;
    BOOST_TEST_REQUIRE(excerpts.of(text, begin, end) ==
                       mask_excerpt(text, begin, end));
  }
  // Another text in the same place is none that was masked.
  text.assign(text.size(), '5');
  excerpts.forget();
  BOOST_TEST(excerpts.of(text, 0, 20) == mask_excerpt(text, 0, 20));
}

BOOST_AUTO_TEST_CASE(a_text_of_a_case_keeps_all_but_its_codes) {
  struct Row {
    const char* text;
    const char* kept;
  };
  const Row rows[] = {
      {"", ""},
      {"Call me on +86 138 0013 8000", "Call me on +86 138 0013 8000"},
      {"Your code is 482913, call 10086", "Your code is [code], call 10086"},
      {"code 48 29-13 and +86 138 0013 8000",
       "code [code] and +86 138 0013 8000"},
      {"code to 138 0013 8000", "code to [code]"},
      {"code to +4829131", "code to +[code]"},
      {"验证码：482913", "验证码：[code]"},
      {"PIN ４８２９１３", "PIN [code]"},
      {"password AB12-CD34 now", "password [code] now"},
      {"LPA:1$smdp.example$AB-12", "[code]"},
      {"mail demo@demo.example", "mail demo@demo.example"},
      {"\xff code 482913 \xff", "\xff code [code] \xff"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(replace_codes(row.text) == row.kept, row.text);
  }
}

BOOST_AUTO_TEST_CASE(what_a_better_reader_has_found_is_hidden_as_well) {
  using Is = Secret::Is;
  struct Row {
    std::string text;  // what stands between < and > is secret
    Is is;
    std::string masked;
  };
  const Row rows[] = {
      {"call <138oo138ooo> now", Is::number, "call *********oo now"},
      {"<WhatsApp +1-4one5-55five-0one01>", Is::number,
       "WhatsApp +*-*****-******-****01"},
      {"<one three eight zero>!", Is::number, "*** ***** ***** **ro!"},
      {"<10086>", Is::number, "***86"},
      {"<1008>", Is::number, "****"},
      {"<https://wa.example/%31%34155550101>?a=b", Is::number,
       "https://wa.example/%**%*********01?a=b"},
      {"<tel:+1%2D415%2D555%2D0101>", Is::number, "tel:+*%*****%*****%****01"},
      {"<john.doe[at]mail.example>", Is::address, "j***.***[**]****.*******"},
      {"<mailto:john.doe%40mail.example>", Is::address,
       "mailto:j***.***%40mail.example"},
      {"<jo@mail.example>", Is::address, "**@mail.example"},
      {"your cоde is <482-913>.", Is::code, "your cоde is ***-***."},
  };
  for (const Row& row : rows) {
    std::string text = row.text;
    const size_t begin = text.find('<');
    text.erase(begin, 1);
    const size_t end = text.find('>');
    text.erase(end, 1);
    const Secrets secrets = {{begin, end, row.is}};
    BOOST_TEST(mask_text(text, secrets) == row.masked);
    const std::string far = repeat("补卡 ", 5000);
    const std::string whole = far + text + far;
    Excerpts excerpts;
    const size_t at = far.size();
    excerpts.know(whole, {{at + begin, at + end, row.is}});
    BOOST_TEST(excerpts.of(whole, at, at + text.size()) == row.masked);
    BOOST_TEST(excerpts.touches_secret(whole, at, at + text.size(), row.is));
    BOOST_TEST(!excerpts.touches_secret(whole, 0, at, row.is));
    const bool code = row.is == Is::code;
    BOOST_TEST(replace_codes(text, secrets) ==
               (code ? "your cоde is [code]." : replace_codes(text)));
  }
}

BOOST_AUTO_TEST_CASE(random_texts_keep_their_length_and_lose_their_numbers) {
  const std::vector<std::string> words = {
      "OTP",   "验证码", " ",      ",",        "13800138000", "５５５０１０１",
      "call",  "-",      "@demo_", "补",       "\xff",        "123456",
      "10086", "。",     "is",     "https://", "example.com", "/?q=",
      "＠",    "1",      "0",      "元"};
  std::mt19937 random(5);
  for (size_t i = 0; i < 10000; ++i) {
    std::string text;
    for (size_t n = random() % 9; n > 0; --n) {
      text += words[random() % words.size()];
    }
    const std::string masked = mask_text(text);
    BOOST_TEST_REQUIRE(count_characters(masked) == count_characters(text),
                       text);
    // A number that stands by itself is never seen whole.
    const std::string alone = text + " call 13800138000";
    BOOST_TEST_REQUIRE(
        mask_text(alone).find("13800138000", text.size()) == std::string::npos,
        alone);
    BOOST_TEST_REQUIRE(mask_excerpt(text, 0, text.size(), 1000) == masked,
                       text);
  }
}

BOOST_AUTO_TEST_CASE(time_grows_with_the_text_and_not_faster) {
  for (const char* piece :
       {"1",      "a",   "a.",          "a@",      "code 1", "1-",
        "验证码", "@",   "2026-03-02 ", "1\u200b", "\u200b", "LPA:1$",
        "1&#36;", "%24", "1/",          "1元",     "lpa%3a", "1,",
        "\xff",   "a1-", "￥1",         "a@b.c "}) {
    const std::string text = repeat(piece, size_t{1} << 19);
    (void)mask_text(text);
    const std::clock_t begin = std::clock();
    (void)mask_text(std::string_view(text).substr(0, text.size() / 4));
    const std::clock_t middle = std::clock();
    (void)mask_text(text);
    const double small = double(middle - begin) / CLOCKS_PER_SEC;
    const double large = double(std::clock() - middle) / CLOCKS_PER_SEC;
    BOOST_TEST(large < 9 * small + 0.05, piece << small << " " << large);
  }
}
