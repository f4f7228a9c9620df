// SPDX-License-Identifier: Apache-2.0
#include "scan/stops.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "scan/shape.h"

using namespace simwarden;

namespace {

std::string show(Stops stops) {
  static constexpr const char* kNames[] = {".", "!",  "?", "\\n",
                                           ",", "。", "؟", "।"};
  std::string out;
  for (size_t i = 0; i < kStops.size(); ++i) {
    if ((stops >> i & 1) != 0) out += kNames[i];
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(stops_are_found_where_they_stand) {
  std::vector<Stop> found;
  find_stops("a.卡。b؟\n\xe3\x80\xd8।", 100, found);
  std::string all;
  for (const Stop& stop : found) {
    all += show(stop.is) + std::to_string(stop.begin) + "-" +
           std::to_string(stop.end) + " ";
  }
  BOOST_TEST(all == ".1-2 。5-8 ؟9-11 \\n11-12 ।15-18 ");
  find_stops("...", 2, found);
  BOOST_TEST(found.size() == 2u);
  find_stops("", 2, found);
  BOOST_TEST(found.empty());
}

// What may stand in a match of a pattern, told by its text alone.
BOOST_AUTO_TEST_CASE(a_gap_says_which_stops_it_has_room_for) {
  struct Row {
    const char* pattern;
    const char* stops;
  };
  const Row rows[] = {
      {"send", ""},
      {"a, b!", "!,"},
      {"x.", ".!?,。؟।"},
      {"(?s)x.", ".!?\\n,。؟।"},
      {"(?s:a)x.", ".!?,。؟।"},
      {"x[^.!?]*", "\\n,。؟।"},
      {"x[^。\\n]{0,9}", ".!?,؟।"},
      {"x[\\w ]*", ""},
      {"x[^\\w ]", ".!?\\n,。؟।"},
      {"x[^\\s]", ".!?,。؟।"},
      {"x\\s?", "\\n"},
      {"x\\S", ".!?,。؟।"},
      {"x\\d+", ""},
      {"x\\D", ".!?\\n,。؟।"},
      {"x[!-/]{13}", ".!,"},
      {"x\\p{L}", ".!?\\n,。؟।"},
      {"x[^\\p{L}.]", "!?\\n,。؟।"},
      {"x(?:a|b\\.){0,2}", "."},
      {"(?:x.|y)(?:[a-z]+|?)", "unread"},
      {"(?:xx[a-z]*|yy, )+", ","},
  };
  for (const Row& row : rows) {
    const auto shape = shape_of(row.pattern);
    const std::string stops = shape ? show(shape->width.stops) : "unread";
    BOOST_TEST(stops == row.stops, row.pattern);
  }
}
