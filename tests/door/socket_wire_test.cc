// SPDX-License-Identifier: Apache-2.0
#include "door/socket_wire.h"

#include <array>
#include <optional>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/socket.h>

namespace simwarden {
namespace {

namespace net = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds kWait{50};
constexpr milliseconds kEnough{5'000};  // on a machine that does other things

// One side of a connection is a wire's, the other the test's. One thread turns
// the loop by hand, so that it is known what comes between what.
struct Pair {
  Pair() {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    const net::generic::stream_protocol local(AF_UNIX, 0);
    ours.emplace(context, local, ends[0]);
    theirs.assign(local, ends[1]);
  }

  // The loop finds what has come and an alarm that is due in one turn: what has
  // come is taken first, and takes what else is there before the alarm rings.
  void turn_when_late() {
    std::this_thread::sleep_for(2 * kWait);
    context.poll();
  }

  net::io_context context;
  std::optional<StreamSocket> ours;
  StreamSocket theirs{context};
  SocketAddress from;
  Closing closing;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_handshake_ends_in_time_whatever_comes_at_that_moment) {
  // More than one reading of TLS takes, of a ClientHello that goes on.
  const std::string hello =
      std::string("\x16\x03\x01\x40\x00\x01\x00\xff\xff\x03\x03", 11) +
      std::string(16'378, '\x11') + std::string("\x16\x03\x01\x40\x00", 5) +
      std::string(2'000, '\x11');
  Pair pair;
  net::ssl::context tls(net::ssl::context::tls_server);
  const auto wire =
      tls_wire(std::move(*pair.ours), pair.from, tls, pair.closing);
  std::optional<Arrived> arrived;
  std::array<char, 100> into{};
  net::co_spawn(
      pair.context,
      [&]() -> Task<void> { arrived = co_await wire->read_next(into, kWait); },
      net::detached);
  pair.context.poll();
  net::write(pair.theirs, net::buffer(hello));
  pair.turn_when_late();
  pair.context.run_for(kEnough);
  BOOST_REQUIRE(arrived.has_value());
  BOOST_TEST(int(arrived->state) == int(WireState::too_slow));
}

BOOST_AUTO_TEST_CASE(an_answer_ends_in_time_whatever_is_read_at_that_moment) {
  const std::string answer(size_t{8} << 20, 'x');
  Pair pair;
  const auto wire = plain_wire(std::move(*pair.ours), pair.from, pair.closing);
  std::optional<WireState> written;
  net::co_spawn(
      pair.context,
      [&]() -> Task<void> { written = co_await wire->write(answer, kWait); },
      net::detached);
  pair.context.poll();
  // Room for some steps of the answer, and not for all of it.
  std::string some(size_t{200} << 10, ' ');
  net::read(pair.theirs, net::buffer(some));
  pair.turn_when_late();
  pair.context.run_for(kEnough);
  BOOST_REQUIRE(written.has_value());
  BOOST_TEST(int(*written) == int(WireState::too_slow));
  BOOST_TEST(int(wire->trouble()) == int(WireTrouble::not_read));
}

}  // namespace simwarden
