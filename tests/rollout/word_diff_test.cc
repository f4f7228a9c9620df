// SPDX-License-Identifier: Apache-2.0
#include "rollout/word_diff.h"

#include <random>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

std::string text_of(const std::vector<WordPiece>& words) {
  std::string out;
  for (const WordPiece& piece : words) {
    if (piece.is == WordPiece::Is::same) out += piece.text;
    if (piece.is == WordPiece::Is::removed) out += "[" + piece.text + "]";
    if (piece.is == WordPiece::Is::added) out += "{" + piece.text + "}";
  }
  return out;
}

std::string side(const std::vector<WordPiece>& words, WordPiece::Is is) {
  std::string out;
  for (const WordPiece& piece : words) {
    if (piece.is == WordPiece::Is::same || piece.is == is) out += piece.text;
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(words_are_what_a_reader_takes_for_one) {
  struct Row {
    Wording wording;
    const char* before;
    const char* after;
    const char* diff;
  };
  const Row rows[] = {
      {Wording::code, "a.b == 'x y'", "a.b == 'x z'", "a.b == ['x y']{'x z'}"},
      {Wording::code, "a.b > 10.0", "a.b >= 10.5", "a.b [> 10.0]{>= 10.5}"},
      {Wording::code, "a && b", "a && b && c", "a && b{ && c}"},
      {Wording::code, "a && b", "a && !b", "a && {!}b"},
      {Wording::code, "x in ['a', 'b']", "x in ['a', 'c', 'b']",
       "x in ['a', {'c', }'b']"},
      {Wording::code, "'it\\'s'", "'it\\'d'", "['it\\'s']{'it\\'d'}"},
      {Wording::code, "'unclosed", "'unclosed too",
       "['unclosed]{'unclosed too}"},
      {Wording::prose, "Ask the branch's head.", "Ask the branch's clerk.",
       "Ask the branch's [head]{clerk}."},
      {Wording::prose, "请联系网点。", "请联系总部。", "请联系[网点]{总部}。"},
      {Wording::prose, "one two", "three four", "[one two]{three four}"},
      {Wording::prose, "", "new", "{new}"},
      {Wording::prose, "same", "same", "same"},
      {Wording::prose, "", "", ""},
  };
  for (const Row& row : rows) {
    BOOST_TEST(text_of(word_diff(row.before, row.after, row.wording)) ==
               row.diff);
  }
}

// Whatever it finds, both texts can be read out of it again.
BOOST_AUTO_TEST_CASE(both_sides_are_whole) {
  std::mt19937 random(7);
  const char* const words[] = {"a", "b", " ",  "'c d'", "&&",  "(",
                               ")", "é", "验", "\n",    "1.5", "'"};
  const auto text = [&] {
    std::string made;
    for (auto n = random() % 30; n > 0; --n) {
      made += words[random() % std::size(words)];
    }
    return made;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string a = text();
    const std::string b = text();
    for (const Wording wording : {Wording::code, Wording::prose}) {
      const auto diff = word_diff(a, b, wording);
      BOOST_TEST(side(diff, WordPiece::Is::removed) == a);
      BOOST_TEST(side(diff, WordPiece::Is::added) == b);
    }
  }
}

// Beyond the bound it is coarser, and still whole.
BOOST_AUTO_TEST_CASE(long_texts_are_compared_as_a_whole) {
  std::string a = "begin ";
  std::string b = "begin ";
  for (int i = 0; i < 4000; ++i) {
    a += "a" + std::to_string(i) + " ";
    b += "b" + std::to_string(i) + " ";
  }
  const auto diff = word_diff(a + "end", b + "end", Wording::prose);
  BOOST_TEST(side(diff, WordPiece::Is::removed) == a + "end");
  BOOST_TEST(side(diff, WordPiece::Is::added) == b + "end");
  BOOST_TEST(diff.front().text == "begin ");
  BOOST_TEST(diff.back().text == " end");
}
