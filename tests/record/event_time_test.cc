// SPDX-License-Identifier: Apache-2.0
#include "record/event_time.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

void set(Record& record, std::string_view name, std::string_view value) {
  const auto id = find_field(record.kind(), name);
  BOOST_TEST_REQUIRE(id.has_value(), name);
  record.set(*id, read_scalar(record, field(*id), value));
}

std::string time_of(const Record& record) {
  const auto time = event_time(record);
  return time ? to_text(*time) : "none";
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_time_of_a_record_is_its_own_or_else_its_newest) {
  Record record(Kind::request);
  BOOST_TEST(time_of(record) == "none");
  set(record, "identity.document.expiry_date", "2031-01-01");
  BOOST_TEST(time_of(record) == "none", "a day is no moment");
  set(record, "recent.pin_changed_at", "2026-03-01T10:00:00Z");
  set(record, "recent.email_changed_at", "2026-03-01T17:59:59+08:00");
  BOOST_TEST(time_of(record) == "2026-03-01T10:00:00Z");
  set(record, "created_at", "soon");
  BOOST_TEST(time_of(record) == "2026-03-01T10:00:00Z", "invalid is no time");
  set(record, "created_at", "2026-02-01T00:00:00+08:00");
  BOOST_TEST(time_of(record) == "2026-02-01T00:00:00+08:00");
}

BOOST_AUTO_TEST_CASE(the_end_of_something_to_come_is_no_time_of_a_record) {
  Record record(Kind::request);
  set(record, "control.port_bar_until", "2099-01-01T00:00:00Z");
  set(record, "control.sms_bar_until", "2099-01-01T00:00:00Z");
  BOOST_TEST(time_of(record) == "none");
  set(record, "verified_at", "2026-03-01T00:00:00Z");
  BOOST_TEST(time_of(record) == "2026-03-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(times_in_groups_count_too) {
  Record record(Kind::request);
  for (size_t i = 0; i < fields().size(); ++i) {
    const auto id = static_cast<FieldId>(i);
    const Field& row = field(id);
    const bool is_time = row.kind == Kind::request &&
                         row.type == FieldType::timestamp &&
                         row.group != kNoGroup;
    if (!is_time) continue;
    record.clear(Kind::request);
    record.set_group(row.group, 2);
    record.set_member(id, 1, read_scalar(record, row, "2026-03-02T00:00:00Z"));
    BOOST_TEST(time_of(record) == "2026-03-02T00:00:00Z", row.name);
  }
}

BOOST_AUTO_TEST_CASE(an_invalid_time_of_its_own_lets_no_other_one_prove) {
  Record record(Kind::request);
  set(record, "verified_at", "2026-03-01T00:00:00Z");
  BOOST_TEST(proven_time(record).has_value());
  set(record, "created_at", "31/12/2026");
  BOOST_TEST(event_time(record).has_value());
  BOOST_TEST(!proven_time(record).has_value());
  set(record, "created_at", "2026-03-02T00:00:00Z");
  BOOST_TEST(to_text(*proven_time(record)) == "2026-03-02T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_message_is_of_the_time_it_was_received) {
  Record record(Kind::message);
  BOOST_TEST(time_of(record) == "none");
  set(record, "received_at", "2026-03-02T00:00:00Z");
  BOOST_TEST(time_of(record) == "2026-03-02T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_day_is_that_of_the_zone_it_was_written_in) {
  struct Row {
    const char* time;
    const char* day;
  };
  const Row rows[] = {
      {"2026-12-01T00:00:00+08:00", "2026-12-01"},
      {"2026-11-30T23:59:59+08:00", "2026-11-30"},
      {"2026-11-30T16:00:00Z", "2026-11-30"},
      {"2026-12-01T00:30:00-05:00", "2026-12-01"},
      {"1969-12-31T23:59:59Z", "1969-12-31"},
      {"1970-01-01T00:00:00Z", "1970-01-01"},
      {"1969-12-31T20:00:00-05:00", "1969-12-31"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(date_text(local_time(*parse_timestamp(row.time)).day) == row.day,
               row.time);
  }
}
