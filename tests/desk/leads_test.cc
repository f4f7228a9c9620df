// SPDX-License-Identifier: Apache-2.0
#include "desk/leads.h"

#include <boost/test/unit_test.hpp>

#include "intake/intake.h"

using namespace simwarden;

namespace {

Leads leads(const Item& item, LeadsWanted wanted) {
  static const FactSchema schema;
  static const Registry registry;
  BOOST_REQUIRE(!item.bad);
  Facts facts(schema, registry);
  facts.look_at(item.record, "CN");
  return leads_of(facts, wanted);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(desk_leads)

BOOST_AUTO_TEST_CASE(a_number_in_a_link_or_a_name_of_an_account_stays_here) {
  const Item item = parse_json(
      R"({"kind":"message","text":"https://demo.test/u?n=13800138000 or demo_anna@mail.example"})",
      {});
  const Leads found = leads(item, LeadsWanted::urls);
  BOOST_REQUIRE(found.links.size() == 1u);
  BOOST_TEST(found.links[0].host == "demo.test");
  BOOST_TEST(found.links[0].registrable == "demo.test");
  BOOST_TEST(found.links[0].url.starts_with("https://demo.test/u"));
  BOOST_TEST(found.links[0].url.find("13800138000") == std::string::npos,
             found.links[0].url);
  BOOST_REQUIRE(found.emails.size() == 1u);
  BOOST_TEST(found.emails[0].find("anna") == std::string::npos,
             found.emails[0]);
  BOOST_TEST(found.emails[0].ends_with("@mail.example"));
}

BOOST_AUTO_TEST_CASE(who_wants_hosts_gets_no_address) {
  const Item item = parse_json(
      R"({"kind":"message","text":"see https://demo.test/secret"})", {});
  const Leads found = leads(item, LeadsWanted::hosts);
  BOOST_REQUIRE(found.links.size() == 1u);
  BOOST_TEST(found.links[0].host == "demo.test");
  BOOST_TEST(found.links[0].url == "");
}

BOOST_AUTO_TEST_CASE(what_html_hides_behind_a_word_is_a_lead_too) {
  const Item item = parse_mail(
      "From: a@mail.example\nContent-Type: text/html\n\n"
      "<a href='https://demo.test/x'>here</a> "
      "<a href='mailto:demo_bo@mail.example'>write</a>"
      "<a href='tel:+8613800138000'>call</a>",
      {});
  const Leads found = leads(item, LeadsWanted::urls);
  bool is_told = false;
  for (const Leads::Link& link : found.links) {
    is_told = is_told || link.host == "demo.test";
    BOOST_TEST(link.url.find("13800138000") == std::string::npos, link.url);
    BOOST_TEST(link.url.find("demo_bo") == std::string::npos, link.url);
  }
  BOOST_TEST(is_told);
}

BOOST_AUTO_TEST_CASE(a_deep_link_has_a_scheme_and_a_number_is_no_link) {
  const Item item = parse_json(
      R"({"kind":"message","text":"weixin://dl/chat?demo_x or tel:+13155550101"})",
      {});
  for (const LeadsWanted wanted : {LeadsWanted::hosts, LeadsWanted::urls}) {
    const Leads found = leads(item, wanted);
    BOOST_REQUIRE(found.links.size() == 1u);
    BOOST_TEST(found.links[0].host == "");
    BOOST_TEST(found.links[0].scheme == "weixin");
  }
}

BOOST_AUTO_TEST_CASE(a_request_leads_nowhere) {
  const Item item = parse_json(R"({"kind":"request","id":"demo-1"})", {});
  const Leads found = leads(item, LeadsWanted::urls);
  BOOST_TEST(found.links.empty());
  BOOST_TEST(found.emails.empty());
}

BOOST_AUTO_TEST_SUITE_END()
