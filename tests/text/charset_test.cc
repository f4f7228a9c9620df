// SPDX-License-Identifier: Apache-2.0
#include "text/charset.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

using How = Utf8Text::How;

struct Case {
  std::string_view bytes;
  const char* declared;
  const char* text;
  const char* charset;
  How how;
};

const Case kCases[] = {
    // UTF-8, said or not.
    {"hello", "", "hello", "utf-8", How::as_is},
    {"验证码", "", "验证码", "utf-8", How::as_is},
    {"验证码", "gb2312", "验证码", "utf-8", How::as_is},
    {"hello", "no-such-charset", "hello", "utf-8", How::as_is},
    // Byte order marks say more than a label.
    {"\xEF\xBB\xBFok", "gbk", "ok", "utf-8", How::marked},
    {"\xFF\xFE\xE1\x4F", "", "信", "utf-16le", How::marked},
    {std::string_view("\xFE\xFF\x98\x84\0a", 6), "", "预a", "utf-16be",
     How::marked},
    {std::string_view("\xFF\xFE\0\0\x61\0\0\0", 8), "", "a", "utf-32le",
     How::marked},
    // Labels, as the Encoding Standard reads them.
    {"\xD1\xE9\xD6\xA4\xC2\xEB", "GB2312", "验证码", "gb18030", How::declared},
    {"\xD1\xE9\xD6\xA4\xC2\xEB", " \"gbk\" ", "验证码", "gb18030",
     How::declared},
    {"\xB8\xC9\xA5\x64", "Big5", "補卡", "big5", How::declared},
    {"\x83\x52\x81\x5B\x83\x68", "Shift_JIS", "コード", "shift_jis",
     How::declared},
    {"caf\xE9 \x80 5", "iso-8859-1", "café € 5", "windows-1252", How::declared},
    {"\xCA\xEE\xE4", "windows-1251", "Код", "windows-1251", How::declared},
    {"\xEB\xCF\xC4", "koi8-r", "Код", "koi8-r", How::declared},
    {"\x1B$B%3!<%I\x1B(B", "iso-2022-jp", "コード", "iso-2022-jp",
     How::declared},
    {std::string_view("\0a\0b", 4), "utf-16be", "ab", "utf-16be",
     How::declared},
    // What can hide ASCII is not taken at its word.
    {"+AHQALgBtAGU-", "utf-7", "+AHQALgBtAGU-", "utf-8", How::as_is},
    {"~{<:Ky~}", "hz-gb-2312", "~{<:Ky~}", "utf-8", How::as_is},
    {"\xC1\xC2", "ibm-037", "ÁÂ", "windows-1252", How::assumed},
};

BOOST_AUTO_TEST_CASE(a_charset_is_marked_declared_or_utf8) {
  for (const Case& c : kCases) {
    const Utf8Text got = to_utf8(c.bytes, c.declared);
    BOOST_TEST(got.view.text == c.text, c.text << " / " << got.view.text);
    BOOST_TEST(got.charset == c.charset, c.text << ": " << got.charset);
    BOOST_TEST((got.how == c.how), c.text << " " << c.declared);
    BOOST_TEST(!got.cut);
  }
}

BOOST_AUTO_TEST_CASE(what_is_partly_utf8_against_its_label_is_doubted) {
  struct {
    std::string_view bytes;
    const char* declared;
    const char* doubted;
    const char* believed;
  } const rows[] = {
      {"卡卡卡卡卡卡卡卡\xBF\xA8", "gbk", "gb18030", "鍗″崱鍗″崱鍗″崱鍗″崱卡"},
      {"卡\xFF\xFF\xFF", "utf-8", "utf-8", "卡\uFFFD\uFFFD\uFFFD"},
      {"卡卡卡卡\xFF", "utf-8", "", ""},
      {"卡卡", "gbk", "", ""},
      {"\xBF\xA8", "gbk", "", ""},
      {"\xFF", "utf-8", "", ""},
      {"卡\xFF\xFF\xFF", "", "", ""},
  };
  for (const auto& [bytes, declared, doubted, believed] : rows) {
    BOOST_TEST(to_utf8(bytes, declared).doubted == doubted, bytes);
    if (*doubted == '\0') continue;
    BOOST_TEST(to_utf8_as(bytes, declared).view.text == believed, bytes);
  }
}

// ICU takes these ("replacement: find me, no real name, plane@demo_kaka88", "to
// replace a card bring your papers") for a Western text.
BOOST_AUTO_TEST_CASE(a_short_chinese_text_is_not_guessed_to_be_western) {
  BOOST_TEST(
      !detect_charset("\xB2\xB9\xBF\xA8\xD5\xD2\xCE\xD2,\xC3\xE2\xCA\xB5"
                      "\xC3\xFB,\xB7\xC9\xBB\xFA@demo_kaka88\n"));
  // Single bytes that no charset of several bytes has in this order stay.
  const auto russian = detect_charset(
      "\xCF\xF0\xE8\xED\xE5\xF1\xE8\xF2\xE5 \xEF\xE0\xF1\xEF\xEE\xF0\xF2 \xE2 "
      "\xF1\xE0\xEB\xEE\xED \xF1\xE2\xFF\xE7\xE8, \xE7\xE0\xEC\xE5\xED\xE0 "
      "\xEA\xE0\xF0\xF2\xFB");
  BOOST_TEST_REQUIRE(russian.has_value());
  BOOST_TEST(russian->charset.name == "windows-1251");
}

// "Please bring your identity card to the shop to have the card replaced."
BOOST_AUTO_TEST_CASE(a_charset_that_nobody_declared_is_detected) {
  const std::string text =
      "您好，请携带本人身份证原件到营业厅办理补卡业务，请勿将验证码告诉他人。";
  std::string gbk =
      "\xC4\xFA\xBA\xC3\xA3\xAC\xC7\xEB\xD0\xAF\xB4\xF8\xB1\xBE\xC8\xCB\xC9\xED"
      "\xB7\xDD\xD6\xA4\xD4\xAD\xBC\xFE\xB5\xBD\xD3\xAA\xD2\xB5\xCC\xFC\xB0\xEC"
      "\xC0\xED\xB2\xB9\xBF\xA8\xD2\xB5\xCE\xF1\xA3\xAC\xC7\xEB\xCE\xF0\xBD\xAB"
      "\xD1\xE9\xD6\xA4\xC2\xEB\xB8\xE6\xCB\xDF\xCB\xFB\xC8\xCB\xA1\xA3";
  for (const char* declared : {"", "us-ascii", "utf-8", "utf-7"}) {
    const Utf8Text got = to_utf8(gbk, declared);
    BOOST_TEST(got.view.text == text);
    BOOST_TEST(got.charset == "gb18030");
    BOOST_TEST((got.how == How::detected));
    BOOST_TEST(got.replaced == 0U);
    const size_t at = got.view.text.find("验证码");
    const Span span = got.view.original(at, at + 9);
    BOOST_TEST(gbk.substr(span.begin, span.size()) ==
               "\xD1\xE9\xD6\xA4\xC2\xEB");
  }
}

BOOST_AUTO_TEST_CASE(what_means_nothing_is_replaced_and_counted) {
  const std::string code = "验证码";
  const Utf8Text got =
      to_utf8(code + code + code + code + "\xFF" + code, "utf-8");
  BOOST_TEST(got.charset == "utf-8");
  BOOST_TEST(got.view.text == code + code + code + code + "\uFFFD" + code);
  BOOST_TEST(got.replaced == 1U);
  const Utf8Text gbk = to_utf8("\xD1\xE9\xFF\xD6\xA4", "gbk");
  BOOST_TEST(gbk.view.text == "验\uFFFD证");
  BOOST_TEST(gbk.replaced == 1U);
  BOOST_TEST((gbk.view.original(3, 6) == Span{2, 3}));
  const Utf8Text half = to_utf8("验\xE8\xAF", "");
  BOOST_TEST(half.view.text == "验\uFFFD");
  BOOST_TEST(half.replaced == 2U);
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_and_told) {
  const Utf8Text got = to_utf8(std::string(kCharsetBytesMax + 1, 'a'), "");
  BOOST_TEST(got.cut);
  BOOST_TEST(got.view.text.size() == kCharsetBytesMax);
}

// More than one piece of ICU's output; pairs that stand across its edge.
BOOST_AUTO_TEST_CASE(offsets_hold_over_a_long_text) {
  std::string utf16 = "\xFF\xFE";
  utf16 += std::string("a\0", 2);
  for (int i = 0; i < 5000; ++i) utf16 += "\x3D\xD8\x01\xDE";  // U+1F601
  const Utf8Text got = to_utf8(utf16);
  BOOST_REQUIRE_EQUAL(got.view.text.size(), 1U + 4 * 5000);
  for (size_t i = 0; i < 5000; ++i) {
    const auto begin = static_cast<uint32_t>(4 + 4 * i);
    BOOST_REQUIRE(
        (got.view.original(1 + 4 * i, 5 + 4 * i) == Span{begin, begin + 4}));
  }
}

BOOST_AUTO_TEST_CASE(any_bytes_in_any_charset_give_monotone_offsets) {
  std::mt19937 random(9);
  const char* const labels[] = {
      "",         "gb18030",     "big5",         "shift_jis",
      "euc-jp",   "iso-2022-jp", "euc-kr",       "utf-16le",
      "utf-32be", "windows-874", "windows-1258", "koi8-u"};
  for (int i = 0; i < 6000; ++i) {
    std::string bytes;
    const size_t size = random() % 40;
    for (size_t k = 0; k < size; ++k) {
      bytes.push_back(static_cast<char>(random() % 256));
    }
    const Utf8Text got = to_utf8(bytes, labels[random() % std::size(labels)]);
    Span last;
    for (size_t k = 0; k < got.view.text.size(); ++k) {
      const Span span = got.view.original(k, k + 1);
      BOOST_REQUIRE_LT(span.begin, span.end);
      BOOST_REQUIRE_LE(span.end, bytes.size());
      BOOST_REQUIRE_LE(last.begin, span.begin);
      BOOST_REQUIRE_LE(last.end, span.end);
      last = span;
    }
  }
}

// ---- labels ----

BOOST_AUTO_TEST_CASE(icu_has_every_charset_of_the_table) {
  const std::vector<std::string> labels = charset_labels();
  BOOST_TEST(labels.size() > 200U);
  for (const std::string& label : labels) {
    const auto charset = find_charset(label);
    BOOST_REQUIRE_MESSAGE(charset, label);
    BOOST_TEST(find_charset(charset->name)->name == charset->name, label);
    if (charset->is_utf8()) continue;
    std::string text;
    CharsetStream stream(*charset);
    const std::string wide("\0o\0k", 4);
    const std::string little("o\0k\0", 4);
    const bool big = charset->name == "utf-16be";
    const std::string bytes = !charset->is_wide() ? "ok" : big ? wide : little;
    stream.decode(bytes, true, text);
    BOOST_TEST(text == "ok", label);
  }
}

BOOST_AUTO_TEST_CASE(labels_that_say_nothing_or_hide_ascii_are_refused) {
  for (const char* label : {"", "gkb", "ascii", "utf-7", "hz-gb-2312",
                            "iso-2022-kr", "ibm-037", "scsu"}) {
    BOOST_TEST(!find_charset(label), label);
  }
}

BOOST_AUTO_TEST_CASE(those_that_hide_ascii_are_found_by_whoever_asks_for_them) {
  for (const char* label : {"UTF-7", "hz-gb-2312", "iso-2022-cn", "iso-2022-kr",
                            "ibm037", "scsu"}) {
    BOOST_TEST(find_hiding_charset(label).has_value(), label);
  }
  for (const char* label : {"", "gkb", "us-ascii", "utf-8", "gb2312",
                            "windows-1252", "iso-2022-jp", "utf-16"}) {
    BOOST_TEST(!find_hiding_charset(label), label);
  }
  BOOST_TEST(to_utf8_as("+U2E-", "utf-7").view.text == "卡");
}

// ---- streams ----

std::string random_bytes(std::mt19937& random, size_t size) {
  // Many line feeds, next to whatever can swallow one.
  std::string bytes;
  for (size_t k = 0; k < size; ++k) {
    bytes.push_back(random() % 4 == 0 ? '\n'
                                      : static_cast<char>(random() % 256));
  }
  return bytes;
}

BOOST_AUTO_TEST_CASE(no_broken_character_swallows_a_line_feed) {
  std::mt19937 random(5);
  for (const std::string& label : charset_labels()) {
    const auto charset = find_charset(label);
    if (charset->is_wide() || charset->is_utf8()) continue;
    if (label != charset->name) continue;
    CharsetStream stream(*charset);
    for (int i = 0; i < 300; ++i) {
      const std::string bytes = random_bytes(random, 60);
      std::string text;
      stream.decode(bytes, true, text);
      BOOST_REQUIRE_EQUAL(std::count(text.begin(), text.end(), '\n'),
                          std::count(bytes.begin(), bytes.end(), '\n'));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_stream_in_pieces_is_the_stream) {
  std::mt19937 random(6);
  for (const std::string& label : charset_labels()) {
    const auto charset = find_charset(label);
    if (label != charset->name || charset->is_utf8()) continue;
    for (int i = 0; i < 100; ++i) {
      // The first one is longer than any buffer.
      const std::string bytes = random_bytes(random, i == 0 ? 20000 : 50);
      std::string whole;
      CharsetStream one(*charset);
      one.decode(bytes, true, whole);
      std::string pieces;
      CharsetStream many(*charset);
      for (const char& byte : bytes) {
        many.decode(std::string_view(&byte, 1), false, pieces);
      }
      many.decode({}, true, pieces);
      BOOST_REQUIRE_EQUAL(pieces, whole);
      BOOST_REQUIRE_EQUAL(many.broken(), one.broken());
      BOOST_REQUIRE_EQUAL(one.broken(),
                          std::count(whole.begin(), whole.end(), '\xFF'));
    }
  }
}

}  // namespace
}  // namespace simwarden
