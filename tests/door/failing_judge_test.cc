// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <new>

#include <boost/test/unit_test.hpp>

#include "door/doors.h"
#include "door/failing_service.h"
#include "door/milter_session.h"
#include "door/scripted_wire.h"

namespace simwarden {
namespace {

using namespace std::string_literals;

std::string post(const std::string& path, const std::string& type,
                 const std::string& body) {
  return "POST " + path +
         " HTTP/1.1\r\nHost: mail.example\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

const std::string kMail = "Subject: Hi\r\n\r\nHello\r\n";

std::string milter_talk() {
  return milter_frame('O', "\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff"s) +
         milter_frame('M', "<care@mail.example>\0"s) +
         milter_frame('R', "<demo_anna@example.com>\0"s) +
         milter_frame('L', "Subject\0Hi\0"s) + milter_frame('N', "") +
         milter_frame('B', "Hello\r\n") + milter_frame('E', "");
}

struct Row {
  std::string_view door;
  std::string asked;
  std::string_view told;  // stands in the answer
};

const Row kRows[] = {
    {"http", post("/v1/screen", "text/plain", "Hello"), "HTTP/1.1 500 "},
    {"http", post("/v1/screen", "application/json", "{\"kind\":\"message\"}"),
     "HTTP/1.1 500 "},
    {"http", post("/v1/explain", "text/plain", "Hello"), "HTTP/1.1 500 "},
    {"rspamd", post("/checkv2", "text/plain", kMail), "soft reject"},
    {"rspamc",
     "SYMBOLS RSPAMC/1.3\r\nContent-Length: " + std::to_string(kMail.size()) +
         "\r\n\r\n" + kMail,
     "RSPAMD/1.3 75 "},
    {"spamd",
     "CHECK SPAMC/1.5\r\nContent-length: " + std::to_string(kMail.size()) +
         "\r\n\r\n" + kMail,
     "SPAMD/1.0 75 EX_TEMPFAIL"},
    {"milter", milter_talk(), "451 4.7.1 Try again later"},
    {"postfix_policy",
     "request=smtpd_access_policy\nprotocol_state=RCPT\n"
     "sender=care@mail.example\n\n",
     "action=DEFER_IF_PERMIT "},
    {"kannel",
     post("/kannel", "application/x-www-form-urlencoded", "text=Hello"),
     "HTTP/1.1 503 "},
    {"ios",
     post("/ios", "application/json",
          R"({"query":{"sender":"1","message":{"text":"Hello"}}})"),
     "HTTP/1.1 503 "},
    {"jasmin",
     post("/jasmin/intercept", "application/json", R"({"content":"Hello"})"),
     "HTTP/1.1 503 "},
    {"tg_spam", post("/check", "application/json", R"({"msg":"Hello"})"),
     "HTTP/1.1 503 "},
};

BOOST_AUTO_TEST_CASE(every_door_is_asked) {
  for (const DoorRow& door : doors()) {
    BOOST_TEST(
        std::any_of(std::begin(kRows), std::end(kRows),
                    [&door](const Row& row) { return row.door == door.name; }),
        door.name);
  }
}

BOOST_AUTO_TEST_CASE(who_asks_while_judging_fails_is_told_to_come_again) {
  for (const Row& row : kRows) {
    BOOST_TEST_CONTEXT(row.door << ' ' << row.asked) {
      const DoorRow* door = find_door(row.door);
      BOOST_REQUIRE(door != nullptr);
      const ListenerSettings settings{.name = "door",
                                      .door = std::string(row.door)};
      FailingService service;
      ScriptedWire wire({row.asked});
      BOOST_TEST(runs_to_its_end(door->converse(wire, settings, service)));
      BOOST_TEST(wire.written.find(row.told) != std::string::npos,
                 wire.written);
      BOOST_REQUIRE(service.failed.size() == 1u);
      BOOST_TEST(service.failed.front() == std::bad_alloc().what());
    }
  }
}

// Lines as they come, lines that came with HTTP/1.0, an array.
BOOST_AUTO_TEST_CASE(of_many_records_one_that_cannot_be_judged_costs_no_other) {
  const std::string one = R"({"kind":"message","id":"one","text":"a"})";
  const std::string odd = R"({"kind":"message","id":"odd","text":"b"})";
  const std::string two = R"({"kind":"message","id":"two","text":"c"})";
  const std::string lines = one + "\n" + odd + "\n" + two + "\n";
  const std::string said =
      R"({"error":"R101 it could not be judged: too odd","line":2})";
  std::string old = post("/v1/screen", "application/x-ndjson", lines);
  old.replace(old.find("HTTP/1.1"), 8, "HTTP/1.0");
  const Row rows[] = {
      {"http", post("/v1/screen", "application/x-ndjson", lines), "\n"},
      {"http", old, "\n"},
      {"http",
       post("/v1/screen", "application/json",
            "[" + one + "," + odd + "," + two + "]"),
       ","},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.asked) {
      const ListenerSettings settings{.name = "door", .door = "http"};
      FailingService service;
      service.rules = std::make_shared<FailsOnOdd>();
      ScriptedWire wire({row.asked});
      BOOST_TEST(runs_to_its_end(
          find_door("http")->converse(wire, settings, service)));
      const std::string told = R"({"id":"one"})" + std::string(row.told) +
                               said + std::string(row.told) + R"({"id":"two"})";
      BOOST_TEST(wire.written.find(told) != std::string::npos, wire.written);
      BOOST_REQUIRE(service.failed.size() == 1u);
      BOOST_TEST(service.failed.front() == "too odd");
    }
  }
}

}  // namespace
}  // namespace simwarden
