// SPDX-License-Identifier: Apache-2.0
#include "door/inflow.h"

#include <boost/test/unit_test.hpp>

#include "door/scripted_wire.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(inflow)

using std::chrono::milliseconds;

ListenerSettings with_timeouts() {
  ListenerSettings settings;
  settings.timeouts.idle = milliseconds(60000);
  settings.timeouts.request = milliseconds(1000);
  return settings;
}

// Reads pieces of `size` bytes until no more come.
Task<void> read_pieces(Inflow& inflow, size_t size, bool between,
                       std::vector<std::string>& pieces, WireState& state) {
  while (true) {
    while (inflow.bytes().size() >= size) {
      pieces.emplace_back(inflow.bytes().substr(0, size));
      inflow.drop(size);
    }
    state = co_await inflow.more(between && inflow.bytes().empty());
    if (state != WireState::open) co_return;
  }
}

BOOST_AUTO_TEST_CASE(what_arrives_in_any_pieces_is_read_to_its_end) {
  const std::string all = "aaaabbbbccccdddd";
  for (size_t cut = 1; cut <= all.size(); ++cut) {
    for (const bool between : {true, false}) {
      std::deque<std::string> script;
      for (size_t at = 0; at < all.size(); at += cut) {
        script.push_back(all.substr(at, cut));
      }
      ScriptedWire wire(std::move(script));
      const ListenerSettings settings = with_timeouts();
      Inflow inflow(wire, settings);
      std::vector<std::string> pieces;
      WireState state{};
      BOOST_TEST(
          runs_to_its_end(read_pieces(inflow, 4, between, pieces, state)),
          "cut at " << cut);
      BOOST_TEST(
          pieces == (std::vector<std::string>{"aaaa", "bbbb", "cccc", "dddd"}),
          boost::test_tools::per_element());
      BOOST_TEST((state == WireState::ended));
    }
  }
}

BOOST_AUTO_TEST_CASE(half_a_piece_has_the_time_of_a_request) {
  ScriptedWire wire({"aa", "aa", "aaaa", "a"}, WireState::too_slow);
  const ListenerSettings settings = with_timeouts();
  Inflow inflow(wire, settings);
  std::vector<std::string> pieces;
  WireState state{};
  BOOST_TEST(runs_to_its_end(read_pieces(inflow, 4, true, pieces, state)));
  BOOST_TEST((state == WireState::too_slow));
  BOOST_TEST(pieces.size() == 2);
  BOOST_TEST(wire.begun == 3);
  BOOST_REQUIRE(wire.waits.size() == 5);
  for (const size_t idle : {0, 2, 3}) {
    BOOST_TEST((wire.waits[idle] == milliseconds(60000)), idle);
  }
  for (const size_t half : {1, 4}) {
    BOOST_TEST((wire.waits[half] <= milliseconds(1000)), half);
    BOOST_TEST((wire.waits[half] >= milliseconds(1)), half);
  }
}

Task<void> wait_as_first(Inflow& inflow, WireState& state) {
  do {
    state = co_await inflow.more(inflow.bytes().empty(), true);
  } while (state == WireState::open);
}

BOOST_AUTO_TEST_CASE(who_has_said_nothing_yet_has_the_time_of_a_request) {
  ScriptedWire wire({"a", "a"}, WireState::too_slow);
  const ListenerSettings settings = with_timeouts();
  Inflow inflow(wire, settings);
  WireState state{};
  BOOST_TEST(runs_to_its_end(wait_as_first(inflow, state)));
  BOOST_TEST((state == WireState::too_slow));
  BOOST_TEST(wire.begun == 1);
  BOOST_REQUIRE(wire.waits.size() == 3);
  for (const milliseconds wait : wire.waits) {
    BOOST_TEST((wait <= milliseconds(1000)));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
