// SPDX-License-Identifier: Apache-2.0
#include "scan/stops.h"

#include <random>
#include <string>

#include <boost/test/unit_test.hpp>

#include "scan/fold.h"
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
  FoldedText folded;
  folded.fold("a.卡。b؟\n\xe3\x80\xd8।");
  const std::string_view text = folded.folded();
  BOOST_TEST(show(stops_in(text)) == ".\\n。؟।");
  const auto one = [&](const char32_t stop, size_t from, size_t to) {
    const Stops wanted = stops_among(stop, stop);
    return std::to_string(find_stop(text, from, to, wanted)) + "-" +
           std::to_string(find_last_stop(text, from, to, wanted));
  };
  BOOST_TEST(one('.', 0, 18) == "1-2");
  BOOST_TEST(one('.', 2, 18) == "18-2");
  BOOST_TEST(one('.', 0, 1) == "1-0");
  BOOST_TEST(one(U'。', 0, 18) == "5-8");
  BOOST_TEST(one(U'؟', 3, 17) == "9-11");
  BOOST_TEST(one('\n', 0, 18) == "11-12");
  BOOST_TEST(one(U'।', 0, 18) == "15-18");
  BOOST_TEST(find_stop(text, 2, 18, kAnyStop) == 5u);
  BOOST_TEST(find_last_stop(text, 2, 14, kAnyStop) == 12u);
  BOOST_TEST(find_stop(text, 2, 18, 0) == 18u);
}

// Beside a search character by character.
BOOST_AUTO_TEST_CASE(stops_are_found_in_long_texts) {
  std::mt19937 random(35);
  FoldedText folded;
  for (int round = 0; round < 3000; ++round) {
    std::string made;
    for (size_t i = random() % 90; i > 0; --i) {
      static constexpr const char* kPieces[] = {"a", "。", ".", "卡", "\xe3"};
      made += kPieces[random() % 30 < 27 ? 3 * (random() % 2)
                                         : random() % std::size(kPieces)];
    }
    folded.fold(made);
    const std::string_view text = folded.folded();
    const size_t from = random() % (text.size() + 1);
    const size_t to = from + random() % (text.size() - from + 1);
    const std::string_view part = text.substr(from, to - from);
    for (const std::string_view stop : {"。", "."}) {
      const size_t first = part.find(stop);
      const size_t last = part.rfind(stop);
      const Stops wanted = stops_in(stop);
      if (part.ends_with("\xe3") || part.ends_with("\xe3\x80")) continue;
      BOOST_TEST_REQUIRE(find_stop(text, from, to, wanted) ==
                         (first == part.npos ? to : from + first));
      BOOST_TEST_REQUIRE(
          find_last_stop(text, from, to, wanted) ==
          (last == part.npos ? from : from + last + stop.size()));
    }
  }
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
