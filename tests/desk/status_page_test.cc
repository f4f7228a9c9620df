// SPDX-License-Identifier: Apache-2.0
#include "desk/status_page.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

bool shows(const std::string& page, std::string_view text) {
  return page.find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(status_page)

BOOST_AUTO_TEST_CASE(whatever_a_name_says_is_text_and_no_markup) {
  const std::string hostile = "<script>alert(\"1\")</script>&";
  LedgerCounts ledger;
  ledger.well = false;
  ledger.trouble = hostile;
  const std::string page = draw_status({.digest = hostile,
                                        .packs = {hostile},
                                        .profile = hostile,
                                        .doors = {{.name = hostile,
                                                   .protocol = hostile,
                                                   .place = hostile,
                                                   .counts = {}}},
                                        .ledger = ledger,
                                        .last_trouble = hostile});
  BOOST_TEST(!shows(page, "<script"));
  BOOST_TEST(!shows(page, "</script>&<"));
  size_t times = 0;
  constexpr std::string_view kEscaped = "&lt;script&gt;";
  for (size_t at = page.find(kEscaped); at != page.npos;
       at = page.find(kEscaped, at + 1)) {
    ++times;
  }
  BOOST_TEST(times == 8u);
}

BOOST_AUTO_TEST_CASE(counts_stand_under_their_heads) {
  const std::string page =
      draw_status({.doors = {{.name = "desk",
                              .protocol = "http",
                              .place = "tcp",
                              .counts = {.actions = {11, 12, 13, 14},
                                         .unreadable = 15,
                                         .connections = 16}}}});
  BOOST_TEST(shows(page,
                   "<th>pass<th>review<th>hold<th>refuse<th>unreadable"
                   "<th>connections"));
  BOOST_TEST(shows(page,
                   "<td>desk<td class=t>http<td class=t>tcp<td>11<td>12<td>13"
                   "<td>14<td>15<td>16</tr>"));
  BOOST_TEST(shows(page, "Nothing is stored."));
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_is_no_store_that_is_well) {
  LedgerCounts ledger;
  ledger.well = false;
  ledger.trouble = "no space";
  const std::string ill = draw_status({.ledger = ledger});
  BOOST_TEST(shows(ill, "The store failed: no space"));
  BOOST_TEST(!shows(ill, "Verdicts are being stored."));
}

BOOST_AUTO_TEST_SUITE_END()
