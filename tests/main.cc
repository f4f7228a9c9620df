// SPDX-License-Identifier: Apache-2.0
// The main of every test program; a test file only includes
// <boost/test/unit_test.hpp>.
#include <boost/test/unit_test.hpp>

namespace {

bool name_suite() {
  boost::unit_test::framework::master_test_suite().p_name.value = "simwarden";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  return boost::unit_test::unit_test_main(name_suite, argc, argv);
}
