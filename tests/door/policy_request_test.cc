// SPDX-License-Identifier: Apache-2.0
#include "door/policy_request.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(policy_request)

constexpr std::string_view kRequest =
    "request=smtpd_access_policy\nprotocol_state=RCPT\n"
    "sender=care@mail.example\nrecipient=demo_anna@example.com\n"
    "queue_id=8045F2AB23\ninstance=123.456.7\nlater=a=b\n\n";

BOOST_AUTO_TEST_CASE(a_request_ends_at_its_empty_line) {
  for (size_t size = 0; size < kRequest.size(); ++size) {
    BOOST_TEST(policy_request_size(kRequest.substr(0, size)) == 0);
  }
  std::string two(kRequest);
  two += "request=x";
  BOOST_TEST(policy_request_size(two) == kRequest.size());
  BOOST_TEST(policy_request_size("\nabc") == 1);
}

// As who tries the door by hand sends them.
BOOST_AUTO_TEST_CASE(lines_may_end_by_crlf) {
  std::string typed;
  for (const char c : kRequest) typed += c == '\n' ? "\r\n" : std::string(1, c);
  for (size_t size = 0; size < typed.size(); ++size) {
    BOOST_TEST(policy_request_size(typed.substr(0, size)) == 0);
  }
  BOOST_TEST(policy_request_size(typed + "request=x") == typed.size());
  BOOST_TEST(policy_request_size("\r\nabc") == 2);
  BOOST_TEST(policy_request_size("a=b\n\r\nabc") == 6);
  PolicyRequest request;
  BOOST_TEST(read_policy_request(typed, request));
  BOOST_TEST(request.sender == "care@mail.example");
  BOOST_TEST(request.instance == "123.456.7");
}

BOOST_AUTO_TEST_CASE(attributes_come_in_any_order_and_others_are_left) {
  PolicyRequest request;
  BOOST_TEST(read_policy_request(kRequest, request));
  BOOST_TEST(request.sender == "care@mail.example");
  BOOST_TEST(request.recipient == "demo_anna@example.com");
  BOOST_TEST(request.queue_id == "8045F2AB23");
  BOOST_TEST(request.instance == "123.456.7");
  PolicyRequest turned;
  BOOST_TEST(read_policy_request(
      "recipient=a@b.example\nsender=\nrequest=smtpd_access_policy\n\n",
      turned));
  BOOST_TEST(turned.sender == "");
  BOOST_TEST(turned.recipient == "a@b.example");
}

BOOST_AUTO_TEST_CASE(what_is_no_request_for_a_policy_is_refused) {
  for (const std::string_view bytes :
       {"\n", "sender=a\n\n", "request=other\n\n", "GET / HTTP/1.1\n\n",
        "request=smtpd_access_policy\nnonsense\n\n"}) {
    PolicyRequest request;
    BOOST_TEST(!read_policy_request(bytes, request), bytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
