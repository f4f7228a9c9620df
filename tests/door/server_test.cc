// SPDX-License-Identifier: Apache-2.0
#include "door/server.h"

#include <csignal>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include "door/endpoint.h"
#include "door/failing_service.h"

namespace simwarden {
namespace {

namespace net = boost::asio;
using net::ip::tcp;

// There is none for the first conversation to begin with.
struct NoMemoryAtFirst final : FailingService {
  MemoryBudget& memory(const ListenerSettings&) override {
    if (asked++ == 0) throw std::bad_alloc();
    return budget;
  }
  int asked = 0;  // of one thread
};

uint16_t port_of(const std::string& place) {
  return static_cast<uint16_t>(std::stoi(place.substr(place.rfind(':') + 1)));
}

// What a server at "http tcp:127.0.0.1:PORT" answers to one question.
std::string answer_at(const std::string& place) {
  net::io_context context;
  tcp::socket socket(context);
  socket.connect(
      tcp::endpoint{net::ip::make_address("127.0.0.1"), port_of(place)});
  const std::string question =
      "GET /healthz HTTP/1.1\r\nHost: mail.example\r\nConnection: "
      "close\r\n\r\n";
  boost::system::error_code ended;
  net::write(socket, net::buffer(question), ended);
  std::string answer;
  net::read(socket, net::dynamic_buffer(answer), ended);
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_conversation_that_is_lost_takes_no_other_with_it) {
  ServeSettings settings;
  settings.threads = 1;
  settings.listeners.push_back({.name = "door", .door = "http"});
  settings.listeners[0].at = *read_endpoint_text("tcp:127.0.0.1:0");
  NoMemoryAtFirst service;
  std::string first = "not asked";
  std::string second;
  std::unique_ptr<Server> server;
  std::thread client;
  const auto ask_twice = [&] {
    const std::string place = server->places().at(0);
    first = answer_at(place);
    second = answer_at(place);
    std::raise(SIGTERM);
  };
  auto opened =
      Server::open(settings, service,
                   {.on_ready = [&] { client = std::thread(ask_twice); }});
  BOOST_REQUIRE(opened.ok());
  server = std::move(*opened);
  BOOST_TEST(server->run() == 0u);
  client.join();
  BOOST_TEST(first == "");
  BOOST_TEST(second.starts_with("HTTP/1.1 200 "), second);
  BOOST_REQUIRE(service.failed.size() == 1u);
  BOOST_TEST(service.failed[0] == std::bad_alloc().what());
}

// One thread accepts while another closes the door: with ThreadSanitizer this
// says whether they share what they must not.
BOOST_AUTO_TEST_CASE(a_server_ends_in_order_while_others_knock) {
  constexpr int kTurns = 20;
  for (int turn = 0; turn < kTurns; ++turn) {
    ServeSettings settings;
    settings.threads = 4;
    settings.drain = std::chrono::milliseconds(500);
    settings.listeners.push_back({.name = "door", .door = "http"});
    settings.listeners[0].at = *read_endpoint_text("tcp:127.0.0.1:0");
    FailingService service;
    std::unique_ptr<Server> server;
    std::thread ends;
    std::vector<std::jthread> knock;
    const auto knock_until_closed = [](uint16_t port) {
      net::io_context context;
      boost::system::error_code closed;
      while (!closed) {
        tcp::socket socket(context);
        socket.connect({net::ip::make_address("127.0.0.1"), port}, closed);
      }
    };
    const auto begin = [&] {
      for (int i = 0; i < 2; ++i) {
        knock.emplace_back(knock_until_closed, port_of(server->places().at(0)));
      }
      ends = std::thread([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        std::raise(SIGTERM);
      });
    };
    auto opened = Server::open(settings, service, {.on_ready = begin});
    BOOST_REQUIRE(opened.ok());
    server = std::move(*opened);
    server->run();
    ends.join();
    server.reset();  // now at the latest its door is closed
    BOOST_TEST(service.failed.size() == 0u);
  }
}

}  // namespace simwarden
