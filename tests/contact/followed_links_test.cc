// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

const Case kLinks[] = {
    {"see https://Demo.Test/A?b=C.", "web=https://demo.test/A?b=C"},
    {"请点击http://demo.test点击查看", "web=http://demo.test/"},
    {"(see http://demo.test/a_(b)).", "web=http://demo.test/a_(b)"},
    {"【http://demo.test/x】", "web=http://demo.test/x"},
    {"hxxp://demo[.]com/a", "web=http://demo.com/a"},
    {"visit demo dot com today", "web=https://demo.com/"},
    {"demo。com/a", "web=https://demo.com/a"},
    {"www.demo-shop.in", "web=https://www.demo-shop.in/"},
    {"demo-shop.com.my", "web=https://demo-shop.com.my/"},
    {"bit.ly/AbC12", "short_link=https://bit.ly/AbC12"},
    {"http://demo.test/app.APK?x", "download=http://demo.test/app.APK?x"},
    {"![p](https://i.postimg.cc/demo/a.png)",
     "image=https://i.postimg.cc/demo/a.png"},
    {"[x](demo.test/a)[y](http://demo.test/b)",
     "web=https://demo.test/a web=http://demo.test/b"},
    {"[x](tel:+15555550101)", "phone=tel:+15555550101"},
    {"mailto:demo@demo.test", "mail=mailto:demo@demo.test"},
    {"market://details?id=demo", "deep_link=market://details?id=demo"},
    {"http://3232235777/x", "web=http://192.168.1.1/x"},
    {"http://0x7f.1/", "web=http://127.0.0.1/"},
    {"http://demo.test:8080/a", "web=http://demo.test:8080/a"},
    {"http://u:p@demo.test/a", "web=http://u:p@demo.test/a"},
    {"https://bücher.test/x", "web=https://xn--bcher-kva.test/x"},
    {"t\u200B.me/demo_x", "messenger=https://t.me/demo_x"},
    {"<a href='http://demo.test/q?a=1&amp;b=2'>x</a>",
     "web=http://demo.test/q?a=1&b=2"},
    {"LPA:1$smdp.example.com$ABCD-1234", ""},
};

BOOST_AUTO_TEST_CASE(links_are_found_as_they_would_be_followed) {
  for (const Case& c : kLinks) {
    const std::string seen = links_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

BOOST_AUTO_TEST_CASE(a_link_tells_what_is_odd_about_it) {
  const Link ip = look("http://0300.0250.1.1:8080/").links.at(0);
  BOOST_TEST((ip.is_ip && ip.port == 8080U && ip.registrable.empty()));
  const Link mixed = look("www.аirtel.in").links.at(0);
  BOOST_TEST((mixed.is_idn && mixed.mixed_script && mixed.disguised));
  BOOST_TEST(mixed.host == "www.xn--irtel-3ve.in");
  BOOST_TEST(mixed.lookalike_of == "airtel.in");
  BOOST_TEST(mixed.lookalike_reason == "confusable");
  const Link page = look("https://demo.github.io/a").links.at(0);
  BOOST_TEST(page.free_hosting);
  BOOST_TEST(page.registrable == "demo.github.io");
  const Link handle = look("[@Demo_x](https://t.me/s/demo_x)").links.at(0);
  BOOST_TEST((!handle.shown_differs && handle.shown_text == "@demo_x"));
  for (const char* dressed :
       {"[TG💬 @demo_x](https://t.me/demo_x)", "[💬@demo_x](t.me/demo_x)",
        "[**@demo_x**](https://t.me/demo_x)", "[@demo_y](https://t.me/demo_x)",
        "[@demo_x](https://demo.test/demo_x)"}) {
    BOOST_TEST(look(dressed).links.at(0).shown_differs, dressed);
  }
  const Link other =
      look("<a href=\"https://demo.test/\">www.10086.cn</a>").links.at(0);
  BOOST_TEST((other.shown_differs && other.shown_text == "www.10086.cn"));
  const Link same = look("[www.demo.com](https://demo.com/a)").links.at(0);
  BOOST_TEST(!same.shown_differs);
  const Link official = look("http://www.10086.cn/x").links.at(0);
  BOOST_TEST((official.official && official.lookalike_of.empty()));
  BOOST_TEST(look("https://t.me/demo_operator").links.at(0).official);
  BOOST_TEST(!look("https://t.me/demo_other").links.at(0).official);
}

struct LookalikeCase {
  const char* host;
  const char* of;
  const char* reason;
};

const LookalikeCase kLookalikes[] = {
    {"10086.cn", "", ""},
    {"wap.10086.cn", "", ""},
    {"hk.demo-official.test", "", ""},
    {"10086.cn.demo.top", "10086.cn", "brand_in_subdomain"},
    {"demo-10086.invalid", "10086.cn", "added_word"},
    {"l0086.top", "10086.cn", "confusable"},
    {"china-mobile.top", "chinamobile.com", "edit_distance"},
    {"mychinarnobile.top", "chinamobile.com", "confusable"},
    {"a1rtel.top", "airtel.in", "confusable"},
    {"airtell.in", "airtel.in", "edit_distance"},
    {"artel.in", "airtel.in", "edit_distance"},
    {"maxsi.com.my", "maxis.com.my", "edit_distance"},
    {"аirtel.in", "airtel.in", "confusable"},
    {"ee-sim.top", "ee.co.uk", "added_word"},
    {"maxim.com.my", "", ""},
    {"ee.dance", "", ""},
    {"fairtelecom.com", "", ""},
    {"exemple-of-trees.com", "", ""},
    {"greenhouse.net", "", ""},
    {"airtel.test", "airtel.in", "other_suffix"},
    {"www.maxis.com", "maxis.com.my", "other_suffix"},
    {"10086.top", "10086.cn", "other_suffix"},
    {"example.co.uk", "example.com", "other_suffix"},
    {"airtel-kyc.test", "airtel.in", "added_word"},
    {"192.168.0.1", "", ""},
    {"", "", ""},
    {"not a host", "", ""},
};

BOOST_AUTO_TEST_CASE(hosts_that_imitate_an_operator_are_named) {
  for (const LookalikeCase& c : kLookalikes) {
    const Link link = examine_host(c.host, demo_registry());
    BOOST_TEST(link.lookalike_of == c.of,
               c.host << " -> " << link.lookalike_of);
    BOOST_TEST(link.lookalike_reason == c.reason,
               c.host << " -> " << link.lookalike_reason);
  }
}

// Of operators that nobody has written down as brands.
const LookalikeCase kUnbranded[] = {
    {"demotelecom.com.login.test", "demotelecom.com", "brand_in_subdomain"},
    {"www.demotelecom.com.mx-login.top", "demotelecom.com",
     "brand_in_subdomain"},
    {"demotelecom.com-login.test", "demotelecom.com", "brand_in_subdomain"},
    {"xdemotelecom.com.login.test", "", ""},
    {"secure-demotelecom.top", "demotelecom.com", "added_word"},
    {"demotelecom-ayuda.com", "demotelecom.com", "added_word"},
    {"demotelecomayuda.com", "", ""},
    {"demotel-login.top", "demotel.test", "added_word"},
    {"demotel-garten.top", "", ""},
    {"demotelecom.login.test", "", ""},
    {"www.demoauthority-news.test", "", ""},
    {"demoauthority.gov.in.login.test", "demoauthority.gov.in",
     "brand_in_subdomain"},
};

BOOST_AUTO_TEST_CASE(an_official_domain_that_is_no_brand_is_imitated_as_well) {
  Registry registry = demo_registry();
  for (const char* domain :
       {"demotelecom.com", "demotel.test", "demoauthority.gov.in"}) {
    registry.official_domains.insert(domain);
  }
  for (const LookalikeCase& c : kUnbranded) {
    const Link link = examine_host(c.host, registry);
    BOOST_TEST(link.lookalike_of == c.of,
               c.host << " -> " << link.lookalike_of);
    BOOST_TEST(link.lookalike_reason == c.reason,
               c.host << " -> " << link.lookalike_reason);
  }
}

BOOST_AUTO_TEST_CASE(a_brand_in_path_or_user_info_is_named) {
  const Link user = look("http://10086.cn@demo.test/").links.at(0);
  BOOST_TEST(user.user_info);
  BOOST_TEST(user.lookalike_reason == "brand_in_user_info");
  const Link path = look("http://demo.test/www.10086.cn/login").links.at(0);
  BOOST_TEST(path.lookalike_reason == "brand_in_path");
  const Link news = look("http://demo.test/news/airtel-opens-shop").links.at(0);
  BOOST_TEST(news.lookalike_of == "");
}

BOOST_AUTO_TEST_CASE(registrable_domains_follow_the_public_suffix_list) {
  BOOST_TEST(registrable_domain("a.b.Demo.co.uk") == "demo.co.uk");
  BOOST_TEST(registrable_domain("demo.com.cn") == "demo.com.cn");
  BOOST_TEST(registrable_domain("co.uk") == "");
  BOOST_TEST(registrable_domain("192.168.0.1") == "");
  BOOST_TEST(registrable_domain("") == "");
}

}  // namespace
}  // namespace simwarden
