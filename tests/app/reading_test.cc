// SPDX-License-Identifier: Apache-2.0
#include "app/reading.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(what_was_left_out_is_told_by_name_and_number) {
  LeftOut left_out;
  left_out.add({"demo", "", "demo"});
  BOOST_TEST(left_out.names() == "\"\" (1), demo (2)");
}

BOOST_AUTO_TEST_CASE(what_no_record_of_an_export_has_is_told) {
  LeftOut facts;
  facts.add("request.auth.passed_factor_count", 20);
  facts.add("request.agent.id", 19);
  const UnseenFields unseen;
  const std::string said = recorded_nowhere_sentence(facts, unseen, 20);
  BOOST_TEST(said.starts_with("simwarden: duties ask for what no record has: "
                              "request.auth.passed_factor_count (20)\n"),
             said);
  BOOST_TEST(recorded_nowhere_sentence(facts, unseen, 19).empty());
}

// Half of the records are of a channel that is not asked for it.
BOOST_AUTO_TEST_CASE(what_only_some_are_asked_for_and_none_has_is_told_too) {
  LeftOut facts;
  facts.add("request.identity.document.presented_as", 25);
  facts.add("request.agent.id", 25);
  facts.add("request.age_of_line", 25);  // no field
  facts.add("request.auth.factors[].type", 25);
  UnseenFields unseen;
  Record record;
  record.set(*find_field(Kind::request, "agent.id"), record.make_text("demo"));
  unseen.add(record);
  const std::string said = recorded_nowhere_sentence(facts, unseen, 50);
  BOOST_TEST(said.starts_with("simwarden: duties ask for what no record has: "
                              "request.auth.factors[].type (25), "
                              "request.identity.document.presented_as (25)\n"),
             said);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_not_valid_is_shown_as_it_was_first) {
  LeftOut facts;
  facts.add("request.created_at", 1, "31/10/26 13:05");
  facts.add("request.created_at", 1, "31/10/26 13:06");
  const std::string said =
      invalid_values_sentence({facts, false}, "generic", nullptr);
  BOOST_TEST(said.find("request.created_at (2, as in \"31/10/26 13:05\")") !=
             std::string::npos);
  BOOST_TEST(said.find("E+18") == std::string::npos);
  BOOST_TEST(
      invalid_values_sentence({facts, true}, "generic", nullptr).find("E+18") !=
      std::string::npos);
}

// Without the hour of the outlet all of a country shops at night.
BOOST_AUTO_TEST_CASE(times_in_utc_beside_opening_hours_are_told) {
  const auto record_of = [](const char* at, const char* country) {
    Record record(Kind::request);
    const auto set = [&record](const char* name, const char* text) {
      const FieldId id = *find_field(Kind::request, name);
      record.set(id, read_scalar(record, field(id), text));
    };
    set("channel.open_hours", "09:00-18:00");
    set("created_at", at);
    set("country", country);
    return record;
  };
  UtcTimes told;
  UtcTimes silent;
  for (int i = 0; i < 20; ++i) {
    told.add(record_of("2026-11-26T03:30:00Z", "SG"));
    silent.add(record_of("2026-11-26T11:30:00+08:00", "SG"));
    silent.add(record_of("2026-11-26T11:30:00Z", "GB"));
  }
  BOOST_TEST(told.sentence().find("20 requests with opening hours, a time in "
                                  "UTC and no local_hour") !=
             std::string::npos);
  BOOST_TEST(silent.sentence().empty());
}

BOOST_AUTO_TEST_CASE(names_in_another_charset_are_told_the_option_for_it) {
  LeftOut keys;
  keys.add("Gebühr");
  BOOST_TEST(keys.is_utf8());
  keys.add("Geb\xfchr");
  BOOST_TEST(!keys.is_utf8());
  const std::string said = unknown_keys_sentence(keys);
  BOOST_TEST(said.ends_with("(--encoding windows-1252)\n"), said);
}

BOOST_AUTO_TEST_CASE(names_without_end_are_told_as_a_rest_of_many_parts_too) {
  LeftOut all;
  for (int part = 0; part < 3; ++part) {
    LeftOut of_part;
    for (int i = 0; i < 150; ++i) {
      of_part.add("n" + std::to_string(part) + "-" + std::to_string(i));
    }
    all.add_all(of_part);
  }
  const std::string names = all.names();
  BOOST_TEST(std::count(names.begin(), names.end(), ',') == 100, names);
  BOOST_TEST(names.ends_with(", … (350)"), names);
}
