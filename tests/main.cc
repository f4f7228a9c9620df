// SPDX-License-Identifier: Apache-2.0
// The main of every test program; a test file only includes
// <boost/test/unit_test.hpp>.
#define BOOST_TEST_MODULE simwarden
#include <boost/test/unit_test.hpp>
