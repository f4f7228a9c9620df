// SPDX-License-Identifier: Apache-2.0
#include "privacy/keyed_hash.h"

#include <string>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

// The vectors of the reference implementation (vectors.h, 64 bits): the key is
// 00 01 … 0f, the input 00 01 … of the given length.
BOOST_AUTO_TEST_CASE(it_is_siphash_2_4) {
  HashKey key;
  for (size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = uint8_t(i);
  BOOST_TEST(keyed_hash(key, "") == 0x726fdb47dd0e0e31u);
  std::string input;
  for (char i = 0; i < 15; ++i) input += i;
  BOOST_TEST(keyed_hash(key, input) == 0xa129ca6149be45e5u);
}

BOOST_AUTO_TEST_CASE(each_use_has_a_key_of_its_own) {
  SiteKey site;
  site.bytes.fill(7);
  const HashKey one = hash_key_for(site, "windows");
  BOOST_TEST((one.bytes == hash_key_for(site, "windows").bytes));
  BOOST_TEST((one.bytes != hash_key_for(site, "others").bytes));
  BOOST_TEST(keyed_hash(one, "+999 5550100") ==
             keyed_hash(one, "+999 5550100"));
  BOOST_TEST((random_hash_key().bytes != random_hash_key().bytes));
}
