// SPDX-License-Identifier: Apache-2.0
#include "desk/arrival.h"

#include <boost/test/unit_test.hpp>

#include "intake/intake.h"

namespace simwarden {
namespace {

struct Case {
  const char* json;
  bool lacks;
};
constexpr Case kCases[] = {
    {R"({"kind":"message","text":"a"})", true},
    {R"({"kind":"message","text":"a","received_at":null})", true},
    {R"({"kind":"message","text":"a","received_at":"2026-03-02T02:15:30Z"})",
     false},
    {R"({"kind":"message","text":"a","received_at":"yesterday"})", false},
    {R"({"kind":"request","request_id":"demo-1"})", false},
};

BOOST_AUTO_TEST_CASE(a_message_lacks_it_that_says_nothing_of_it) {
  for (const Case& row : kCases) {
    BOOST_TEST(lacks_arrival(parse_json(row.json, {}).record) == row.lacks,
               row.json);
  }
}

BOOST_AUTO_TEST_CASE(it_is_told_in_utc_to_the_millisecond) {
  using namespace std::chrono;
  Record record(Kind::message);
  say_arrival(record,
              system_clock::time_point(milliseconds(1'772'417'730'250)) +
                  microseconds(7));
  const FieldId field_id = *find_field(Kind::message, "received_at");
  BOOST_TEST(to_text(record, field(field_id), record.slot(field_id)) ==
             "2026-03-02T02:15:30.25Z");
  BOOST_TEST(!lacks_arrival(record));
}

}  // namespace
}  // namespace simwarden
