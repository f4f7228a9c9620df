// SPDX-License-Identifier: Apache-2.0
#include "contact/read_phone.h"

#include <random>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

struct Question {
  std::string digits;
  std::string region;
};

// A thread remembers nothing that another has read.
Phone read_anew(const Question& of) {
  Phone phone;
  std::thread([&] { phone = read_phone(of.digits, of.region); }).join();
  return phone;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_number_that_was_read_before_is_read_the_same) {
  std::mt19937 draw(3);
  std::vector<Question> asked = {{"", ""}, {"+", ""}, {"", "CN"}};
  for (const char* digits :
       {"+8613800138000", "13800138000", "+15555550101", "5550101",
        "2025550101", "+442079460018", "02079460018", "00", "1", "10086"}) {
    for (const char* region : {"", "CN", "US", "GB", "XX", "cn"}) {
      asked.push_back({digits, region});
    }
  }
  for (int i = 0; i < 500; ++i) {
    std::string digits = i % 3 == 0 ? "+" : "";
    for (size_t k = 5 + draw() % 20; k > 0; --k) {
      digits += char('0' + draw() % 10);
    }
    asked.push_back({digits, i % 2 == 0 ? "GB" : "IN"});
  }
  for (size_t i = 0; i < 5 * asked.size(); ++i) {
    const Question& of = asked[draw() % asked.size()];
    const Phone phone = read_phone(of.digits, of.region);
    const Phone anew = read_anew(of);
    BOOST_TEST_REQUIRE(phone.e164 == anew.e164, of.digits << of.region);
    BOOST_TEST_REQUIRE(
        (phone.valid == anew.valid && phone.fixed == anew.fixed));
  }
}
