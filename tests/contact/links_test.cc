// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "link/lookalike.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(links)

Registry registry() {
  Registry r;
  r.official_domains = {"demotel.example", "airtel.in", "swift.example"};
  r.shorteners = {"demo-short.test"};
  r.disposable_mail = {"demo-drop.test"};
  r.brands = {{"demotel", "demotel.example"}, {"airtel", "airtel.in"}};
  r.short_brands = {"swift"};
  prepare(r);
  return r;
}

Followable look(std::string_view text) {
  return find_followable(see(text), registry(), "");
}

// "kind=url", parted by spaces.
std::string seen(std::string_view text) {
  std::string line;
  for (const Link& l : look(text).links) {
    line += (line.empty() ? "" : " ") + l.kind + "=" + l.url;
  }
  return line;
}

struct Case {
  const char* text;
  const char* links;
};

void check(const Case& c) {
  const std::string got = seen(c.text);
  BOOST_TEST(got == c.links, c.text << " -> " << got);
}

const Case kSpellings[] = {
    // What a browser makes of it.
    {"http:\\\\demo.test\\a\\b", "web=http://demo.test/a/b"},
    {"http:/demo.test/a", "web=http://demo.test/a"},
    {"https:///demo.test/a", "web=https://demo.test/a"},
    {"http:\\/\\/demo.test\\/a", "web=http://demo.test//a"},
    {"HTTP://DEMO.TEST/A", "web=http://demo.test/A"},
    {"http://demo.test:80/a", "web=http://demo.test/a"},
    {"http://demo.test:8443/a", "web=http://demo.test:8443/a"},
    {"http://demo.test/a/./b/../c", "web=http://demo.test/a/c"},
    {"http://%64emo.test/", "web=http://demo.test/"},
    {"http://demo%2Etest/", "web=http://demo.test/"},
    {"http://ｄｅｍｏ。ｔｅｓｔ／a", "web=http://demo.test/a"},
    {"http://demo\u3164x.test/", "web=http://demox.test/"},
    {"http://demotel.example\\@demo.test/",
     "web=http://demotel.example/@demo.test/"},
    {"http://demotel.example:pw@demo.test/",
     "web=http://demotel.example:pw@demo.test/"},
    {"http://2130706433/a", "web=http://127.0.0.1/a"},
    {"http://0x7f000001/", "web=http://127.0.0.1/"},
    {"http://0177.0.0.01/", "web=http://127.0.0.1/"},
    {"http://[2001:db8::1]/a", "web=http://[2001:db8::1]/a"},
    {"http://[2001:0DB8:0:0::1]:81/", "web=http://[2001:db8::1]:81/"},
    {"http://localhost/a", "web=http://localhost/a"},
    {"192.0.2.7/login", "web=https://192.0.2.7/login"},
    {"192.0.2.7:8080", "web=https://192.0.2.7:8080/"},
    {"version 1.2.3.4 is out", ""},
    {"http://1.2.3.4.5/", ""},
    {"http://256.1.1.1/", ""},
    {"http://demo.test:99999/", ""},
    {"http://http://demo.test/a", "web=http://demo.test/a"},
    {"http//demo.com/a", "web=https://demo.com/a"},
    {"see //demo.com/a", "web=https://demo.com/a"},
    {"1//2 and a//b", ""},
};

const Case kSlips[] = {
    {"https ://demo.example/a", "web=https://demo.example/a"},
    {"see http ://demo.example", "web=https://demo.example/"},
    {"https.//demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"https-//demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"https|//demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"https::/demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"h.t.t.p.s://demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"http(s)://demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"[https]://demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"ttps://demo.click", "web=https://demo.click/"},
    {"htp://demo.click/a", "web=https://demo.click/a"},
    {"://demo-kyc.com/a", "web=https://demo-kyc.com/a"},
    {"use https:// and http:// alike", ""},
    {"http(s)://", ""},
    {"the scheme is https ://host/path", ""},
    {"a ://b", ""},
    {"demo.com/a://demo.test", "web=https://demo.com/a://demo.test"},
    {"// demo is a comment", ""},
    // A host that runs into the next sentence.
    {"Visit evil-kyc.com.Thanks", "web=https://evil-kyc.com/"},
    {"Visit https://evil-kyc.com.Thanks", "web=https://evil-kyc.com/"},
    {"visit evil-kyc.com.Reply STOP to end", "web=https://evil-kyc.com/"},
    {"Зайдите demo-kyc.com.Спасибо", "web=https://demo-kyc.com/"},
    {"https://my.demo.com.Thanks/a", "web=https://my.demo.com/"},
    {"https://WWW.Demo.Com.Au/a", "web=https://www.demo.com.au/a"},
    {"https://Www.My.Bank.Co.In/a", "web=https://www.my.bank.co.in/a"},
    {"<a href='https://demo.com.Thanks/'>x</a>",
     "web=https://demo.com.thanks/"},
    {"we met at noon.see you.Thanks", ""},
};

BOOST_AUTO_TEST_CASE(a_slip_beside_a_host_hides_it_from_nobody) {
  for (const Case& c : kSlips) check(c);
}

BOOST_AUTO_TEST_CASE(a_link_is_what_a_browser_would_open) {
  for (const Case& c : kSpellings) check(c);
}

const Case kSurroundings[] = {
    {"[Scoped http://demo.test/a]", "web=http://demo.test/a"},
    {"(http://demo.test/a_(b))next", "web=http://demo.test/a_(b)"},
    {"http://demo.test/a_[b]", "web=http://demo.test/a_[b]"},
    {"「http://demo.test/a」", "web=http://demo.test/a"},
    {"《http://demo.test/a》", "web=http://demo.test/a"},
    {"点http://demo.test/a，退订回T", "web=http://demo.test/a"},
    {"http://demo.test/a。谢谢", "web=http://demo.test/a"},
    {"http://demo.test/aคลิก", "web=http://demo.test/a"},
    {"http://demo.test/путь?q=да",
     "web=http://demo.test/%D0%BF%D1%83%D1%82%D1%8C?q=%D0%B4%D0%B0"},
    {"加我http://demo.test/a", "web=http://demo.test/a"},
    {"seehttp://demo.test/a", "web=http://demo.test/a"},
    {"<http://demo.test/a>", "web=http://demo.test/a"},
    {"\"http://demo.test/a\"", "web=http://demo.test/a"},
    {"http://demo.test/a...", "web=http://demo.test/a"},
    {"http://demo.test/a!!", "web=http://demo.test/a"},
    {"|http://demo.test/a|b", "web=http://demo.test/a"},
    {"http://demo.test/a http://demo.test/b",
     "web=http://demo.test/a web=http://demo.test/b"},
};

BOOST_AUTO_TEST_CASE(a_link_ends_where_a_reader_ends_it) {
  for (const Case& c : kSurroundings) check(c);
}

const Case kMarkup[] = {
    {"[x](<http://demo.test/a b>)", "web=http://demo.test/a%20b"},
    {"[x](http://demo.test/a \"title\")", "web=http://demo.test/a"},
    {"[x](http://demo.test/a_(b))", "web=http://demo.test/a_(b)"},
    {"[![p](http://demo.test/p.png)](http://demo.test/a)",
     "image=http://demo.test/p.png web=http://demo.test/a"},
    {"[url=http://demo.test/A]here[/url]", "web=http://demo.test/A"},
    {"[url]http://demo.test/a[/url]", "web=http://demo.test/a"},
    {"[img]http://demo.test/a.png[/img]", "image=http://demo.test/a.png"},
    {"<a class='x' href=\"http://demo.test/A B\">x</a>",
     "web=http://demo.test/A%20B"},
    {"<A HREF=http://demo.test/a>x</A>", "web=http://demo.test/a"},
    {"<a title='a>b' href='//demo.test/a'>x</a>", "web=https://demo.test/a"},
    {"<a\nhref = 'http://demo.test/a'>x</a>", "web=http://demo.test/a"},
    {"<a href='http:demo.test/a'>x</a>", "web=http://demo.test/a"},
    {"<a href='demo.test:8080/a'>x</a>", "web=https://demo.test:8080/a"},
    {"<a href='/page'>x</a>", ""},
    {"<a href='#top'>x</a>", ""},
    {"<a href='javascript:void(0)'>x</a>", ""},
    {"<a href='file:///C:/demo/a.html'>x</a>", ""},
    {"<a href='http://demo.test/Q?a=B&amp;c=D'>x</a>",
     "web=http://demo.test/Q?a=B&c=D"},
    {"<img src=cid:1><img alt='' src='http://demo.test/p'>",
     "image=http://demo.test/p"},
    {"<form method=post action='http://demo.test/f'>",
     "web=http://demo.test/f"},
    {"<iframe src='http://demo.test/f'></iframe>", "web=http://demo.test/f"},
    {"<meta http-equiv=\"refresh\" content=\"0; url='http://demo.test/r'\">",
     "web=http://demo.test/r"},
    {"<meta http-equiv=refresh content=0;URL=http://demo.test/r>",
     "web=http://demo.test/r"},
    {"<meta name=x content='http-free words'>", ""},
};

BOOST_AUTO_TEST_CASE(a_link_in_markup_is_its_target) {
  for (const Case& c : kMarkup) check(c);
}

const Case kDeep[] = {
    {"file:///home/demo/a.html", ""},
    {"file:////demo.test/a.exe", "download=file:////demo.test/a.exe"},
    {"file://demo.test/a", "deep_link=file://demo.test/a"},
    {"intent://resolve?domain=demo_x#Intent;scheme=tg;package=a.b;end",
     "deep_link=intent://resolve?domain=demo_x#Intent;scheme=tg;package=a.b;"
     "end"},
    {"weixin://dl/business/?t=abc", "deep_link=weixin://dl/business/?t=abc"},
    {"line://ti/p/demo", "deep_link=line://ti/p/demo"},
    {"whatsapp://send?phone=15555550101",
     "deep_link=whatsapp://send?phone=15555550101"},
    {"market://details?id=a.b", "deep_link=market://details?id=a.b"},
    {"itms-services://?action=download-manifest&url=https://demo.test/a.plist",
     "download=itms-services://?action=download-manifest&url=https://demo.test/"
     "a.plist"},
    {"smsto:+15555550101:JOIN", "phone=smsto:+15555550101:JOIN"},
    {"sms:+15555550101?body=hi", "phone=sms:+15555550101?body=hi"},
    {"Tel: 555 0101", ""},
    {"[call](tel:5550101)", "phone=tel:5550101"},
    {"note: see line: 5", ""},
    {"http://demo.test/a.apk", "download=http://demo.test/a.apk"},
    {"http://demo.test/get?file=Demo.APK&v=1",
     "download=http://demo.test/get?file=Demo.APK&v=1"},
    {"http://demo.test/p.mobileconfig",
     "download=http://demo.test/p.mobileconfig"},
    {"http://demo.test/apk", "web=http://demo.test/apk"},
    {"http://demo.test/.apk", "web=http://demo.test/.apk"},
    {"http://demo.test/card.pdf.lnk", "download=http://demo.test/card.pdf.lnk"},
    {"http://demo.test/care.iso?v=1", "download=http://demo.test/care.iso?v=1"},
    {"http://demo.test/?u=demo.com", "web=http://demo.test/?u=demo.com"},
    {"http://demo.test/a.js", "web=http://demo.test/a.js"},
    {"http://demo.test/ws.dll?a=1", "web=http://demo.test/ws.dll?a=1"},
};

BOOST_AUTO_TEST_CASE(links_to_apps_and_downloads_have_their_kind) {
  for (const Case& c : kDeep) check(c);
}

BOOST_AUTO_TEST_CASE(what_an_app_link_carries_is_judged) {
  const Followable chat =
      look("intent://resolve?domain=demo_x#Intent;scheme=tg;end");
  BOOST_REQUIRE(chat.contacts.size() == 1U);
  BOOST_TEST(chat.contacts[0].kind == "telegram");
  BOOST_TEST(chat.contacts[0].value == "@demo_x");
  const Link page = look(
                        "intent://a#Intent;scheme=demo;S.browser_fallback_url="
                        "https%3A%2F%2Fdemotel-sim.test%2F;end")
                        .links.at(0);
  BOOST_TEST(page.registrable == "demotel-sim.test");
  BOOST_TEST(page.lookalike_of == "demotel.example");
  const Link profile = look(
                           "itms-services://?action=download-manifest&url="
                           "https://demotel.example.demo.test/a.plist")
                           .links.at(0);
  BOOST_TEST(profile.registrable == "demo.test");
  BOOST_TEST(profile.lookalike_reason == "brand_in_subdomain");
}

const Case kCarried[] = {
    {"https://www.demo.com/url?q=https://evil.example/a&sa=D",
     "web=https://www.demo.com/url?q=https://evil.example/a&sa=D "
     "web=https://evil.example/a"},
    {"https://demo.com/l.php?u=https%3A%2F%2Fevil.example%2Fa%3Fb%3Dc&h=1",
     "web=https://demo.com/l.php?u=https%3A%2F%2Fevil.example%2Fa%3Fb%3Dc&h=1 "
     "web=https://evil.example/a?b=c"},
    {"https://demo.com/?t=https%253A%252F%252Fevil.example",
     "web=https://demo.com/?t=https%253A%252F%252Fevil.example "
     "web=https://evil.example/"},
    {"https://demo.com/web/2024/https://evil.example/a",
     "web=https://demo.com/web/2024/https://evil.example/a "
     "web=https://evil.example/a"},
    {"https://www.google.com/amp/s/evil.example/a",
     "web=https://www.google.com/amp/s/evil.example/a "
     "web=https://evil.example/a"},
    {"demo.com/?u=http://demo.test/?u=http://evil.example/",
     "web=https://demo.com/?u=http://demo.test/?u=http://evil.example/ "
     "web=http://demo.test/?u=http://evil.example/ web=http://evil.example/"},
    {"https://a.demo.com/?next=https://b.demo.com/a",
     "web=https://a.demo.com/?next=https://b.demo.com/a"},
    {"https://demo.com/?u=https://", "web=https://demo.com/?u=https://"},
    {"https://demo.com/?u=https://localhost/",
     "web=https://demo.com/?u=https://localhost/"},
    {"https://demo.com/what-is-http-and-https",
     "web=https://demo.com/what-is-http-and-https"},
    {"<img src='https://demo.com/?u=https://demo.test/p.png'>",
     "image=https://demo.com/?u=https://demo.test/p.png"},
};

BOOST_AUTO_TEST_CASE(an_address_inside_a_link_is_a_link_of_its_own) {
  for (const Case& c : kCarried) check(c);
  const Followable chat = look("demo.com/?to=https%3A%2F%2Ft.me%2Fdemo_kai");
  BOOST_REQUIRE(chat.contacts.size() == 1U);
  BOOST_TEST(chat.contacts[0].value == "@demo_kai");
  const auto nest = look(
      "demo.com/?u=http://a.test/?u=http://b.test/?u=http://c.test/?u="
      "http://d.test/");
  BOOST_TEST(nest.links.size() == 4U);
}

const Case kBare[] = {
    {"demo-shop.click", "web=https://demo-shop.click/"},
    {"back to work.click here", ""},
    {"www.demo.xyz", "web=https://www.demo.xyz/"},
    {"президент.рф", "web=https://xn--d1abbgf6aiiy.xn--p1ai/"},
    {"https://demo\u2011kyc\u2024example/a",
     "web=https://xn--demokyc-806c.example/a"},
    {"http://✪demo.test/a", "web=http://xn--demo-9n4b.test/a"},
    {"http://\u200Bdemo.test/a", "web=http://demo.test/a"},
    {"see report.zip and main.py", ""},
    {"a.m. or p.m.", ""},
    {"ok...then", ""},
    {"see u soon.xxx", ""},
    {"demo@demo.test", ""},
    {"path/demo.com", ""},
    {"com.demo.app", ""},
    {"see you tomorrow.Info desk", ""},
    // Reserved names (RFC 6761) are on no list.
    {"pay at demo-toll.example/x today", "web=https://demo-toll.example/x"},
    {"登录demo.test点击", "web=https://demo.test/"},
    {"demo.invalid", "web=https://demo.invalid/"},
    {"say it.Test it", ""},
    // Two letters are told apart by a hyphen.
    {"zahlen: demo-paket.de", "web=https://demo-paket.de/"},
    {"update kyc demo-bank.in now", "web=https://demo-bank.in/"},
    {"it is done.in fact", ""},
    {"run my-script.py, then read-me.md", ""},
    // Words for the dot.
    {"demo-sim dot example", "web=https://demo-sim.example/"},
    {"demo-sim punto com", "web=https://demo-sim.com/"},
    {"nesse ponto com certeza", ""},
    {"데모숍.com 접속", "web=https://xn--2n1by0ljsg.com/"},
    {"بزنید.app.demo.test/a", "web=https://app.demo.test/a"},
    {"بزنید.link", ""},
    {"demo نقطة example", "web=https://demo.example/"},
    {"demo точка ru/a", "web=https://demo.ru/a"},
    {"relink at demo-sim . test / ng", "web=https://demo-sim.test/ng"},
    {"Done . Test it", ""},
    {"bank.com@evil.example/login", "web=https://bank.com@evil.example/login"},
    {"go to bank.com@evil.example/a now",
     "web=https://bank.com@evil.example/a"},
    {"demo.kai@demo.test/other@demo.test", ""},
    {"demo.kai@demo.test/a", ""},
    {"bank.com@evil.example", ""},
    {"we use asp.net and socket.io", ""},
    {"https://asp.net", "web=https://asp.net/"},
};

const Case kAsked[] = {
    {"Visit demokyc.click to keep your SIM", "web=https://demokyc.click/"},
    {"Login at demokyc.help", "web=https://demokyc.help/"},
    {"Website: demokyc.today", "web=https://demokyc.today/"},
    {"网址 demokyc.fun 补卡", "web=https://demokyc.fun/"},
    {"网址:demoka88.ink", "web=https://demoka88.ink/"},
    {"浏览器打开 demoka88.work", "web=https://demoka88.work/"},
    {"Go to simkyc24.world now", "web=https://simkyc24.world/"},
    {"Перейдите на demosim24.click", "web=https://demosim24.click/"},
    {"сайт demosim24.one", "web=https://demosim24.one/"},
    {"entra en demosim24.lol", "web=https://demosim24.lol/"},
    {"buka demosim24.me ya", "web=https://demosim24.me/"},
    {"Open AIRTELKYC.IN to keep your SIM", "web=https://airtelkyc.in/"},
    {"Open demotelkyc.in to keep your SIM", "web=https://demotelkyc.in/"},
    {"go to settings.click save", ""},
    {"go to work.today is monday", ""},
    {"visit mumbai.in summer", ""},
    {"visit me.today", ""},
    {"demo-main.cc:120:15: error, the dot com bubble, a dot com", ""},
    {"bestsⓐle.com", "web=https://bestsale.com/"},
    {"OPEN MONDAY.IN JUNE CLOSED", ""},
    {"open report2.zip and main2.py", ""},
    {"call object2.name", ""},
    {"demosim24.click", ""},
    {"the revisit demokyc.click", ""},
};

BOOST_AUTO_TEST_CASE(a_host_that_ends_in_a_word_is_one_where_it_is_asked_for) {
  for (const Case& c : kAsked) check(c);
}

BOOST_AUTO_TEST_CASE(a_bare_host_has_an_ending_that_people_write) {
  for (const Case& c : kBare) check(c);
}

BOOST_AUTO_TEST_CASE(shown_text_is_told_without_its_tags) {
  const Link link =
      look("<a href='http://demo.test/'><b>www.demotel.example</b> </a>")
          .links.at(0);
  BOOST_TEST(link.shown_text == "www.demotel.example");
  BOOST_TEST(link.shown_differs);
  const Link same =
      look("<a href='http://demo.com/'><i>www.demo.com</i></a>").links.at(0);
  BOOST_TEST(!same.shown_differs);
}

BOOST_AUTO_TEST_CASE(a_throw_away_mail_host_is_told) {
  BOOST_TEST(look("https://demo-drop.test/inbox").links.at(0).disposable);
  BOOST_TEST(!look("https://demo.test/inbox").links.at(0).disposable);
}

struct Imitation {
  const char* url;
  const char* of;
  const char* reason;
};

const Imitation kImitations[] = {
    {"https://demotel.test/", "demotel.example", "other_suffix"},
    {"https://www.demotel-sim.test/", "demotel.example", "added_word"},
    {"https://mydemotel.test/", "demotel.example", "added_word"},
    {"https://demotelkyc.test/", "demotel.example", "added_word"},
    {"https://demotel.example.demo.test/", "demotel.example",
     "brand_in_subdomain"},
    {"https://demotel.demo.test/", "demotel.example", "brand_in_subdomain"},
    {"https://demote1.test/", "demotel.example", "confusable"},
    {"https://dem0tel-sim.test/", "demotel.example", "confusable"},
    {"https://dеmotel.test/", "demotel.example", "confusable"},
    {"https://demᴏtel.test/", "demotel.example", "confusable"},
    {"https://demoteel.test/", "demotel.example", "edit_distance"},
    {"https://demoetl.test/", "demotel.example", "edit_distance"},
    {"https://demotel.example@demo.test/", "demotel.example",
     "brand_in_user_info"},
    {"https://demo.test/demotel/login", "demotel.example", "brand_in_path"},
    {"https://sim.demo.test/", "", ""},
    {"https://recharge.swift.test/", "swift.example", "other_suffix"},
    {"https://swift.test/", "", ""},
    // Honest namesakes.
    {"https://demotel.example/", "", ""},
    {"https://demotels.test/", "demotel.example", "added_word"},
    {"https://demotel-sim.gov/", "", ""},
    {"https://demotel.gov.in/", "", ""},
    {"https://fairtelecom.test/", "", ""},
    {"https://demo.test/news/demotel-opens-shop", "", ""},
    {"https://model.test/", "", ""},
};

BOOST_AUTO_TEST_CASE(an_imitation_is_told_with_its_reason) {
  for (const Imitation& c : kImitations) {
    const Followable found = look(c.url);
    BOOST_REQUIRE(found.links.size() == 1U);
    BOOST_TEST(found.links[0].lookalike_of == c.of,
               c.url << " -> " << found.links[0].lookalike_of);
    BOOST_TEST(found.links[0].lookalike_reason == c.reason,
               c.url << " -> " << found.links[0].lookalike_reason);
  }
}

BOOST_AUTO_TEST_CASE(prepared_lists_change_no_answer) {
  Registry slow = registry();
  slow.lookalikes = nullptr;
  const Registry fast = registry();
  for (const Imitation& c : kImitations) {
    const Views views = see(c.url);
    const auto a = find_followable(views, slow, "").links;
    const auto b = find_followable(views, fast, "").links;
    BOOST_TEST(a.at(0).lookalike_reason == b.at(0).lookalike_reason);
    BOOST_TEST(a.at(0).lookalike_of == b.at(0).lookalike_of);
  }
}

// All names that are one edit away from `name`.
std::vector<std::string> edits_of(const std::string& name) {
  std::vector<std::string> edits;
  for (size_t i = 0; i <= name.size(); ++i) {
    edits.push_back(name.substr(0, i) + "q" + name.substr(i));
    if (i == name.size()) break;
    edits.push_back(name.substr(0, i) + name.substr(i + 1));
    edits.push_back(name.substr(0, i) + "q" + name.substr(i + 1));
    std::string swapped = name;
    if (i + 1 < name.size()) std::swap(swapped[i], swapped[i + 1]);
    edits.push_back(swapped);
  }
  return edits;
}

BOOST_AUTO_TEST_CASE(no_name_that_is_one_edit_away_is_missed) {
  for (const std::string name : {"abcde", "abcdef", "abcdefg", "abcdefghijk"}) {
    Registry r;
    r.official_domains = {name + ".example", "other.example"};
    const LookalikeIndex index(r);
    for (const std::string& edit : edits_of(name)) {
      const auto near = index.near(edit);
      const bool found = std::any_of(near.begin(), near.end(), [&](auto& one) {
        return one.text == name && edit_distance(edit, one.text) <= 1;
      });
      BOOST_TEST(found, edit);
    }
  }
}

std::string repeated(std::string_view unit, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  return text;
}

// A quadratic finder would take minutes; the bound leaves room for sanitizers
// and slow machines.
BOOST_AUTO_TEST_CASE(hostile_links_take_linear_time) {
  constexpr size_t kMegabyte = size_t{1} << 20;
  for (const std::string_view unit : std::initializer_list<std::string_view>{
           ".",
           "/",
           "//",
           ":",
           "http://",
           "http://a",
           "http://[x]/",
           "http:\\",
           "h.t.t.p. //",
           "://a ",
           "a.com/?http://",
           "a.com/?u=http%3a%2f%2fa.com/ ",
           "a.com.Ab",
           "http://%/",
           "%",
           "%25",
           "%2e",
           "a.b,",
           "a.b@",
           "http://@",
           "://@",
           "http://a@b@",
           "[",
           "]",
           "[[",
           "](",
           "[](",
           "[x](y",
           "[url=",
           "[url]",
           "[img]",
           "<",
           "<a",
           "<a ",
           "<a href=",
           "<a href=\"",
           "<a x='<a y=\"",
           "<img src=",
           "<a href=x>",
           "<meta content=url",
           "xn--a.",
           "xn--",
           "http://xn--",
           "http://xn--a-/ ",
           "a.xn--p1ai ",
           "tel:+",
           "intent:#",
           "intent://x#Intent;scheme=intent;",
           "a-b.click ",
           "192.0.2.7/a ",
           "http://demotel-sim.test/ ",
           "demotel.",
           "а.рф ",
           "。",
           "http://。"}) {
    const std::string text = repeated(unit, kMegabyte);
    const std::clock_t start = std::clock();
    const Followable found = look(text);
    const double took =
        static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    BOOST_TEST(took < 8.0, unit << " took " << took);
    BOOST_TEST(found.links.size() <= kLinksMax);
    for (const Link& link : found.links) {
      BOOST_REQUIRE(link.span.begin < link.span.end);
      BOOST_REQUIRE(link.span.end <= text.size());
    }
    if (took > 1.0) BOOST_TEST_MESSAGE(unit << " took " << took);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
