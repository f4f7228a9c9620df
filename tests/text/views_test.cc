// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "text/pieces.h"

namespace simwarden {
namespace {

struct Case {
  const char* input;
  const char* plain;
  const char* squeezed;
};

const Case kCases[] = {
    // White space and case.
    {"", "", ""},
    {" \t\r\n ", "", ""},
    {"Hello,  World!\n\nBye", "hello, world! bye", "helloworldbye"},
    {"A_b-c.d/e:f+g#h$i*j@k", "a_b-c.d/e:f+g#h$i*j@k", "a_b-c.d/e:f+g#h$i*j@k"},
    {"a\u00A0\u3000b", "a b", "ab"},
    // Full-width, mathematical, circled, superscript, ligature.
    {"ｔ．ｍｅ／ｄｅｍｏ", "t.me/demo", "t.me/demo"},
    {"【𝐓𝐆】@demo_x", "【tg】@demo_x", "tg@demo_x"},
    {"①②③ ⓠⓠ ❶❷❸ ⓿", "123 qq 123 0", "123qq1230"},
    {"ﬁnd Straße", "find strasse", "findstrasse"},
    {"1️⃣3️⃣8️⃣", "138", "138"},
    {"🅣🅖 🆃🅶 🇹🇬", "tg tg tg", "tgtgtg"},
    // Composition: one letter however it was typed.
    {"e\u0301 é", "é é", "éé"},
    {"ｶﾞ", "ガ", "ガ"},
    // Digits of other scripts.
    {"٠١٢٣ ०१२ ๓", "0123 012 3", "01230123"},
    // Invisible characters.
    {"t\u200Be\u2060l\u00ADe\uFEFFgram", "telegram", "telegram"},
    {"a\U000E0041b\u3164c", "abc", "abc"},
    {"abc\u202Edef\u202C", "abcdef", "abcdef"},
    // Emoji with a meaning, inside a word, and others.
    {"飞✈️机:@demo_x", "飞机:@demo_x", "飞机:@demo_x"},
    {"✈️@demo_x", "飞机@demo_x", "飞机@demo_x"},
    {"加薇♥信:demo_x", "加薇信:demo_x", "加薇信:demo_x"},
    {"加微❤️:demo_x", "加微信:demo_x", "加微信:demo_x"},
    {"🐧123456789", "qq123456789", "qq123456789"},
    {"➕15550100", "+15550100", "+15550100"},
    {"TG💪+ @demo_x", "tg + @demo_x", "tg+@demo_x"},
    {"good😀😀morning", "good morning", "goodmorning"},
    {"I ❤️ U", "i u", "iu"},
    {"© ™ ㊙", "© tm 秘", "tm秘"},
    // Confusables: only in words that mix scripts wholly.
    {"Теlеgrаm", "telegram", "telegram"},
    {"Τelegram ТG", "telegram tg", "telegramtg"},
    {"карта SIM-карта", "карта sim-карта", "картаsim-карта"},
    {"μs kΩ usbшнур", "μs kω usbшнур", "μskωusbшнур"},
    // Traditional characters of contact words.
    {"補卡實名身份證電話", "补卡实名身份证电话", "补卡实名身份证电话"},
    {"聯繫飛機號碼驗證", "联系飞机号码验证", "联系飞机号码验证"},
    // Entities, once.
    {"t&#46;me&sol;demo &amp;amp; &#x40;x", "t.me/demo &amp; @x",
     "t.me/demoamp@x"},
    {"AT&T R&D &; &#; &bogus;", "at&t r&d &; &#; &bogus;", "attrd#bogus"},
    {"a&#0;b&#xD800;c", "a\uFFFDb\uFFFDc", "abc"},
    // Not UTF-8.
    {"a\xC3(\xE2\x82 b\xFF", "a\uFFFD(\uFFFD b\uFFFD", "ab"},
    // Thai and Devanagari keep their marks.
    {"ที่ हिन्दी", "ที่ हिन्दी", "ที่हिन्दी"},
};

BOOST_AUTO_TEST_CASE(a_text_is_read_as_a_person_would) {
  for (const Case& c : kCases) {
    const Views v = see(c.input);
    BOOST_TEST(v.plain.text == c.plain, c.input << " -> " << v.plain.text);
    BOOST_TEST(v.squeezed.text == c.squeezed,
               c.input << " -> " << v.squeezed.text);
  }
}

BOOST_AUTO_TEST_CASE(what_was_hidden_is_counted_before_it_is_removed) {
  const Disguise a = see("t\u200Be\u200Bl \u200B x").disguise;
  BOOST_TEST(a.invisible == 3U);
  BOOST_TEST(a.invisible_in_word == 2U);
  const Disguise b = see("a\u202Eb\u2066c\U000E0041\U000E0042").disguise;
  BOOST_TEST(b.bidi_controls == 2U);
  BOOST_TEST(b.tags == 2U);
  BOOST_TEST(b.invisible == 0U);
  const Disguise c = see("z\u0300\u0301\u0302\u0303a e\u0301\u0302").disguise;
  BOOST_TEST(c.combining_runs == 1U);
  const Disguise d = see("𝐓𝐆 ｔ． ① 🅣 ２m² ㎏ ，：！").disguise;
  BOOST_TEST(d.styled == 7U);
  const Disguise e = see("Теlеgrаm ТG привет SIM-карта IPшник").disguise;
  BOOST_TEST(e.mixed_script_words == 2U);
  const Disguise f = see("😀👍🏽 ❤️ © 1️⃣").disguise;
  BOOST_TEST(f.emoji == 4U);
  BOOST_TEST(f.styled == 1U);
  const Disguise g = see("a\xC3(\xE2\x82 b\xFF").disguise;
  BOOST_TEST(g.invalid_bytes == 4U);
}

BOOST_AUTO_TEST_CASE(joiners_that_spelling_needs_are_no_disguise) {
  for (const char* text : {"می‌خواهم", "क्‍ष",
                           "👨‍👩‍👧", "❤️", "☎️"}) {
    const Disguise d = see(text).disguise;
    BOOST_TEST(d.invisible == 0U, text);
    BOOST_TEST(d.invisible_in_word == 0U, text);
  }
}

BOOST_AUTO_TEST_CASE(a_view_span_leads_back_to_the_original_bytes) {
  const std::string text = "加 ｔ．ｍｅ／demo, ok";
  const Views v = see(text);
  const size_t at = v.plain.text.find("t.me/");
  const Span s = v.plain.original(at, at + 5);
  BOOST_TEST(text.substr(s.begin, s.size()) == "ｔ．ｍｅ／");
  const std::string entity = "x &#64;demo";
  const Views w = see(entity);
  const size_t sign = w.squeezed.text.find('@');
  const Span t = w.squeezed.original(sign, sign + 2);
  BOOST_TEST(entity.substr(t.begin, t.size()) == "&#64;d");
}

BOOST_AUTO_TEST_CASE(a_view_that_is_the_original_needs_no_map) {
  const Views v = see("hello world");
  BOOST_TEST(v.plain.begins.empty());
  BOOST_TEST(!v.squeezed.begins.empty());
  BOOST_TEST((v.plain.original(6, 11) == Span{6, 11}));
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_between_characters) {
  std::string text(kTextBytesMax - 1, 'a');
  text += "补卡";
  const Views v = see(text);
  BOOST_TEST(v.cut);
  BOOST_TEST(v.plain.text.size() == kTextBytesMax - 1);
  BOOST_TEST(v.disguise.invalid_bytes == 0U);
  BOOST_TEST(!see("short").cut);
}

// Random strings of nasty characters ---------------------------------------

const char32_t kNasty[] = {
    'a',     'Z',     '0',     '9',     ' ',     '\n',    '@',     '.',
    '/',     '_',     '-',     ';',     '#',     0xAD,    0xDF,    0x130,
    0x17F,   0x300,   0x301,   0x327,   0x338,   0x344,   0x345,   0x3A3,
    0x3C2,   0x430,   0x435,   0x456,   0x442,   0x448,   0x438,   0x306,
    0x3BF,   0x3B1,   0x5D0,   0x5B8,   0x627,   0x654,   0x661,   0x644,
    0x915,   0x94D,   0x93C,   0x9C7,   0x9BE,   0xE17,   0xE35,   0xE48,
    0x1100,  0x1161,  0x11A8,  0x1E9E,  0x200B,  0x200C,  0x200D,  0x200F,
    0x202E,  0x2066,  0x2028,  0x20E3,  0x20DD,  0x2122,  0x2163,  0x2460,
    0x2665,  0x2708,  0x2764,  0x2776,  0x2795,  0x2800,  0x3000,  0x3002,
    0x3042,  0x3099,  0x30AB,  0x3164,  0x5FAE,  0x4FE1,  0x88DC,  0x98DB,
    0x98DE,  0x6A5F,  0x673A,  0xAC00,  0xFB01,  0xFDFA,  0xFE0F,  0xFEFF,
    0xFF0E,  0xFF21,  0xFF76,  0xFF9E,  0xFFA0,  0xFFFD,  0x1D413, 0x1D7D8,
    0x1F130, 0x1F150, 0x1F170, 0x1F1E8, 0x1F1F3, 0x1F427, 0x1F468, 0x1F3FB,
    0x1F600, 0xE0041, 0xE0100, 0x10FFFF};

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::string nasty_string(std::mt19937& random, bool broken) {
  std::string text;
  const auto pick = [&](size_t n) { return random() % n; };
  const size_t size = pick(40);
  for (size_t i = 0; i < size; ++i) {
    if (broken && pick(12) == 0) {
      text.push_back(static_cast<char>(0x80 + pick(0x80)));
      continue;
    }
    const char32_t c = kNasty[pick(std::size(kNasty))];
    const size_t times = pick(20) == 0 ? pick(40) : 1;
    for (size_t k = 0; k < times; ++k) append_utf8(text, c);
  }
  return text;
}

bool is_continuation(const std::string& text, size_t at) {
  return at < text.size() &&
         (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

void check_map(const View& view, const std::string& text) {
  BOOST_REQUIRE_EQUAL(view.begins.size(), view.ends.size());
  if (view.begins.empty()) {
    BOOST_REQUIRE(view.text.empty() || view.text == text);
    return;
  }
  BOOST_REQUIRE_EQUAL(view.begins.size(), view.text.size());
  for (size_t i = 0; i < view.begins.size(); ++i) {
    BOOST_REQUIRE_LT(view.begins[i], view.ends[i]);
    BOOST_REQUIRE_LE(view.ends[i], text.size());
    if (i == 0) continue;
    BOOST_REQUIRE_LE(view.begins[i - 1], view.begins[i]);
    BOOST_REQUIRE_LE(view.ends[i - 1], view.ends[i]);
  }
}

BOOST_AUTO_TEST_CASE(folding_twice_is_folding_once) {
  std::mt19937 random(20241);
  for (int i = 0; i < 6000; ++i) {
    const std::string text = nasty_string(random, i % 4 == 0);
    const Views once = see(text);
    const Views twice = see(once.plain.text);
    BOOST_REQUIRE_EQUAL(once.plain.text, twice.plain.text);
    BOOST_REQUIRE_EQUAL(once.squeezed.text, twice.squeezed.text);
  }
}

BOOST_AUTO_TEST_CASE(offsets_are_monotone_and_cover_whole_characters) {
  std::mt19937 random(20242);
  for (int i = 0; i < 6000; ++i) {
    const bool broken = i % 4 == 0;
    const std::string text = nasty_string(random, broken);
    const Views v = see(text);
    check_map(v.plain, text);
    check_map(v.squeezed, text);
    for (size_t k = 0; !broken && k < v.plain.begins.size(); ++k) {
      BOOST_REQUIRE(!is_continuation(text, v.plain.begins[k]));
      BOOST_REQUIRE(!is_continuation(text, v.plain.ends[k]));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_short_way_of_ascii_gives_the_same_as_the_long_one) {
  std::mt19937 random(20243);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    const size_t size = random() % 60;
    for (size_t k = 0; k < size; ++k) {
      text.push_back(static_cast<char>(random() % 128));
    }
    const Views fast = see(text);
    const Views slow = see_step_by_step(text);
    BOOST_REQUIRE_EQUAL(fast.plain.text, slow.plain.text);
    BOOST_REQUIRE_EQUAL(fast.squeezed.text, slow.squeezed.text);
    BOOST_REQUIRE(fast.plain.begins == slow.plain.begins);
    BOOST_REQUIRE(fast.plain.ends == slow.plain.ends);
    BOOST_REQUIRE(fast.squeezed.begins == slow.squeezed.begins);
    BOOST_REQUIRE(fast.squeezed.ends == slow.squeezed.ends);
  }
}

std::string repeated(std::string_view unit, size_t bytes) {
  std::string text;
  while (text.size() + unit.size() <= bytes) text += unit;
  return text;
}

// A quadratic step would take minutes on these; the bound leaves room for
// sanitizers and slow machines.
BOOST_AUTO_TEST_CASE(hostile_megabytes_take_linear_time) {
  for (const char* unit :
       {"\u0301", "\u0301\u0327", "\u1161", "\u0344", "\u200D", "\uFDFA", "❤",
        "微❤", "Теа", "\xF0", "&", "&#", "🇨", " \u3000", "ｶﾞ"}) {
    const std::string text = repeated(unit, kTextBytesMax);
    const auto start = std::chrono::steady_clock::now();
    const Views v = see(text);
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - start;
    BOOST_TEST(took.count() < 5.0, unit << " took " << took.count());
    check_map(v.squeezed, text);
  }
}

BOOST_AUTO_TEST_CASE(a_letter_keeps_at_most_eight_marks) {
  const Views v = see("a" + repeated("\u0334", 2 * 1000) + "b");
  BOOST_TEST(v.plain.text == "a" + repeated("\u0334", 2 * 8) + "b");
  BOOST_TEST((v.plain.original(0, 3) == Span{0, 2001}));
}

}  // namespace
}  // namespace simwarden
