// SPDX-License-Identifier: Apache-2.0
#include "record/same_text.h"

#include <string>

#include <boost/test/unit_test.hpp>

using simwarden::same_text;

// Every length up to three words and more, a difference at every place.
BOOST_AUTO_TEST_CASE(texts_are_the_same_when_every_byte_is) {
  for (size_t size = 0; size < 40; ++size) {
    const std::string text(size, 'a');
    const std::string again = text;
    BOOST_TEST(same_text(text, again));
    BOOST_TEST(!same_text(text, text + "a"));
    for (size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      BOOST_TEST(!same_text(text, other), size << " bytes, unlike at " << at);
    }
  }
  BOOST_TEST(same_text({}, ""));
}
