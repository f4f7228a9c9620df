// SPDX-License-Identifier: Apache-2.0
#include "lint/regex_pieces.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

std::string cut(std::string_view pattern) {
  constexpr char kSigns[] = "te.s^f()|*";
  std::string shown;
  for (const RegexPiece& piece : pieces_of(pattern)) {
    if (!shown.empty()) shown += ' ';
    shown += kSigns[size_t(piece.is)];
    shown += ':';
    shown += pattern.substr(piece.begin, piece.end - piece.begin);
  }
  return shown;
}

BOOST_AUTO_TEST_CASE(patterns_are_cut_into_what_their_reader_sees) {
  BOOST_TEST(cut("ot?p\\b") == "t:o t:t *:? t:p e:\\b");
  BOOST_TEST(cut("(?i)a|(?:b)+?") == "f:(?i) t:a |:| (:(?: t:b ):) *:+?");
  BOOST_TEST(cut("(?P<x>\\x{41}\\pL)") == "(:(?P<x> e:\\x{41} e:\\pL ):)");
  BOOST_TEST(cut("[]a-z[:digit:]\\]]{2,3}^$") ==
             "s:[]a-z[:digit:]\\]] *:{2,3} ^:^ ^:$");
  BOOST_TEST(cut("补{2}.{,3}") == "t:补 *:{2} .:. t:{ t:, t:3 t:}");
  BOOST_TEST(cut("\\Qa.b\\E.") == "t:a t:. t:b .:.");
  BOOST_TEST(cut("\\101\\") == "e:\\101 e:\\");
}

BOOST_AUTO_TEST_CASE(counts_are_read) {
  const auto pieces = pieces_of("a{3}b{2,}c{1,9}d*e+");
  BOOST_TEST(pieces[1].least == 3u);
  BOOST_TEST(pieces[1].most == 3u);
  BOOST_TEST(pieces[3].least == 2u);
  BOOST_TEST(pieces[3].most == kWithoutEnd);
  BOOST_TEST(pieces[5].most == 9u);
  BOOST_TEST(pieces[7].least == 0u);
  BOOST_TEST(pieces[9].least == 1u);
}

BOOST_AUTO_TEST_CASE(alternatives_are_those_of_their_own_group) {
  const auto pieces = pieces_of("a|(b|c|)|d");
  size_t of_whole = 0;
  size_t of_group = 0;
  for (const Alternatives& group : alternatives_of(pieces)) {
    (group.front().first == 0 ? of_whole : of_group) = group.size();
  }
  BOOST_TEST(of_whole == 3u);
  BOOST_TEST(of_group == 3u);
}

// Whatever RE2 would refuse is cut all the same, without reading beyond it.
BOOST_AUTO_TEST_CASE(broken_patterns_are_cut_to_their_end) {
  for (const char* pattern :
       {"[", "[^", "[[:", "(?", "(?P<", "\\x{", "\\p", "a{", "a{1", "a{1,", ")",
        "|", "\\Q", "\\Qa\\", "[a\\"}) {
    const auto pieces = pieces_of(pattern);
    size_t end = 0;
    for (const RegexPiece& piece : pieces) {
      BOOST_TEST(piece.begin >= end);
      BOOST_TEST(piece.end <= std::string_view(pattern).size());
      end = piece.end;
    }
  }
}

}  // namespace
}  // namespace simwarden
