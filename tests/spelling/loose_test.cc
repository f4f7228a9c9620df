// SPDX-License-Identifier: Apache-2.0
#include "spelling/loose.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "spelling/labels.h"
#include "spelling/tables.h"
#include "text/tables.h"
#include "text/views.h"

namespace simwarden {
namespace {

// The names that are seen, with "~" when loosely written.
std::string names(std::string_view text) {
  const View plain = see(text).plain;
  std::string all;
  for (const LabelHit& hit : find_labels(plain.text, find_leads(plain.text))) {
    if (!all.empty()) all += " ";
    all += hit.label->kind;
    if (hit.spaced || hit.likely) all += "~";
  }
  return all;
}

struct Case {
  const char* text;
  const char* seen;
};

const Case kCases[] = {
    {"", ""},
    {"telegram", "telegram"},
    {"T.e.l.e.g.r.a.m", "telegram~"},
    {"t e l e g r a m", "telegram~"},
    {"Te-le-gra-ma", "telegram~"},
    {"T€l€gr@m", "telegram~"},
    {"tele9ram, te1egram", "telegram~ telegram~"},
    {"télégram", "telegram~"},
    {"W.h.a.t.s", "whatsapp~"},
    {"w h a t s a p p", "whatsapp~"},
    {"w❝h❞atsapp", "whatsapp~"},
    {"wh@ts wh@tsap Wa5ap W@zap vvhatsap",
     "whatsapp~ whatsapp~ whatsapp~ "
     "whatsapp~ whatsapp"},
    {"What's👉🏻App", "whatsapp"},
    {"WhatsÄpp w.h.à.t.s", "whatsapp~ whatsapp~"},
    {"v.i.b.e.r вайб€р в а й б е р", "viber~ viber~ viber~"},
    {"т е л е г р а м", "telegram~"},
    {"т-е-л-е-г-р-@-м", "telegram~"},
    {"ت ي ل ي ج ر ا م", "telegram~"},
    {"ت.ل.گ.ر.ا.م", "telegram~"},
    {"و ا ٹ س ا پ", "whatsapp~"},
    {"تِلِه", "telegram~"},
    {"β-ά-ι-μ-π-ε-ρ", "viber~"},
    {"ไ_ล_น์", "line~"},
    {"ラ☆イ☆ン", "line~"},
    {"微♥信 微.信", "wechat wechat~"},
    // Ordinary text.
    {"what is a line, was it so late?", "line"},
    {"tell it in time. what. whats up with her", ""},
    {"w h y n o t", ""},
    {"S O L D E S, G R A N D  O P E N I N G", ""},
    {"the wh-movement, a te-legislation and le-gram", ""},
    {"t e l", ""},
    {"в а ш е имя", ""},
    {"全 场 五 折 · 只 此 三 天", ""},
};

BOOST_AUTO_TEST_CASE(names_are_seen_however_their_letters_stand) {
  for (const Case& c : kCases) {
    BOOST_TEST(names(c.text) == c.seen, c.text << " -> " << names(c.text));
  }
}

BOOST_AUTO_TEST_CASE(names_stand_in_the_table_as_they_are_read) {
  for (const TableRow& row : rows_of(tables::messenger_names, 3)) {
    BOOST_TEST(see(row[0]).plain.text == row[0], row[0]);
  }
}

std::string with_signs(std::string_view name, std::string_view sign) {
  std::string apart;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(name[i]) & 0xC0) != 0x80;
    if (begins && i != 0) apart += sign;
    apart += name[i];
  }
  return apart;
}

// The quick look and the leads refuse no name that reading it would take.
BOOST_AUTO_TEST_CASE(a_quick_look_misses_no_loose_name) {
  for (const char* sign : {".", " ", "-", "_", "·", "☆", "’"}) {
    for (const TableRow& row : rows_of(tables::messenger_names, 3)) {
      if (row[2].find("loose") == row[2].npos) continue;
      const std::string apart = with_signs(row[0], sign);
      if (read_loosely(apart, 0, row[0]).end == 0) continue;
      const View plain = see(apart).plain;
      if (read_loosely(plain.text, 0, row[0]).end == 0) continue;
      BOOST_TEST(names(apart) != "", apart);
    }
  }
}

}  // namespace
}  // namespace simwarden
