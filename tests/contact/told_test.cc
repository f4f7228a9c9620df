// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/tables.h"
#include "text/tables.h"

// Accounts and numbers that a writer tells how to read.
namespace simwarden {
namespace {

std::string seen(std::string_view text, std::string_view region = "") {
  static const Registry kRegistry;
  std::string line;
  for (const Contact& c :
       find_followable(see(text), kRegistry, region).contacts) {
    if (!line.empty()) line += " ";
    line += c.kind + "=" + c.value;
    if (!c.disguise.empty()) line += "~" + c.disguise;
  }
  return line;
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
    {"demo_akai 검색", "handle=@demo_akai"},
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
    // Mail with a dot before the at-sign.
    {"demo punto akai arroba example punto com",
     "email=demo.akai@example.com~spelled_dot"},
    {"demo Punkt a Punkt kai Klammeraffe example Punkt com",
     "email=demo.a.kai@example.com~spelled_dot"},
    {"demo dot akai at example dot com",
     "email=demo.akai@example.com~spelled_dot"},
    {"demo จุด akai แอท example จุด com",
     "email=demo.akai@example.com~spelled_dot"},
    {"demo akai at-the-rate example bindu net",
     "email=akai@example.net~spelled_dot"},
    // Honest.
    {"These figures underscore the need to act, call or write", ""},
    {"search user_id in the log, add file_name", ""},
    {"write to my_file.txt and search /var/demo_x", ""},
    {"add #demo_life and #love_life", ""},
    {"the value of demo_akai rises", ""},
    {"a _ b _ c or x_y", ""},
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

BOOST_AUTO_TEST_CASE(words_that_tell_stand_in_the_table_as_they_are_read) {
  for (const TableRow& row : rows_of(tables::told_words, 2)) {
    BOOST_TEST(see(row[1]).plain.text == row[1], row[1]);
  }
}

}  // namespace
}  // namespace simwarden
