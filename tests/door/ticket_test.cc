// SPDX-License-Identifier: Apache-2.0
#include "door/ticket.h"

#include <boost/test/unit_test.hpp>

// An answer with several verdicts waits for all of them: the later one alone
// says nothing of an earlier one that could not be stored.
namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(an_answer_waits_for_all_its_verdicts) {
  const Ticket several = both(both(both({}, {4, 4}), {}), {7, 7});
  BOOST_TEST(several.first == 4U);
  BOOST_TEST(several.number == 7U);
}

BOOST_AUTO_TEST_CASE(one_that_was_not_taken_is_not_made_good_by_a_later_one) {
  constexpr uint64_t kNotTaken = UINT64_MAX;  // the largest: ledger.cc
  BOOST_TEST(both({kNotTaken, 0}, {7, 7}).number == kNotTaken);
  BOOST_TEST(both({7, 7}, {kNotTaken, 0}).number == kNotTaken);
}

}  // namespace
}  // namespace simwarden
