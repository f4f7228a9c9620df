// SPDX-License-Identifier: Apache-2.0
#include "record/closed_files.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "record/fields.h"

using namespace simwarden;

namespace {

// A message with a file for each word; "": nobody says how it was read.
Record message_with(const std::vector<std::string_view>& readings) {
  Record record(Kind::message);
  const GroupId files = *find_group(Kind::message, "attachments");
  const FieldId reading = *find_field(Kind::message, "attachments[].reading");
  record.set_group(files, uint32_t(readings.size()));
  const auto& words = field(reading).choices;
  for (uint32_t i = 0; i < readings.size(); ++i) {
    const auto word = std::find(words.begin(), words.end(), readings[i]);
    if (word == words.end()) continue;
    record.set_member(reading, i, Slot::of_integer(word - words.begin()));
  }
  return record;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(closed_files_of_a_message)

BOOST_AUTO_TEST_CASE(
    files_that_nobody_looked_into_are_counted_by_their_reason) {
  const Record record = message_with(
      {"encrypted", "read", "too_large", "partly", "", "encrypted"});
  BOOST_TEST(count_closed(record) == "encrypted=2, too_large=1");
  BOOST_TEST(closed_files(record).at(2).index == 5u);
  BOOST_TEST(count_closed(message_with({"read", ""})) == "");
  BOOST_TEST(count_closed(Record(Kind::message)) == "");
  BOOST_TEST(count_closed(Record(Kind::request)) == "");
}

BOOST_AUTO_TEST_SUITE_END()
