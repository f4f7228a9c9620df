// SPDX-License-Identifier: Apache-2.0
#include "policy/localised.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(a_language_is_looked_up_from_its_region_outwards) {
  const Localised texts = {{"en", "English"},
                           {"es", "Spanish"},
                           {"es-MX", "Mexican"},
                           {"pt-BR", "Brazilian"}};
  struct Row {
    const char* asked;
    const char* found;
  };
  constexpr Row kRows[] = {
      {"es", "Spanish"},      {"es-MX", "Mexican"},   {"es_mx", "Mexican"},
      {"es-AR", "Spanish"},   {"es-MX-x", "Mexican"}, {"pt", "Brazilian"},
      {"pt-PT", "Brazilian"}, {"pt-br", "Brazilian"}, {"de", "English"},
      {"ES", "English"},      {"p", "English"},       {"", "English"},
  };
  for (const Row& row : kRows) {
    BOOST_TEST(in_language(texts, row.asked) == row.found, row.asked);
  }
}

BOOST_AUTO_TEST_CASE(a_text_in_no_language_is_empty) {
  BOOST_TEST(in_language(Localised(), "es") == "");
  BOOST_TEST(in_language(Localised{{"es", "Spanish"}}, "de") == "");
}

}  // namespace
}  // namespace simwarden
