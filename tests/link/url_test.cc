// SPDX-License-Identifier: Apache-2.0
#include "link/url.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(urls)

struct Case {
  const char* text;
  const char* href;  // "" when a browser would open nothing
};

void check(const Case& c, const Url* base = nullptr) {
  const auto url = parse_url(c.text, base);
  BOOST_TEST((url ? url->href() : "") == c.href,
             c.text << " -> " << (url ? url->href() : "nothing"));
}

const Case kAbsolute[] = {
    {"https://demo.test", "https://demo.test/"},
    {"  https://demo.test/a\tb\n ", "https://demo.test/ab"},
    {"HTTPS://Demo.Test:443/A/./B/../C?d e#f g",
     "https://demo.test/A/C?d%20e#f%20g"},
    {"http:demo.test", "http://demo.test/"},
    {"http:\\\\demo.test\\a", "http://demo.test/a"},
    {"http://a:b@demo.test", "http://a:b@demo.test/"},
    {"http://a@b@demo.test/", "http://a%40b@demo.test/"},
    {"http://@demo.test/", "http://demo.test/"},
    {"http://demo.test:/", "http://demo.test/"},
    {"http://demo.test/%zz%41", "http://demo.test/%zz%41"},
    {"http://demo.test/a/%2e%2E/b", "http://demo.test/b"},
    {"http://demo.test/é?é#é", "http://demo.test/%C3%A9?%C3%A9#%C3%A9"},
    {"http://demo.test?a'b", "http://demo.test/?a%27b"},
    {"tg://resolve?domain=demo_x", "tg://resolve?domain=demo_x"},
    {"mailto:demo@demo.test", "mailto:demo@demo.test"},
    {"tel:+1 555", "tel:+1 555"},
    {"weixin:/a/../b", "weixin:/b"},
    {"weixin:/..//b", "weixin:/.//b"},
    {"file:///C|/a/../..", "file:///C:/"},
    {"file://localhost/a", "file:///a"},
    {"", ""},
    {"demo.test", ""},
    {"//demo.test", ""},
    {"http://", ""},
    {"http://:80/", ""},
    {"http://a@/", ""},
    {"http://demo.test:65536/", ""},
    {"http://demo.test:8a/", ""},
    {"http://a b/", ""},
    {"http://a%00b/", ""},
    {"http://a^b/", ""},
};

BOOST_AUTO_TEST_CASE(a_url_is_written_as_a_browser_writes_it) {
  for (const Case& c : kAbsolute) check(c);
}

const Case kHosts[] = {
    {"http://127.1/", "http://127.0.0.1/"},
    {"http://0x7f.0.1/", "http://127.0.0.1/"},
    {"http://0300.0250.1/", "http://192.168.0.1/"},
    {"http://3232235777/", "http://192.168.1.1/"},
    {"http://0x/", "http://0.0.0.0/"},
    {"http://1.2.3.4./", "http://1.2.3.4/"},
    {"http://4294967296/", ""},
    {"http://1.2.3.256/", ""},
    {"http://1.2.3.08/", ""},
    {"http://demo.0x7/", ""},
    {"http://１２７．０．０．１/", "http://127.0.0.1/"},
    {"http://[::1]/", "http://[::1]/"},
    {"http://[1:0:0:2:0:0:0:3]/", "http://[1:0:0:2::3]/"},
    {"http://[::192.0.2.1]/", "http://[::c000:201]/"},
    {"http://[1:2:3:4:5:6:7:8:9]/", ""},
    {"http://[1::2::3]/", ""},
    {"http://[::1/", ""},
    {"http://[::1%25eth0]/", ""},
    {"http://ＤＥＭＯ。ｔｅｓｔ/", "http://demo.test/"},
    {"http://d%65mo.test/", "http://demo.test/"},
    {"http://%EF%BD%84emo.test/", "http://demo.test/"},
    {"http://demo\u00AD.test/", "http://demo.test/"},
    {"http://demo\u3164.test/", "http://demo.test/"},
    {"http://faß.test/", "http://xn--fa-hia.test/"},
    {"http://FAẞ.test/", "http://xn--fa-hia.test/"},
    {"http://bücher.test/", "http://xn--bcher-kva.test/"},
    {"http://xn--a/", "http://xn--a/"},
    {"http://é.xn--a/", ""},
    {"http://a\u200Db.test/", ""},
    {"tg://ＤＥＭＯ/", "tg://%EF%BC%A4%EF%BC%A5%EF%BC%AD%EF%BC%AF/"},
};

BOOST_AUTO_TEST_CASE(a_host_has_the_one_spelling_that_is_resolved) {
  for (const Case& c : kHosts) check(c);
}

const Case kRelative[] = {
    {"", "https://demo.test/a/b?c"},      {"d", "https://demo.test/a/d"},
    {"/d", "https://demo.test/d"},        {"//x.test/d", "https://x.test/d"},
    {"\\\\x.test/d", "https://x.test/d"}, {"https:d", "https://demo.test/a/d"},
    {"http:x.test", "http://x.test/"},    {"?d", "https://demo.test/a/b?d"},
    {"#d", "https://demo.test/a/b?c#d"},  {"../..", "https://demo.test/"},
};

BOOST_AUTO_TEST_CASE(a_reference_is_read_against_its_base) {
  const auto base = parse_url("https://demo.test/a/b?c#x");
  BOOST_REQUIRE(base);
  for (const Case& c : kRelative) check(c, &*base);
}

void check_again(const Case& c) {
  const auto url = parse_url(c.text);
  if (!url) return;
  const auto again = parse_url(url->href());
  BOOST_REQUIRE(again);
  BOOST_TEST((*again == *url), c.text << " " << again->href());
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_as_the_same_url) {
  for (const Case& c : kAbsolute) check_again(c);
  for (const Case& c : kHosts) check_again(c);
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_is_no_url) {
  const std::string text = "http://demo.test/" + std::string(kUrlBytesMax, 'a');
  BOOST_TEST(!parse_url(text));
  BOOST_TEST(parse_url(text.substr(0, kUrlBytesMax)).has_value());
}

BOOST_AUTO_TEST_CASE(punycode_of_nothing_but_ascii_is_refused_when_read) {
  BOOST_TEST(!domain_to_ascii("xn--demo-", true));
  BOOST_TEST(domain_to_ascii("xn--demo-").value() == "xn--demo-");
  BOOST_TEST(domain_to_unicode("xn--bcher-kva.test") == "bücher.test");
  BOOST_TEST(domain_to_unicode("xn--a.test") == "xn--a.test");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
