// SPDX-License-Identifier: Apache-2.0
#include "scan/gate.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_gate_demands_what_every_match_must_hold) {
  struct Row {
    const char* pattern;
    uint32_t digits;
    char byte;
  };
  const Row rows[] = {
      {"\\b\\d{4,8}\\b", 4, 0},
      {"\\d\\d[0-9]{2}?5", 5, 0},
      {"\\+?\\d[\\d \\-]{8,14}\\d", 2, 0},
      {"[a-z0-9._%+-]{2,40}@[a-z0-9.-]{2,40}\\.[a-z]{2,6}\\b", 0, '@'},
      {"a @b", 0, '@'},
      {"a b", 0, ' '},
      {"(?i)@[a-z]{3}", 0, '@'},
      {"x{2}\\.y", 0, '.'},
      {"x{2y", 1, '{'},
      {"x{,2}", 1, '{'},
      {"卡?@", 0, '@'},
      // Nothing is demanded where nothing is sure.
      {"", 0, 0},
      {"@|\\d", 0, 0},
      {"@\\d|x@\\d{3}", 1, '@'},
      {"\\d|", 0, 0},
      {"\\$\\d{2}|\\d.*", 1, 0},
      {"@*\\d{0,3}\\.?", 0, 0},
      {"(?:@\\d)", 0, 0},
      {"(?:@|\\))x", 0, 0},
      {"[^@]", 0, 0},
      {"[]@]", 0, 0},
      {"[\\]@]", 0, 0},
      {"[[:digit:]]", 0, 0},
      {"[^\\d]", 0, 0},
      {"\\Q@\\E", 0, 0},
      {"\\x40@", 0, 0},
      {"\\pN@", 0, 0},
      {"\\D\\W\\S@??", 0, 0},
      {"k", 0, 0},
  };
  for (const Row& row : rows) {
    const Gate gate = gate_of(row.pattern);
    BOOST_TEST(gate.digits_min == row.digits, row.pattern);
    BOOST_TEST(int(gate.byte) == int(row.byte), row.pattern);
  }
}

BOOST_AUTO_TEST_CASE(a_text_passes_a_gate_that_it_satisfies) {
  BOOST_TEST(count_digits("a1 ２ 34") == 3u);
  BOOST_TEST(may_match({3, '@'}, "1@23", 3));
  BOOST_TEST(!may_match({4, '@'}, "1@23", 3));
  BOOST_TEST(!may_match({0, '@'}, "123", 3));
  BOOST_TEST(may_match({}, "", 0));
}
