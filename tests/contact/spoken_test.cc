// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"
#include "spelling/spelled_names.h"
#include "spelling/tables.h"
#include "text/tables.h"

// Accounts, hosts and numbers as they are read aloud, turned, or put together
// by who reads them.
namespace simwarden {
namespace {

std::string seen(std::string_view text) {
  static const Registry kRegistry;
  const Followable f = find_followable(see(text), kRegistry, "");
  const std::string links = looking::links_line(f);
  const std::string contacts = looking::contacts_line(f);
  const bool both = !links.empty() && !contacts.empty();
  return contacts + (both ? " " : "") + links;
}

struct Case {
  const char* text;
  const char* seen;
};

void check(const auto& cases) {
  for (const Case& c : cases) {
    BOOST_TEST(seen(c.text) == c.seen, c.text << " -> " << seen(c.text));
  }
}

#define DEMO_ON_TELEGRAM \
  "telegram=@demo_kai~spelled_dot messenger=https://t.me/demo_kai"

const Case kHosts[] = {
    {"tê chấm mờ e xẹt demo_kai", DEMO_ON_TELEGRAM},
    {"تي نقطة مي شرطة demo_kai", DEMO_ON_TELEGRAM},
    {"ที ดอท มี ทับ demo_kai", DEMO_ON_TELEGRAM},
    {"тэ-точка-мэ слэш demo_kai", DEMO_ON_TELEGRAM},
    {"টি ডট মি স্ল্যাশ demo_kai", DEMO_ON_TELEGRAM},
    {"te kropka me slesz demo_kai", DEMO_ON_TELEGRAM},
    {"ティードットミー スラッシュ demo_kai", DEMO_ON_TELEGRAM},
    {"tee dot em ee slash demo_kai", DEMO_ON_TELEGRAM},
    {"t點米斜線demo_kai", DEMO_ON_TELEGRAM},
    {"w a . m e / 1 2 0 2 5 5 5 0 1 9 9",
     "whatsapp=+12025550199~spaced messenger=https://wa.me/12025550199"},
    {"t . m e / d e m o _ k a i",
     "telegram=@demo_kai~spaced messenger=https://t.me/demo_kai"},
    {"h t t p s : / / demo-shop . invalid / dl",
     "web=https://demo-shop.invalid/dl"},
    {"chat dot demoshop dot example slash in",
     "web=https://chat.demoshop.example/in"},
    // Base64 of a link or an address and nothing else.
    {"aHR0cHM6Ly9kZW1vLmV4YW1wbGUvYm9vaw==", "web=https://demo.example/book"},
    {"write dml6YS5rYWlAZGVtby1mYXN0LnRlc3Q",
     "email=viza.kai@demo-fast.test~escaped"},
    // No path behind, no host.
    {"ти точка ми рано", ""},
    {"te punto me voy", ""},
    {"token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", ""},
    {"?next=aHR0cHM6Ly9kZW1vLmV4YW1wbGUvYm9vaw==", ""},
};

BOOST_AUTO_TEST_CASE(hosts_are_read_however_they_are_said) {
  check(kHosts);
}

const Case kNames[] = {
    {"telegram: dee ee em oh seven seven", "telegram=@demo77~spaced"},
    {"В тг ищи так: дэ-е-эм-о, потом 777", "telegram=@demo777~spaced"},
    {"카톡 아이디 디 이 엠 오 칠칠", "kakao=demo77~spaced"},
    {"ไลน์ ดี-อี-เอ็ม-โอ-เก้าเก้า", "line=demo99~spaced"},
    {"mon snap: D comme Denise, E comme Émile, M comme Marie, O comme Oscar",
     "handle=@demo~spaced"},
    {"signal username "
     "Delta-Echo-Mike-Oscar-underscore-Tango-India-dot-four-two",
     "signal=demo_ti.42~spaced"},
    {"insta: d as in dog, e as in egg, m as in man, o as in owl, and 88",
     "instagram=@demo88~spaced"},
    {"V-chat: d.e.m.o.k.a.i without the dots", "wechat=demokai~spaced"},
    // A word and a word for a sign in turn.
    {"insta demo titik kue titik kai", "instagram=@demo.kue.kai~spaced"},
    {"抖音号demo点meishi点88", "handle=@demo.meishi.88~spaced"},
    {"my ig is demo dot kai", "instagram=@demo.kai~spaced"},
    // In pieces.
    {"微信号是demokai然后999", "wechat=demokai999~spaced"},
    {"Telegram: first demo, then 88", "telegram=@demo88~spaced"},
    {"微信号：de mo _ ka i", "wechat=demo_kai~spaced"},
    {"It starts with demo_ and ends with kai. Find it on Telegram",
     "telegram=@demo_kai~spaced"},
    {"微信 前半截 demokai 后半截 88 连起来", "wechat=demokai88~spaced"},
    {"Mi usuario empieza por demo_ y termina en kai. En Telegram",
     "telegram=@demo_kai~spaced"},
    {"The first piece of my Telegram name is demo, the second piece is 88",
     "telegram=@demo88~spaced"},
    {"пиши в тг демо_кай", "telegram=@demo_kay~spaced"},
    {"телеграм: @демо_кай88", "telegram=@demo_kay88~spaced"},
    // In circles, in flags, upside down.
    {"微信 ⓓⓔⓜⓞⓚⓐⓘ", "wechat=demokai~styled"},
    {"微信 d\u200De\u200Dm\u200Do\u200Dk\u200Da\u200Di",
     "wechat=demokai~invisible"},
    {"my gram name: ᴉɐʞ‾oɯǝp", "instagram=@demo_kai~styled"},
    {"ϛㄣƖ0ϛϛϛᄅ0ᄅ turn it and txt me", "phone=2025550145~digit_words"},
    {"the purple gamer chat, user demo.gg.kai", "discord=demo.gg.kai~variant"},
    // Honest.
    {"Telegram: why are you so sure", ""},
    {"телеграм не_работает уже час", ""},
    {"Benutzername ohne Unterstrich und Punkt", ""},
    {"телеграм #новости_дня и тг канал_", ""},
    {"part of Telegram is down, half of WhatsApp, the second part is worse",
     ""},
    {"the code that Telegram sent starts with 12 and ends with 34", ""},
    {"TG c\u0336l\u0336o\u0336s\u0336e\u0336d\u0336 today", ""},
    {"WhatsApp group: a b c d e f g", ""},
    {"instagram está a punto de cerrar", ""},
    {"instagram para este punto de venta", ""},
    {"discord app v12.3, telegram 9.1.2", ""},
    {"Viber for Android then 100 more", ""},
    {"ɔdɔ yɛ, ɛyɛ", ""},
    {"Telegram 𝗖𝗵𝗮𝗻𝗻𝗲𝗹 is back", ""},
    {"WhatsApp: 🇺🇸🇬🇧🇩🇪🇫🇷", ""},
    {"created_at in the username table, updated_by", ""},
};

BOOST_AUTO_TEST_CASE(names_are_read_letter_by_letter) {
  check(kNames);
}

const Case kMails[] = {
    {"Write to bookings at demo-lodge dot example, please",
     "email=bookings@demo-lodge.example~spelled_dot"},
    {"Mail an lena Klammeraffe beispiel Punkt de",
     "email=lena@beispiel.de~spelled_dot"},
    {"ana arroba ejemplo punto com punto mx",
     "email=ana@ejemplo.com.mx~spelled_dot"},
    {"邮箱：demo艾特163点com", "email=demo@163.com~spelled_dot"},
    {"kai@ example.com", "email=kai@example.com~spaced"},
    {"email kai @ example.com now", "email=kai@example.com~spaced"},
    // Who is written to is no name.
    {"contact us at demofirm dot example", "web=https://demofirm.example/"},
    {"find them at demofirm dot example", "web=https://demofirm.example/"},
    {"2 @ example.com", "web=https://example.com/"},
};

BOOST_AUTO_TEST_CASE(mail_is_read_where_mail_is_asked_for) {
  check(kMails);
}

const Case kNumbers[] = {
    // What was said is taken back.
    {"oh seven seven double-oh, nine double-oh, one two three — scratch that, "
     "one two four",
     "phone=07700900124~digit_words"},
    {"восемь ноль ноль ноль один один один два два три три, ой, нет, три "
     "четыре",
     "phone=80001112234~digit_words"},
    // Words for a space, zeros as letters, words that only sound so.
    {"zero seven seven zero zero, space, nine zero zero, space, five eight "
     "eight",
     "phone=07700900588~digit_words"},
    {"плюс семь 9OO OOO OO три четыре", "phone=+79000000034~digit_words"},
    {"衣伞爸零零衣伞爸零零零", "phone=+8613800138000~digit_words"},
    {"zero sieben seven null null neuf zero zero uno dos tres",
     "phone=07700900123~digit_words"},
    {"〇九〇ー〇〇〇〇ー〇〇三四", "phone=09000000034~digit_words"},
    // Between and around the figures.
    {"202xBANANAx555xBANANAx0199 but without the fruit",
     "phone=2025550199~digit_words"},
    {"138空格0013空格8000", "phone=13800138000~digit_words"},
    {"<b>077</b><i>00</i><b>900</b><!-- x --><i>123</i>",
     "phone=07700900123~digit_words"},
    {"call 2 – 0 – 2 ~ 5 / 5 / 5 ~ 0 – 1 – 9 – 9",
     "phone=2025550199~digit_words"},
    {"2.0.2.5.5.5.0.1.9.6 is no version", "phone=2025550196~digit_words"},
    {"&#48;&#55;&#55;&#48;&#48;&#57;&#48;&#48;&#49;&#50;&#51; ok",
     "phone=07700900123~escaped"},
    {"Leeds⁰⁷⁷⁰⁰⁹⁰⁰¹²³", "phone=07700900123"},
    {"Zimmer ６００ ０００ ０３４", "phone=600000034~digit_words"},
    // In parts.
    {"The first half is 20255, the second half is 50199. Glue them, ring me",
     "phone=2025550199~spaced"},
    {"我手机号中间四位是0013，前面三位138，最后四位8000",
     "phone=+8613800138000~spaced"},
    {"电话138后面0013再后面8000", "phone=+8613800138000~spaced"},
    {"Price 2025 dollars, 5501 miles, 99 mpg. Read only the numbers, call me",
     "phone=2025550199~spaced"},
    // Honest.
    {"call 12345 then press 67890", ""},
    {"我是一个五好学生，就是三心二意，一是一，二是二", ""},
    {"one for you, two for me, three for us, no, four", ""},
    {"rated 3/5 - 4/5 - 2/5 - 1/5 - 5/5", ""},
    {"<td>202</td><td>555</td><td>0199</td>", ""},
    {"scores 0.1.1.0.2.0.1.3.0.1", ""},
    {"200 and 300 and 400 and 1000 chairs", ""},
};

BOOST_AUTO_TEST_CASE(numbers_are_read_as_they_are_told) {
  check(kNumbers);
}

BOOST_AUTO_TEST_CASE(what_is_said_stands_in_the_tables_as_it_is_read) {
  for (const TableRow& row : rows_of(tables::letter_names, 3)) {
    BOOST_TEST(see(row[2]).plain.text == row[2], row[0]);
  }
  for (const TableRow& row : rows_of(tables::spoken_hosts, 2)) {
    BOOST_TEST(see(row[1]).plain.text == row[1], row[0]);
  }
}

// Letter by letter, each language reads what its row says.
BOOST_AUTO_TEST_CASE(every_language_spells_a_name_of_its_letters) {
  for (const TableRow& row : rows_of(tables::letter_names, 3)) {
    std::string spelled;
    std::string_view rest = row[2];
    for (size_t n = 0; n < 8; ++n) {
      const size_t end = rest.find(';');
      const std::string_view names = rest.substr(0, end);
      spelled += std::string(names.substr(0, names.find(','))) + ",";
      rest.remove_prefix(end + 1);
    }
    const SpelledName name = find_spelled_name(spelled, 0, 1);
    BOOST_TEST(name.text.size() >= 4, row[0] << " reads " << spelled);
  }
}

}  // namespace
}  // namespace simwarden
