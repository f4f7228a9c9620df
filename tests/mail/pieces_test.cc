// SPDX-License-Identifier: Apache-2.0
// The small steps of reading a mail, each by a table.
#include <boost/test/unit_test.hpp>

#include "mail/authentication.h"
#include "mail/cards.h"
#include "mail/file_types.h"
#include "mail/flowed.h"
#include "mail/header_fields.h"
#include "mail/header_text.h"
#include "mail/html.h"
#include "mail/html_markup.h"
#include "mail/words.h"

using namespace simwarden;

namespace {

struct Pair {
  std::string_view from;
  std::string_view to;
};

std::string shown_results(std::string_view value) {
  const auto results = read_authentication(value, "mx.example");
  if (!results) return "not ours";
  std::string out;
  for (const AuthenticationResult& one : *results) {
    out += one.method + "=" + one.result + "(" + one.domain + ") ";
  }
  return out;
}

std::string shown_header(std::string_view mail) {
  const HeaderFields header = read_header(mail);
  std::string out;
  for (const MimeHeader& field : header.fields) {
    out += small_letters(field.name) + "=";
    out.append(field.value) += "|";
  }
  return out + " " + header.mime + "/" + std::string(header.body);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_small_byte_is_seen_wherever_it_stands) {
  for (size_t size = 0; size < 40; ++size) {
    for (const char around : {' ', '~', '\x80', '\xff'}) {
      const std::string text(size, around);
      BOOST_TEST(!holds_byte_up_to('\r', text));
      for (size_t at = 0; at < size; ++at) {
        std::string with = text;
        for (const char c : {'\0', '\t', '\r'}) {
          with[at] = c;
          BOOST_TEST(holds_byte_up_to('\r', with));
        }
        with[at] = '\x0e';
        BOOST_TEST(!holds_byte_up_to('\r', with));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_header_is_parted_into_fields) {
  using namespace std::string_view_literals;
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"A: b\n\nc", "a=b| /c"},
      {"A: b\r\n\r\nc\n", "a=b| /c\n"},
      {"A: b\n c\n\td \n\ne", "a=b c\td| /e"},
      {"A:\n\ne", "a=| /e"},
      {"A: b", "a=b| /"},
      {"A : b\nC:d\n", "a=b|c=d| /"},
      // What stands inside is no field, with the lines folded behind it.
      {"A: b\nno field\n c\nD: e\n\nf", "a=b|d=e| /f"},
      {"A: b\nno name: c\nD: e\n\nf", "a=b|d=e| /f"},
      {"A: b\nC\x01: c\n\nf", "a=b| /f"},
      // A mail that was cut short in the middle of a name.
      {"A: b\nSubj", "a=b| /"},
      // No field at the front: no mail.
      {"no field\nA: b\n\nc", " /"},
      {" folded: b\n\nc", " /"},
      {"\nA: b", " /A: b"},
      {"", " /"},
      // GMime reads these, as they stand.
      {"A: b\nContent-Type: x;\r\n y=z\r\nC: d\ncontent-id: e\n\nf",
       "a=b|content-type=x; y=z|c=d|content-id=e| "
       "Content-Type: x;\r\n y=z\r\ncontent-id: e\n/f"},
      {"Content-Type: x", "content-type=x| Content-Type: x\n/"},
      {"A: b\0c\n\nd\0"sv, "a=bc| /d\0"sv},
  };
  for (const auto& [mail, expected] : rows) {
    BOOST_TEST(shown_header(mail) == expected, mail);
  }
}

BOOST_AUTO_TEST_CASE(header_fields_are_decoded_word_by_word) {
  const Pair rows[] = {
      {"plain", "plain"},
      {"=?utf-8?q?a_b=20c?=", "a b c"},
      {"=?UTF-8?B?5Y2h?=", "卡"},
      {"=?utf-8*en?B?5Y2h?=", "卡"},
      {"a =?utf-8?B?5Y2h?= b", "a 卡 b"},
      {"=?utf-8?B?5Y2h?= =?utf-8?B?5Y2h?=", "卡卡"},
      {"=?utf-8?B?5Y?= =?utf-8?B?2h?=", "卡"},
      {"=?gb2312?B?v6g=?=", "卡"},
      {"=?x-nothing?Q?abc?=", "abc"},
      {"=?utf-8?Z?abc?=", "=?utf-8?Z?abc?="},
      {"=?utf-8?Q?abc", "=?utf-8?Q?abc"},
      {"=?", "=?"},
      {"a =? b ?= c", "a =? b ?= c"},
      {"=?utf-8?Q?a=0D=0ABcc:_x?=", "a  Bcc: x"},
      // Some UTF-8 behind it does not make a word UTF-8.
      {"=?gbk?Q?=B2=B9=BF=A8=E6=B5=8B=E8=AF=95=E6=B5=8B=E8=AF=95=E6=B5=8B=E8="
       "AF=95=E6=B5=8B=E8=AF=95?=",
       "补卡娴嬭瘯娴嬭瘯娴嬭瘯娴嬭瘯"},
      {"", ""},
  };
  for (const Pair& row : rows) {
    BOOST_TEST(header_text(row.from, "") == row.to, row.from);
  }
}

BOOST_AUTO_TEST_CASE(flowing_lines_are_joined) {
  const Pair rows[] = {
      {"a \nb\n", "a b"},
      {"a\nb", "a\nb"},
      {"> a \n> b", "> a b"},
      {"> a \nb", "> a \nb"},
      {"-- \nb", "-- \nb"},
      {" >x", ">x"},
      {"", ""},
      {" \n \n", ""},
  };
  for (const Pair& row : rows) {
    const std::string out = unflowed(row.from, false);
    BOOST_TEST(out == row.to, row.from << " gave " << out);
  }
  BOOST_TEST(unflowed("a \nb", true) == "ab");
}

BOOST_AUTO_TEST_CASE(authentication_results_are_those_of_the_receiver) {
  const Pair rows[] = {
      {"mx.example; spf=pass smtp.mailfrom=a@b.example",
       "spf=pass(b.example) "},
      {"MX.Example 1; none", ""},
      {"other.example; spf=pass", "not ours"},
      {"mx.example.evil.test; spf=pass", "not ours"},
      {"mx.example; dkim=pass (2048; ok) header.d=b.example; dmarc = fail",
       "dkim=pass(b.example) dmarc=fail() "},
      {"mx.example (a (nested) one); dmarc/1=pass header.from=b.example",
       "dmarc=pass(b.example) "},
      {"", "not ours"},
      {"mx.example", ""},
      {"mx.example; =x; ;", ""},
  };
  for (const Pair& row : rows) {
    const std::string out = shown_results(row.from);
    BOOST_TEST(out == row.to, row.from << " gave " << out);
  }
}

BOOST_AUTO_TEST_CASE(cards_show_what_a_program_shows) {
  const Pair rows[] = {
      {"SUMMARY:a\\, b\nX-OTHER:c\n", "a, b\n"},
      {"DESCRIPTION;ALTREP=\"x:y\":one\\ntwo\n", "one\ntwo\n"},
      {"DESCRIPTION:long\n  line\n", "long line\n"},
      {"item1.tel:+1 555\n", "+1 555\n"},
      {"ATTACH;ENCODING=BASE64:AAAA\n", ""},
      {"ATTACH;ENCODING=b:YSBmaWxl\n", "a file\n"},
      // What is said of base64 elsewhere, and what is none of it, is shown.
      {"FN;X=encoding=b:a b\n", "a b\n"},
      {"FN;X-A=\"encoding=b\":a b\n", "a b\n"},
      {"DESCRIPTION;ENCODING=BOGUS:a b\n", "a b\n"},
      {"FN;ENCODING=b:a b @c\n", "a b @c\n"},
      {"NOTE;VALUE=TEXT;ENCODING=B:c2hvd24=\n", "shown\nc2hvd24=\n"},
      {"DESCRIPTION;X-A=\"text/html\":<a b> c\n", "<a b> c\n"},
      {"X-ALT-DESC;FMTTYPE=text/html:<p>a<a "
       "href=\"https://demo.test/\">b</a>\n",
       "ab\nhttps://demo.test/\n"},
      {"ORGANIZER;CN=\"a; b\":mailto:c@d.example\n",
       "a; b mailto:c@d.example\n"},
      {"IMPP;X-SERVICE-TYPE=Telegram:x-apple:demo_a\n", "Telegram demo_a\n"},
      {"X-SocialProfile;type=twitter:https://demo.test/\n",
       "twitter https://demo.test/\n"},
      {"NOTE;ENCODING=QUOTED-PRINTABLE:one=20=\r\ntwo=\n\nFN:x\n",
       "one two\nx\n"},
      {"NOTE:one=\nFN:x\n", "one=\nx\n"},
      {"summary:\n", ""},
      {"no colon", ""},
      {"", ""},
  };
  for (const Pair& row : rows) {
    const std::string out = card_text(row.from);
    BOOST_TEST(out == row.to, row.from << " gave " << out);
  }
}

BOOST_AUTO_TEST_CASE(links_are_resolved_against_the_base) {
  const std::string base = "https://a.example/dir/page?q#f";
  const Pair rows[] = {
      {"https://b.example/", "https://b.example/"},
      {"mailto:x@b.example", "mailto:x@b.example"},
      {"//b.example/x", "https://b.example/x"},
      {"/x", "https://a.example/x"},
      {"x", "https://a.example/dir/x"},
      {"?y", "https://a.example/dir/?y"},
  };
  for (const Pair& row : rows) {
    const std::string out = resolve_link(base, row.from);
    BOOST_TEST(out == row.to, row.from << " gave " << out);
  }
  BOOST_TEST(resolve_link("https://a.example", "x") == "https://a.example/x");
  BOOST_TEST(resolve_link("", "x") == "x");
  BOOST_TEST(resolve_link("nothing", "x") == "x");
}

BOOST_AUTO_TEST_CASE(an_element_has_a_bounded_number_of_attributes) {
  const auto many = [](size_t count, std::string_view one) {
    std::string html = "<p>x</p><a";
    for (size_t i = 0; i < count; ++i) html += one;
    return plain_markup(html + ">y</a>");
  };
  for (const std::string_view one :
       {" a", " a=1", " a='1 2'", " a = \"b\"", "/a", " <a", "\na=<b"}) {
    BOOST_TEST(!many(kHtmlAttributesMax / 4, one).cut, one);
    BOOST_TEST(many(3 * kHtmlAttributesMax, one).cut, one);
    BOOST_TEST(many(3 * kHtmlAttributesMax, one).html == "<p>x</p>", one);
  }
}

BOOST_AUTO_TEST_CASE(markup_is_read_as_browsers_do) {
  const Pair rows[] = {
      {"a<!-->b<!-- -->c", "abc"},
      {"a<!--->b<!-- -->c", "abc"},
      {"a<!-- x --!>b<!-- -->c", "abc"},
      {"a<!-- x -- >b -->c", "ac"},
      {"a<!-- unclosed", "a"},
      {"a</>b", "ab"},
      {"a</ b>c", "ac"},
      {"a < b", "a < b"},
      {"a<3 b", "a<3 b"},
      {"a<![CDATA[b]]>c", "ac"},
      {"a<?php x ?>c", "ac"},
      {"a<!foo>c", "ac"},
      {"<html><head><font>shown", "shown"},
      {"<html><head>text", "text"},
      {"<head><x-y>text", "text"},
      {"<object data=x>fallback</object>", "fallback"},
      {"<p>a<p>b", "a\n\nb"},
      {"<div>a</div>b", "a\nb"},
      {"a<b>b</b>c", "abc"},
      {"<b>a</i></b>c", "ac"},
      {"</div></p></body></html>a<b>b</b>c", "abc"},
      {"a<script>b</x>c</script>d", "ad"},
      {"a<script>'<!--'</script>d", "ad"},
      {"a<title>b<p>c</title>d", "ad"},
      {"a<noscript>b</noscript>c", "abc\n\nac"},
      {"a<xmp><b>&amp;</xmp>", "a<b>&amp;"},
      {"<textarea><b>&amp;</b></textarea>", "<b>&</b>"},
      {"a<iframe>b</iframe>c", "ac"},
      {"&#x41;&#65;&lt;&amp;lt;", "AA<&lt;"},
      {"a\fb", "a b"},
      {"<p class=a>x</p>y<style>.a{display:none}</style>", "y"},
      {"<a title='<!--' href='#'>x</a>y", "xy"},
      {"<a title=\">\" b>x</a>", "x"},
      {"a<p", "a"},
      {"<base href='x'><div style='display:none'>a</span></div>b", "b"},
  };
  for (const Pair& row : rows) {
    const ShownHtml shown = read_html(row.from);
    BOOST_TEST(shown.text == row.to, row.from << " gave " << shown.text);
    BOOST_TEST(shown.faults.empty(), row.from);
  }
}

BOOST_AUTO_TEST_CASE(the_charset_of_a_page_is_in_its_front) {
  const Pair rows[] = {
      {"<meta charset=gbk>", "gbk"},
      {"<META http-equiv='Content-Type' content='text/html; charset=Big5'>",
       "big5"},
      {"<meta name=x><meta charset='utf-8'/>", "utf-8"},
      {"<p>charset=gbk", ""},
      {"<meta charset", ""},
  };
  for (const Pair& row : rows) {
    BOOST_TEST(html_charset(row.from) == row.to, row.from);
  }
}

BOOST_AUTO_TEST_CASE(first_bytes_tell_a_file) {
  using namespace std::string_view_literals;
  const Pair rows[] = {
      {"%PDF-1.7", "application/pdf"},
      {"\x89PNG\r\n\x1a\n"sv, "image/png"},
      {"RIFF\1\2\3\4WEBPVP8 "sv, "image/webp"},
      {"PK\x03\x04"sv, "application/zip"},
      {"MZ are two letters of a text that is long enough for a header, yes",
       ""},
      {"BM is short", ""},
      {" <!DOCTYPE html><p>", "text/html"},
      {"", ""},
  };
  for (const Pair& row : rows) {
    BOOST_TEST(detect_file_type(row.from) == row.to, row.from);
  }
}
