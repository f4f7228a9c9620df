// SPDX-License-Identifier: Apache-2.0
#include "spelling/reversed_links.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

struct LinkCase {
  const char* text;
  const char* links;
  const char* contacts = "";
};

const LinkCase kCases[] = {
    {"elpmaxe.omed read right to left", "web=https://demo.example/"},
    {"read it backwards: moc.cyk-omed", "web=https://demo-kyc.com/"},
    {"backwards: ni/moc.cykomed//:sptth.", "web=https://demokyc.com/in"},
    {"iak_omed/em.t read backwards", "messenger=https://t.me/demo_kai",
     "telegram=@demo_kai~styled"},
    {"倒着读 elpmaxe.omed", "web=https://demo.example/"},
    {"задом наперёд: ur.cykomed", "web=https://demokyc.ru/"},
    {"write me, reverse it: elpmaxe.omed@iak", "",
     "email=kai@demo.example~styled"},
    // Honest.
    {"elpmaxe.omed", ""},
    {"visit demo.example, not backwards", "web=https://demo.example/"},
    {"reverse the charge at pot.example", "web=https://pot.example/"},
    {"we walked backwards. Ten.more days", ""},
};

BOOST_AUTO_TEST_CASE(links_are_read_from_their_end_where_that_is_told) {
  for (const LinkCase& c : kCases) {
    const Followable found = look(c.text);
    BOOST_TEST(links_line(found) == c.links,
               c.text << " -> " << links_line(found));
    BOOST_TEST(contacts_line(found) == c.contacts,
               c.text << " -> " << contacts_line(found));
  }
}

// Behind U+202E, to U+202C or the end of the line.
const LinkCase kOverridden[] = {
    {"sims \u202Eiak_omed/em.t\u202C now", "messenger=https://t.me/demo_kai",
     "telegram=@demo_kai~styled"},
    {"\u202Emoc.cyk-omed//:sptth", "web=https://demo-kyc.com/"},
    {"call \u202E321 009 0077 44+\nnext line", "",
     "phone=+447700900123~digit_words"},
    {"\u202Eiak_omed@ margelet\u202C", "", "telegram=@demo_kai~styled"},
    {"\u202Eelpmaxe.omed@iak\u202C, \u202Eelpmaxe.omed@akai\u202C", "",
     "email=kai@demo.example~styled email=iaka@demo.example~styled"},
    // As it stands: right to left anyway, or ended before.
    {"\u202Eשלום iak_omed/em.t", ""},
    {"\u202E\u202Ciak_omed/em.t", ""},
};

BOOST_AUTO_TEST_CASE(overridden_text_is_read_as_it_is_shown) {
  for (const LinkCase& c : kOverridden) {
    const Followable found = look(c.text);
    BOOST_TEST(links_line(found) == c.links,
               c.text << " -> " << links_line(found));
    BOOST_TEST(contacts_line(found) == c.contacts,
               c.text << " -> " << contacts_line(found));
  }
}

const LinkCase kStruck[] = {
    {"visit d\u0336e\u0336m\u0336o\u0336.\u0336e\u0336x\u0336a\u0336m\u0336"
     "p\u0336l\u0336e\u0336",
     "web=https://demo.example/"},
    {"https://d\u0336e\u0336m\u0336o.example/a", "web=https://demo.example/a"},
    {"t\u0336.\u0336m\u0336e\u0336/\u0336demo_kai",
     "messenger=https://t.me/demo_kai", "telegram=@demo_kai~styled"},
    // An accent is a letter's own.
    {"m\u00FCller.example", "web=https://xn--mller-kva.example/"},
};

BOOST_AUTO_TEST_CASE(hosts_are_read_without_the_strokes_through_them) {
  for (const LinkCase& c : kStruck) {
    const Followable found = look(c.text);
    BOOST_TEST(links_line(found) == c.links,
               c.text << " -> " << links_line(found));
    BOOST_TEST(contacts_line(found) == c.contacts,
               c.text << " -> " << contacts_line(found));
  }
}

}  // namespace
}  // namespace simwarden
