// SPDX-License-Identifier: Apache-2.0
#include "door/client_name.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(client_names)

std::string name_of_address(const char* address) {
  const boost::asio::ip::tcp::endpoint from(
      boost::asio::ip::make_address(address), 4711);
  return client_name(SocketAddress(from), -1);
}

BOOST_AUTO_TEST_CASE(an_address_is_told_without_its_port) {
  BOOST_TEST(name_of_address("192.0.2.7") == "192.0.2.7");
  BOOST_TEST(name_of_address("2001:db8::7") == "2001:db8::7");
  BOOST_TEST(name_of_address("::ffff:192.0.2.7") == "192.0.2.7");
}

BOOST_AUTO_TEST_CASE(of_a_unix_socket_the_user_is_told) {
  int ends[2];
  BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const sockaddr nobody{.sa_family = AF_UNIX, .sa_data = {}};
  const SocketAddress from(&nobody, sizeof nobody.sa_family);
  ::close(ends[1]);  // nor is it forgotten who went away
  BOOST_TEST(client_name(from, ends[0]) == "uid:" + std::to_string(::getuid()));
  ::close(ends[0]);
  BOOST_TEST(client_name(from, -1) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
