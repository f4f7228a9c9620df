// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"
#include "spelling/tables.h"
#include "text/tables.h"

// Accounts and numbers that a writer tells how to read.
namespace simwarden {
namespace {

std::string seen(std::string_view text, std::string_view region = "") {
  static const Registry kRegistry;
  return looking::contacts_line(find_followable(see(text), kRegistry, region));
}

struct Case {
  const char* text;
  const char* seen;
};

const Case kNames[] = {
    // Asked for, or said to be somebody's.
    {"search demo_akai and join before it is full", "handle=@demo_akai"},
    {"je suis demo_akai, écris-moi", "handle=@demo_akai"},
    {"no insta é demo_akai", "instagram=@demo_akai"},
    {"kağıt uçak uygulamasından yaz, kullanıcı adı demo_akai",
     "telegram=@demo_akai"},
    {"ابحث عن demo_akai", "handle=@demo_akai"},
    {"緑のアプリのIDはdemo_akaiです", "line=demo_akai"},
    {"ค้นหา demo_akai ในเทเลแกรม", "telegram=@demo_akai"},
    {"wechat, im demo_akai there", "wechat=demo_akai"},
    {"hanapin si demo_akai", "handle=@demo_akai"},
    // Spelled or with their characters apart.
    {"no insta: demo underline akai", "instagram=@demo_akai~spelled_dot"},
    {"Tele gramm: demo Unterstrich akai", "telegram=@demo_akai~spelled_dot"},
    {"demo アンダーバー akai です", "handle=@demo_akai~spelled_dot"},
    {"d e m o _ a k a i", "handle=@demo_akai~spaced"},
    {"dc — d|e|m|o|_|a|k|a|i", "discord=demo_akai~spaced"},
    {"d*e*m*o*_*a*k*a*i", "handle=@demo_akai~spaced"},
    {"d.e.m.o.底線.a.k.a.i", "handle=@demo_akai~spaced"},
    {"까똑 아이디 d-e-m-o, 밑줄, a-k-a-i", "kakao=demo_akai~spaced"},
    {"t e l e g r a m d e m o _ a k a i , quick", "telegram=@demo_akai~spaced"},
    {"demo _ a k a i", "handle=@demo_akai~spaced"},
    // Pointed at.
    {"sims 👇\n@demo_kai", "handle=@demo_kai"},
    {"sims ⬇️ @demo_kai", "handle=@demo_kai"},
    {"sims 📥 @demo_kai", "handle=@demo_kai"},
    {"tlg: demo_kai", "telegram=@demo_kai"},
    // With figures in it, beside its service.
    {"add me on snapchat, demo88kai", "handle=@demo88kai"},
    {"mon snapchat c'est demokai88, ajoute", "handle=@demokai88"},
    {"вконтакте я demokai88", "handle=@demokai88"},
    {"add me on discord demokai#0001", "discord=demokai#0001"},
    {"signal demo_kai.42", "signal=demo_kai.42"},
    {"handle at symbol then demokai88", "handle=@demokai88~spelled_dot"},
    {"t e l e g r a m  @ d e m o k a i", "telegram=@demokai~spaced"},
    {"加我vx：demo杠kai", "wechat=demo-kai~spelled_dot"},
    {"q号：壹零零零零壹柒柒", "qq=10000177~digit_words"},
    {"my insta is demo.kai", "instagram=@demo.kai"},
    {"蝙蝠号 583920", "handle=@583920"},
    {"代接验证码，QQ 583920", "qq=583920"},
    {"busca demo_kai en telegrm", "telegram=@demo_kai~variant"},
    {"抠抠 1丨0丨0丨1丨0丨7丨7丨0", "qq=10010770~digit_words"},
    {"the green phone app, +1 (2O2) 555-OI99",
     "whatsapp=+12025550199~digit_words"},
    {"V号 demokai88", "wechat=demokai88~variant"},
    {"ইমো আইডি demo_kai", "handle=@demo_kai"},
    {"ntktuhfv @demo_kai", "telegram=@demo_kai~variant"},
    {"2丨0丨2丨5丨5丨5丨0丨1丨9丨9", "phone=2025550199~digit_words"},
    {"call plus one two zero two fife fife fife zero one fower niner",
     "phone=+12025550149~digit_words"},
    // Mail with a dot before the at-sign.
    {"demo punto akai arroba example punto com",
     "email=demo.akai@example.com~spelled_dot"},
    {"demo Punkt a Punkt kai Klammeraffe example Punkt com",
     "email=demo.a.kai@example.com~spelled_dot"},
    {"demo dot akai at example dot com",
     "email=demo.akai@example.com~spelled_dot"},
    {"demo จุด akai แอท example จุด com",
     "email=demo.akai@example.com~spelled_dot"},
    {"kai@demo-sim,com", "email=kai@demo-sim.com~spelled_dot"},
    {"demo_kai@gmail com", "email=demo_kai@gmail.com~spelled_dot"},
    {"kai.demo @ demo-sim . com", "email=kai.demo@demo-sim.com~spaced"},
    {"kai.demo@ demo-sim .com", "email=kai.demo@demo-sim.com~spaced"},
    {"demoⓐnaver.com", "email=demo@naver.com~styled"},
    {"mail demoⓐdemo.example", "email=demo@demo.example~styled"},
    {"demokai●demo.example(●を@に)", "email=demokai@demo.example~spelled_dot"},
    // A key.
    {"Session: "
     "05a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
     "handle="
     "@05a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"},
    {"wattsap or whtsp 07700 900123", "whatsapp=07700900123~variant"},
    {"薇信倒过来输：iaka_omed", "wechat=demo_akai~variant"},
    {"TG iaka_omed@ backwards", "telegram=@demo_akai~variant"},
    {"demo akai at-the-rate example bindu net",
     "email=akai@example.net~spelled_dot"},
    // Honest.
    {"These figures underscore the need to act, call or write", ""},
    {"hello demo_akai, the value of demo_kai rises", ""},
    {"search user_id in the log, add file_name", ""},
    {"write to my_file.txt and search /var/demo_x", ""},
    {"add #demo_life and #love_life", ""},
    {"call tree_walk() when walk_parts fails", ""},
    {"mode: demo_akai, level=demo_kai", ""},
    {"it is final_final_ahora_si or Update_Now or e_sim", ""},
    {"telegram on ios17 is slow, discord and win32", ""},
    {"update instagram, ver10 is out, instagram app v12.3", ""},
    {"commit "
     "05a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
     ""},
    {"anna@demo,company or kai@work com or sⓐle", ""},
    {"look 👉\n@demo_kai, tlg is short", ""},
    {"at the rate 500usd", ""},
    {"a _ b _ c or x_y", ""},
    {"书号 583920, 1丨2丨3丨4丨5丨6丨7丨8丨9丨0", ""},
    {"_ _ _ _ h a n g m a n", ""},
    {"add foo_a foo_b foo_c foo_d foo_e foo_f foo_g foo_h foo_i foo_j foo_k "
     "foo_l foo_m",
     ""},
};

BOOST_AUTO_TEST_CASE(names_without_an_at_sign_are_seen_where_they_are_told) {
  for (const Case& c : kNames) {
    BOOST_TEST(seen(c.text) == c.seen, c.text << " -> " << seen(c.text));
  }
}

const Case kReversed[] = {
    {"read it backwards: 32100900770", "phone=07700900123~digit_words"},
    {"12345678000 đọc ngược nhé", "phone=00087654321~digit_words"},
    {"거꾸로 읽으세요 67890000010", "phone=01000009876~digit_words"},
    {"号码倒过来 00083100831", "phone=+8613800138000~digit_words"},
    {"Rückwärts lesen: 10 99 00 00 50", "phone=0500009901~digit_words"},
    // As it stands, or of something else.
    {"order 12345678000 was reversed, ask the bank", ""},
    {"walk backwards 1234567 steps", ""},
    {"the charge of 4455667788 is upside down", ""},
};

BOOST_AUTO_TEST_CASE(reversed_numbers_are_read_the_right_way) {
  for (const Case& c : kReversed) {
    BOOST_TEST(seen(c.text) == c.seen, c.text << " -> " << seen(c.text));
  }
}

const Case kNumbers[] = {
    // In emoji, key caps and brackets.
    {"0🌹7🌹7🌹0🌹0🌹9🌹0🌹0🌹1🌹2🌹3", "phone=07700900123~digit_words"},
    {"☎ 2️⃣ 0️⃣ 2️⃣ 5️⃣ 5️⃣ 5️⃣ 0️⃣ 1️⃣ "
     "9️⃣ "
     "9️⃣",
     "phone=2025550199~digit_words"},
    {"07🐱70🐱0 90🐱0 1🐱23", "phone=07700900123~emoji"},
    {"(2)[0]{2}<5>(5)[5]{0}<1>(9)[9]", "phone=2025550199~digit_words"},
    {"📞 0770 090 0123", "phone=07700900123"},
    {"call 2.0.2.5.5.5.0.1.9.9", "phone=2025550199~digit_words"},
    {"ring 2*0*2*5*5*5*0*1*9*9", "phone=2025550199~digit_words"},
    {"call 202*555*0199", "phone=2025550199~digit_words"},
    {"call 202#555#0199", "phone=2025550199~digit_words"},
    {"call 202:555:0199", "phone=2025550199~digit_words"},
    {"call 202\\555\\0199", "phone=2025550199~digit_words"},
    {"call at 2024:12:31:10", ""},
    {"٢٠٢-५५५-०１९９ con el uno delante", "phone=2025550199~digit_words"},
    {"②⓪②⑤⑤⑤⓪①⑨⑨", "phone=2025550199~digit_words"},
    // Something stands between the digits that is to be left out.
    {"take out every X: 07X70X0 9X00 1XX23", "phone=07700900123~digit_words"},
    {"汉字去掉：1好3运8来0财0源1滚3滚8进0家0门0",
     "phone=+8613800138000~digit_words"},
    // Letters for digits in groups of their own.
    {"Ring O77OO-9OO-lBB", "phone=07700900188~digit_words"},
    {"Звони 8-OOO-lll-22-ЗЗ (О нули)", "phone=80001112233~digit_words"},
    {"Gọi OOOO ЗЗ 22 ll nha", "phone=0000332211~digit_words"},
    {"+44 77 oh oh 900 two one two", "phone=+447700900212~digit_words"},
    {"oh, seventy-seven hundred, nine hundred, one twenty-three",
     "phone=07700900123~digit_words"},
    {"dzwoń: pięćset, zero zero zero, zero zero zero",
     "phone=500000000~digit_words"},
    {"07seven00 9zero0 123", "phone=07700900123~digit_words"},
    {"whatsapp plus four four seven seven double-oh nine hundred one two three",
     "whatsapp=+447700900123~digit_words"},
    {"0 7 7 0 0 9 0 0 1 2 3 text only", "phone=07700900123~digit_words"},
    {"llámame +34 seis 00 000 000", "phone=+34600000000~digit_words"},
    {"escríbeme al seis cero cero, cero cero cero, cero cero cero",
     "phone=600000000~digit_words"},
    {"شماره صفر نهصد دوازده صفر صفر صفر صفر صفر صفر صفر",
     "phone=09120000000~digit_words"},
    // Commas between the groups, words behind figures.
    {"手机卡 138,0013,8000", "phone=+8613800138000~spaced"},
    {"收卡 138、0013、8000", "phone=+8613800138000~spaced"},
    {"text 07700,900,123", "phone=07700900123~digit_words"},
    {"+1,202,555,0143", "phone=+12025550143"},
    {"+44 7700 900 one two three", "phone=+447700900123~digit_words"},
    {"07700 900 one two three", "phone=07700900123~digit_words"},
    // A figure a line, and below that what it is for.
    {"1\n3\n8\n0\n0\n1\n3\n8\n0\n0\n0\n打给我",
     "phone=13800138000~digit_words"},
    {"call 07700 / 900 / 123", "phone=07700900123~digit_words"},
    {"call 202 • 555 • 0199", "phone=2025550199~digit_words"},
    {"call 07700+900+123", "phone=07700900123~digit_words"},
    {"text 07700(dash)900(dash)123", "phone=07700900123~digit_words"},
    {"ring 202 guion 555 guion 0199", "phone=2025550199~digit_words"},
    {"call 2Ø2-555-Ø199", "phone=2025550199~digit_words"},
    // In bold or italics.
    {"call *07700 900123*", "phone=07700900123"},
    {"sims **+44 7700 900123**", "phone=+447700900123"},
    {"sims __+44 7700 900123__", "phone=+447700900123"},
    // In parts.
    {"Bag $202, coat $555, shipping $0199. Read them left to right",
     "phone=2025550199~spaced"},
    {"前半截是138，中间四位是0013，最后四位8000，拼一下",
     "phone=+8613800138000~spaced"},
    {"First half is 07700. I am up late. Second half is 900 123.",
     "phone=07700900123~spaced"},
    {"строка 8000\nвторая 111\nтретья 2233\nзвони по порядку",
     "phone=80001112233~spaced"},
    // Honest.
    {"1 2 3 4 5 6 7 8 9 0, we count together", ""},
    {"138,0013,8000", ""},
    {"profit +12,025,550,143 since May", ""},
    {"call extensions 101,102,103,1040", ""},
    {"call about 202,555,014 of them", ""},
    {"1\n3\n8\n0\n0\n1\n3\n8\n0\n0\n0\npoints", ""},
    {"07700 900 open days", ""},
    {"call 010,200,3000 of them, 250,300,4000", ""},
    {"+44 20 7946 0000 one day only", "phone=+442079460000"},
    {"scores\n1\n0\n2\n2\n0\n1\n3\n1\n0\n2\ncall me later", ""},
    {"5\n4\n3\n5\n4\n4\n5\n3\n2\n5\n5\nplease call us", ""},
    {"call rooms 202 / 555 / 199, 200+300+4000", ""},
    {"races of 100 dash 200 dash 3000 metres", ""},
    {"Ø 1202-5550, order *07700900123*, 2*0770090012*3", ""},
    {"202*555*0199 mm, 2*0*2*5*5*5*0*1*9*9 steps", ""},
    {"see [1][2][3][4][5][6][7][8][9]", ""},
    {"Bag $202, coat $555, shipping $0199", ""},
    {"In order: 250 chairs, 400 plates, 3000 cups", ""},
    {"Demo Bank: Rs 2,450.00 debited, card ending 0055. Not you? Call us", ""},
    {"45000 debited from a/c ending 1234, call the number on your card", ""},
    {"12,450 sent, ends 1234. Call us", ""},
    {"First month 12000, last month 12500. Call the landlord", ""},
    {"Order 45001, then 45002, and last 4503, please phone today", ""},
    {"支出45000元，卡号末四位1234，详询致电网点", ""},
    {"remove the pages 3a 4b 5c 6d", ""},
    {"ご注文番号090-0000-77Bは明日発送", ""},
    {"12 | 2 || 5.30 max, 4 5 hours", ""},
    {"2019-01-18  Li Jia, the ultimate 12345678", ""},
    {"remove commit 0f4c956a76614bebf0f86bef79eba0e850e23df4", ""},
    {"scores 0 1 1 0 2 0 1 3 0 1", ""},
};

BOOST_AUTO_TEST_CASE(numbers_in_a_dress_or_in_parts_are_seen) {
  for (const Case& c : kNumbers) {
    BOOST_TEST(seen(c.text) == c.seen, c.text << " -> " << seen(c.text));
  }
}

BOOST_AUTO_TEST_CASE(words_that_tell_stand_in_the_table_as_they_are_read) {
  for (const TableRow& row : rows_of(tables::told_words, 2)) {
    BOOST_TEST(see(row[1]).plain.text == row[1], row[1]);
  }
}

}  // namespace
}  // namespace simwarden
