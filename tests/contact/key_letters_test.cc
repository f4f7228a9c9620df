// SPDX-License-Identifier: Apache-2.0
#include "spelling/key_letters.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

const Case kCases[] = {
    {"Lost it? 1-800-SIM-SWAP any time", "phone=+18007467927"},
    {"1-800-SIMSWAPS", "phone=+18007467927"},
    {"1 (888) SIM-SWAP", "phone=+18887467927"},
    {"+1 800 SIMSWAP", "phone=+18007467927"},
    {"1-800-sim-swap", "phone=+18007467927"},
    {"1-800-55-SIMS-8", "phone=+18005574678"},
    {"call 202-555-SIMS", "phone=+12025557467", "US"},
    {"call 0800-SIMSWAP", "phone=08007467927"},
    {"call 1 800 SIM SWAP", "phone=+18007467927"},
    {"call 1800SIMSWAP", "phone=+18007467927"},
    {"1–800–SIM–SWAP", "phone=+18007467927"},
    // Honest.
    {"1 800 people came", ""},
    {"1-800-555", ""},
    {"room 1-800-SIM", ""},
    {"part 1-200-ABCDEFG", ""},
    {"model 202-555-SIMS", "", "US"},
    {"call 0800-simswap, call 0800 NUMBERS", ""},
    {"1 800 SIM SWAP cases, MODEL 1800SIMSWAP", ""},
    {"call about 1 800 NEW HOMES, 800 SIM SWAP", ""},
    {"CALL 0800 1111 NOW", ""},
    {"v1-800-SIM-SWAP-final-version", ""},
};

BOOST_AUTO_TEST_CASE(letters_of_keys_are_read_as_their_figures) {
  for (const Case& c : kCases) {
    const std::string seen = contacts_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

}  // namespace
}  // namespace simwarden
