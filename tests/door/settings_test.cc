// SPDX-License-Identifier: Apache-2.0
#include "door/settings.h"

#include <boost/test/unit_test.hpp>

#include "door/doors.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(settings)

// "CODE line: message; …"
std::string mistakes(const std::string& text) {
  Issues issues;
  read_settings(SourceText("s.yaml", text), issues);
  std::string said;
  for (const Issue& issue : issues.sorted()) {
    said += said.empty() ? "" : "; ";
    said += issue.code + " " + std::to_string(issue.place.line) + ": " +
            issue.message;
  }
  return said;
}

std::string mistakes_of_door(const std::string& door, const std::string& more) {
  return mistakes("tokens: t\nlisten:\n- {door: " + door +
                  ", at: 'unix:s',\n   " + more + "}\n");
}

BOOST_AUTO_TEST_CASE(what_is_said_of_a_door_has_its_place_there) {
  for (const char* key : {"limits", "timeouts", "tls", "on_error"}) {
    Issues issues;
    read_settings(
        SourceText(
            "s.yaml",
            std::string(key) + ": {}\nlisten:\n- {door: http, at: 'unix:s'}\n"),
        issues);
    const auto found = issues.sorted();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].message == "unknown key " + std::string(key));
    BOOST_TEST(found[0].help ==
               "each door has its own: write it in its entry of listen");
  }
}

BOOST_AUTO_TEST_CASE(what_a_door_has_no_use_for_is_refused) {
  for (const char* door : {"spamd", "rspamc", "milter", "postfix_policy"}) {
    BOOST_TEST(mistakes_of_door(door, "auth: tokens") ==
               "D109 4: the protocol of the door " + std::string(door) +
                   " has no place for a token");
    BOOST_TEST(mistakes_of_door(door, "auth: none") == "");
  }
  const std::string mail =
      " is for the doors rspamd, spamd, rspamc, milter, "
      "postfix_policy only";
  for (const char* door : {"http", "ios", "kannel"}) {
    BOOST_TEST(mistakes_of_door(door, "auth: tokens") == "");
    BOOST_TEST(mistakes_of_door(door, "answers: {hold: reject}") ==
               "D109 4: answers" + mail);
    BOOST_TEST(mistakes_of_door(door, "authserv_id: mx.example") ==
               "D109 4: authserv_id" + mail);
  }
  for (const char* door : {"http", "milter", "rspamc", "postfix_policy"}) {
    BOOST_TEST(mistakes_of_door(door, "learn: true") ==
               "D109 4: learn is for the doors rspamd, spamd only");
  }
  for (const char* door : {"rspamd", "spamd"}) {
    const std::string learns = "learn: true, authserv_id: mx.example";
    const std::string vain = "learn: true, but ";
    BOOST_TEST(mistakes_of_door(door, learns) ==
               "D112 4: " + vain +
                   "nothing is stored: what people say has nowhere to go");
    const std::string stores =
        "store: {db: d}\ntokens: t\nlisten:\n- {door: " + std::string(door) +
        ", at: 'unix:s',\n   ";
    BOOST_TEST(mistakes(stores + learns + "}\n") == "");
    BOOST_TEST(mistakes(stores + learns + ", keep: false}\n") ==
               "D112 5: " + vain +
                   "this door keeps no verdict: what people say has nowhere to "
                   "go");
  }
  for (const char* door : {"spamd", "milter", "ios", "tg_spam"}) {
    BOOST_TEST(mistakes_of_door(door, "kind: request") ==
               "D109 4: kind is for the door http only");
  }
  BOOST_TEST(mistakes_of_door("http", "kind: request") == "");
  BOOST_TEST(mistakes_of_door("http", "alphabet: gsm") ==
             "D109 4: alphabet is for the door jasmin only");
}

BOOST_AUTO_TEST_CASE(two_doors_are_not_at_one_place) {
  const auto both = [](const std::string& one, const std::string& other) {
    return mistakes("listen:\n- {door: http, at: '" + one +
                    "'}\n- {door: spamd, at: '" + other + "'}\n");
  };
  for (const char* place :
       {"tcp:127.0.0.1:8480", "tcp:[::1]:8480", "unix:s", "systemd:api"}) {
    BOOST_TEST(both(place, place) ==
               "D115 3: two doors are at " + std::string(place));
  }
  BOOST_TEST(both("tcp:127.0.0.1:0", "tcp:127.0.0.1:0") == "");
  BOOST_TEST(both("tcp:127.0.0.1:1", "tcp:127.0.0.1:2") == "");
}

BOOST_AUTO_TEST_CASE(a_mode_is_of_a_unix_socket) {
  const std::string told = "D109 2: mode is for places unix:PATH only";
  for (const char* place : {"tcp:127.0.0.1:8480", "systemd:api"}) {
    BOOST_TEST(mistakes("listen:\n- {door: http, mode: '0600', at: '" +
                        std::string(place) + "'}\n") == told);
  }
  BOOST_TEST(mistakes_of_door("http", "mode: '0600'") == "");
}

BOOST_AUTO_TEST_CASE(a_country_is_one_by_the_form_of_its_field) {
  for (const char* door : {"ios", "jasmin", "kannel", "tg_spam", "milter",
                           "rspamd", "rspamc", "spamd", "postfix_policy"}) {
    BOOST_TEST(mistakes_of_door(door, "country: MY") == "");
  }
  for (const char* none : {"my", "MYS", "Malaysia", "''"}) {
    BOOST_TEST(mistakes_of_door("jasmin", "country: " + std::string(none))
                   .starts_with("D114 4: "));
  }
  BOOST_TEST(mistakes_of_door("http", "country: MY") ==
             "D109 4: country is not for the door http");
}

BOOST_AUTO_TEST_CASE(a_name_of_nothing_is_refused) {
  const std::string listen = "listen:\n- {door: http, at: 'unix:s'}\n";
  BOOST_TEST(mistakes("store: {db: ''}\n" + listen) == "D110 1: db is empty");
  BOOST_TEST(mistakes("store: {db: d, site_key: ''}\n" + listen) ==
             "D110 1: site_key is empty");
  BOOST_TEST(mistakes("user: ''\n" + listen) == "D110 1: user is empty");
  BOOST_TEST(mistakes("tokens: ''\n" + listen) == "D110 1: tokens is empty");
  BOOST_TEST(mistakes_of_door("http", "tls: {certificate: '', key: k}") ==
             "D110 4: certificate is empty");
}

BOOST_AUTO_TEST_CASE(bounds_are_told_as_they_are_written) {
  const std::string listen = "listen:\n- {door: http, at: 'unix:s'}\n";
  BOOST_TEST(mistakes("memory: 65 GiB\n" + listen) ==
             "D107 1: memory is not within 1 MiB and 64 GiB");
  BOOST_TEST(mistakes("drain: 181m\n" + listen) ==
             "D107 1: drain is not within 10 ms and 180 m");
  BOOST_TEST(mistakes("threads: -1\n" + listen) ==
             "D107 1: threads is not within 0 and 1024");
  BOOST_TEST(mistakes("threads: 1.5\n" + listen) ==
             "D107 1: threads is not within 0 and 1024");
}

BOOST_AUTO_TEST_CASE(a_door_has_not_all_memory_beside_others) {
  const std::string two =
      "listen:\n- {door: http, at: 'unix:s'}\n- {door: ios, at: 'unix:t'}\n";
  BOOST_TEST(mistakes("memory: 12 MiB\n" + two) == "");
  BOOST_TEST(mistakes("memory: 8 MiB\n" + two)
                 .starts_with("D107 1: memory is 8 MiB, of which the door "
                              "http has 6 MiB at most"));
}

BOOST_AUTO_TEST_CASE(a_unit_that_is_none_is_told_which_there_are) {
  const std::string listen = "listen:\n- {door: http, at: 'unix:s'}\n";
  BOOST_TEST(mistakes("memory: 4 MiB\n" + listen) ==
             "D107 1: memory is 4 MiB, of which the door http has 4 MiB at "
             "most, and it takes requests of 8 MiB");
  BOOST_TEST(mistakes("memory: 5\n" + listen) == "D108 1: memory has no unit");
  BOOST_TEST(mistakes("memory: 1 TiB\n" + listen) ==
             "D108 1: memory is no number with a unit of B, KiB, MiB, GiB");
  BOOST_TEST(mistakes("watch: 1h\n" + listen) ==
             "D108 1: watch is no number with a unit of ms, s, m");
}

BOOST_AUTO_TEST_CASE(a_listener_is_known_by_where_it_stands) {
  ServeSettings settings;
  settings.listeners.resize(3);
  for (size_t i = 0; i < settings.listeners.size(); ++i) {
    BOOST_TEST(settings.index_of(settings.listeners[i]) == i);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
