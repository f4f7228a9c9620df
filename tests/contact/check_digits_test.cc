// SPDX-License-Identifier: Apache-2.0
#include "contact/check_digits.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

// Samples of the standards themselves, and each with one digit changed.
BOOST_AUTO_TEST_CASE(identifiers_pass_only_with_their_check_digits) {
  struct Row {
    bool (*check)(std::string_view);
    const char* text;
    bool valid;
  };
  const Row rows[] = {
      {passes_luhn, "79927398713", true},
      {passes_luhn, "79927398710", false},
      {passes_luhn, "", false},
      {is_imei, "490154203237518", true},
      {is_imei, "490154203237519", false},
      {is_imei, "4901542032375180", false},
      {is_eid, "89049032123451234512345678901235", true},
      {is_eid, "89049032123451234512345678901236", false},
      {is_eid, "8904903212345123451234567890123", false},
      {is_iccid, "8986001212345678900", true},
      {is_iccid, "8986001212345678918", true},
      {is_iccid, "8986001212345678901", false},
      {is_iccid, "8986001212345678900F", true},
      {is_iccid, "898600121234567890", true},
      {is_iccid, "1986001212345678900", false},
      {is_cn_resident_id, "11010519491231002X", true},
      {is_cn_resident_id, "11010519491231002x", true},
      {is_cn_resident_id, "110105194912310021", false},
      {is_cn_resident_id, "1101051949123100X2", false},
      {is_aadhaar, "234123412346", true},
      {is_aadhaar, "234123412347", false},
      {is_aadhaar, "134123412346", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST(row.check(row.text) == row.valid, row.text);
  }
}

BOOST_AUTO_TEST_CASE(verhoeff_finds_every_swap_of_neighbours) {
  const std::string good = "234123412346";
  for (size_t i = 1; i + 1 < good.size(); ++i) {
    std::string swapped = good;
    std::swap(swapped[i], swapped[i + 1]);
    if (swapped == good) continue;
    BOOST_TEST(!is_aadhaar(swapped), swapped);
  }
}
