// SPDX-License-Identifier: Apache-2.0
#include "scan/shape.h"

#include <random>

#include <boost/test/unit_test.hpp>
#include <re2/re2.h>

#include "scan/fold.h"
#include "scan/gate.h"
#include "scan/options.h"

using namespace simwarden;

namespace {

std::string show(const ShapeGap& gap) {
  const std::string most = gap.most == kNoEnd ? "" : std::to_string(gap.most);
  const std::string digits =
      gap.digits == 0 ? "" : "#" + std::to_string(gap.digits);
  return "{" + std::to_string(gap.least) + "," + most + digits + "}";
}

std::string show(const ShapeWord& word) {
  constexpr const char* kMarks[] = {"never", "~", "|", ""};  // by Edge
  return kMarks[size_t(word.before)] + word.bytes + kMarks[size_t(word.after)];
}

// "{0,0}send share{4,4}otp{0,#2}": gap, words, gap; with two digits or more.
std::string show(const Shape& shape) {
  std::string out = shape.only_words ? "= " : "";
  for (const ShapeBranch& branch : shape.branches) {
    if (out.size() > 2) out += " / ";
    for (const ShapeStep& step : branch.steps) {
      out += show(step.before);
      for (size_t i = 0; i < step.words->all.size(); ++i) {
        out += (i > 0 ? " " : "") + show(step.words->all[i]);
      }
    }
    out += show(branch.tail);
  }
  return out;
}

std::string shown(std::string_view pattern) {
  const auto shape = shape_of(pattern);
  return shape ? show(*shape) : "unread";
}

class Scribbler {
 public:
  explicit Scribbler(uint32_t seed) : random_(seed) {}

  // Something like a pattern, often a wrong one.
  std::string pattern() {
    static const std::vector<std::string> kPieces = {
        "a",      "send", "卡",    "[a-c]",  "[^.!?]",  "[卡码]",
        ".",      "(",    "(?:",   ")",      "|",       "*",
        "+",      "?",    "{2}",   "{0,3}",  "{2,}",    "{40}",
        "{x",     "}",    "\\b",   "\\B",    "^",       "$",
        "\\d",    "\\w",  "\\.",   "\\_",    "[0-9]",   "\\p{L}",
        "\\pN",   "[",    "]",     "[\\d-",  "(?i)",    "(?s:",
        "(?-i)",  "-",    "\\",    "é",      "[é-]",    "[]a]",
        "\\z",    "\\A",  "[^]x]", "{",      ",",       "[[:alpha:]]",
        "(?P<n>", "(?m)", "\\x41", "\\Qa",   "[a-\\d]", "[z-a]",
        "{1001}", "\\s",  "\\S",   "[\\w ]", "[^\\s,]", "[^。؟]*"};
    std::string out;
    for (size_t i = 1 + random_() % 9; i > 0; --i) {
      out += kPieces[random_() % kPieces.size()];
    }
    return out;
  }

 private:
  std::mt19937 random_;
};

std::string folded_of(const std::string& letter) {
  FoldedText text;
  text.fold(letter);
  return std::string(text.folded());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_shape_is_words_and_the_gaps_between_them) {
  struct Row {
    const char* pattern;
    const char* shape;
  };
  const Row rows[] = {
      {"otp", "= {0,0}otp{0,0}"},
      {"\\botp\\b", "= {0,0}|otp|{0,0}"},
      {"\\Botp|卡", "= {0,0}~otp 卡{0,0}"},
      {"e-?sims?", "= {0,0}e-sims e-sim esims esim{0,0}"},
      {"e-??sim", "= {0,0}esim e-sim{0,0}"},
      {"f[aá]c", "= {0,0}fac fác{0,0}"},
      {"a(?:bc|de){1,2}f", "= {0,0}abcbcf abcdef abcf adebcf adedef adef{0,0}"},
      {"ab\\bcd", "{0,0}"},  // no match is possible
      {"ab\\b cd", "= {0,0}ab cd{0,0}"},
      {"send.{0,20}otp", "{0,0}send{0,80}otp{0,0}"},
      {"send[^.!?]*otp", "{0,0}send{0,}otp{0,0}"},
      {"(?:send|share) \\w{2,5}\\botp", "{0,0}send  share {2,5}|otp{0,0}"},
      {"\\d{4,8}", "{4,8#4}"},
      {"pin ?[0-9]{4,8}\\b", "{0,0}pin  pin{4,8#4}"},
      {"[1-9][0-9]{9}|x\\d{2}", "{10,10#10} / {3,3#2}"},
      {"(?:\\d{2}[- ]?){3,}otp", "{6,#6}otp{0,0}"},
      {"[\\da][\\d.]\\D[^0-9][0-:]", "{5,11}"},
      {"abc(?:\\d{3})?[0-9]*\\d+", "{0,0}abc{1,#1}"},
      {"x", "{1,1}"},  // one byte is no word
      {"x.{3}yes", "{4,13}yes{0,0}"},
      {"(?i)Kit", "{0,0}kit{0,0}"},
      {"Kit", "{0,0}kit{0,0}"},  // but the capital must be there
      {"^send", "{0,0}send{0,0}"},
      {"send|\\d+otp|x.x", "{0,0}send{0,0} / {1,#1}otp{0,0} / {3,6}"},
      {"(?:ab.|cd)ef", "{0,0}ab{1,4}ef{0,0} / {0,0}cd{0,0}ef{0,0}"},
      {"(?:abc\\d+)+", "{0,0}abc{1,#1}"},
      {"(?:abc\\d+)*xyz", "{0,}xyz{0,0}"},
      {"\\b(?:pass\\w*|ss)\\b", "{0,0}|pass{0,} / {0,0}|ss|{0,0}"},
      {"x?\\b(?:ab.|cd)\\b", "{0,1}ab{1,4} / {0,1}cd|{0,0}"},
      {"abc{0}d", "= {0,0}abd{0,0}"},
      {"a{,2}", "= {0,0}a{,2}{0,0}"},
      {"[\\p{L}]ok", "{1,4}ok{0,0}"},
      {"[[:alpha:]]ok", "unread"},
      {"\\x{41}", "unread"},
      {"(?P<n>a)", "unread"},
      {"(?U)a+", "unread"},
      {"a**", "unread"},
      {"(a", "unread"},
      {"a)", "unread"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(shown(row.pattern) == row.shape, row.pattern);
  }
}

BOOST_AUTO_TEST_CASE(long_lists_are_cut_and_still_claim_what_is_there) {
  // Eight letters of two spellings each would be 256 words.
  const auto shape = shape_of("[aá][bḃ][cç][dḋ][eé][fḟ][gġ][hḣ]");
  BOOST_TEST_REQUIRE(shape.has_value());
  BOOST_TEST(shape->branches.size() == 1u);
  BOOST_TEST(shape->branches[0].steps.size() == 2u);
  BOOST_TEST(!shape->only_words);
  // Ways through two groups that are written out, and put together again.
  std::string ways = "(?:";
  for (int i = 0; i < 30; ++i) ways += "word" + std::to_string(i) + "\\d+|";
  ways += "last\\d)";
  const auto many = shape_of(ways + ways);
  BOOST_TEST_REQUIRE(many.has_value());
  for (const ShapeBranch& branch : many->branches) {
    BOOST_TEST(branch.steps.size() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(what_is_read_is_what_re2_accepts) {
  Scribbler scribbler(20261126);
  size_t sure = 0;
  for (size_t i = 0; i < 60'000; ++i) {
    const std::string pattern = scribbler.pattern();
    const auto shape = shape_of(pattern);
    if (!shape || shape->instructions_max > kInstructionsSure) continue;
    ++sure;
    const re2::RE2 expression(pattern, re2::RE2::Quiet);
    BOOST_TEST_REQUIRE(expression.ok(), pattern);
    BOOST_TEST_REQUIRE(
        uint64_t(expression.ProgramSize()) <= shape->instructions_max, pattern);
  }
  BOOST_TEST(sure > 8000u);
}

// What is said without asking RE2 must hold with room to spare.
BOOST_AUTO_TEST_CASE(what_is_sure_is_far_below_what_re2_has_room_for) {
  const re2::RE2 longest(std::string(3 * kInstructionsSure, 'a'),
                         options_with(kPatternMemoryMax));
  BOOST_TEST(longest.ok());
  for (const char category : std::string("CLMNPSZ")) {
    for (const char* form : {"\\p{%}", "(?i)[^\\p{%}a]", "\\P%", "[\\p%x]"}) {
      std::string pattern = form;
      pattern[pattern.find('%')] = category;
      const auto shape = shape_of(pattern);
      BOOST_TEST_REQUIRE(shape.has_value());
      BOOST_TEST_REQUIRE(shape->instructions_max <= kInstructionsSure);
      const re2::RE2 expression(pattern, re2::RE2::Quiet);
      BOOST_TEST(expression.ok(), pattern);
      BOOST_TEST(uint64_t(expression.ProgramSize()) <= shape->instructions_max,
                 pattern);
    }
  }
  // A name is RE2's to know.
  BOOST_TEST(shape_of("\\p{Greek}")->instructions_max > kInstructionsSure);
}

BOOST_AUTO_TEST_CASE(a_shape_is_as_wide_as_its_matches) {
  Scribbler scribbler(7);
  const std::string texts[] = {"send aasend卡a-é.x",
                               "aaaa,bcb卡码卡 x_9}",
                               "sendsend\n12345 {x A-é卡é]",
                               "send. 卡a!send?\nab, 卡。12؟x।",
                               "",
                               "a",
                               "卡"};
  size_t matches = 0;
  size_t with_digits = 0;
  size_t with_stops = 0;
  for (size_t i = 0; i < 30'000; ++i) {
    const std::string pattern = scribbler.pattern();
    const auto shape = shape_of(pattern);
    const re2::RE2 expression(pattern, re2::RE2::Quiet);
    if (!shape || !expression.ok()) continue;
    for (const std::string& text : texts) {
      re2::StringPiece found;
      if (!expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found,
                            1)) {
        continue;
      }
      ++matches;
      BOOST_TEST_REQUIRE(found.size() >= shape->width.least, pattern);
      BOOST_TEST_REQUIRE(found.size() <= shape->width.most, pattern);
      const std::string_view match(found.data(), found.size());
      BOOST_TEST_REQUIRE(count_digits(match) >= shape->width.digits, pattern);
      BOOST_TEST_REQUIRE((stops_in(match) & ~shape->width.stops) == 0, pattern);
      with_stops += shape->width.stops != kAnyStop && stops_in(text) != 0;
      with_digits += shape->width.digits > 0 ? 1 : 0;
    }
  }
  BOOST_TEST(matches > 10'000u);
  BOOST_TEST(with_digits > 300u);
  BOOST_TEST(with_stops > 1'000u);
}

BOOST_AUTO_TEST_CASE(letters_that_re2_takes_for_each_other_fold_to_the_same) {
  // Whatever (?i)x matches is looked for as x, folded.
  std::string cased;
  for (uint32_t rune = 0x41; rune < 0x1ffff; ++rune) {
    if (rune >= 0xd800 && rune < 0xe000) continue;
    std::string letter;
    if (rune < 0x80) {
      letter = std::string(1, char(rune));
    } else if (rune < 0x800) {
      letter = {char(0xc0 | rune >> 6), char(0x80 | (rune & 63))};
    } else if (rune < 0x10000) {
      letter = {char(0xe0 | rune >> 12), char(0x80 | (rune >> 6 & 63)),
                char(0x80 | (rune & 63))};
    } else {
      letter = {char(0xf0 | rune >> 18), char(0x80 | (rune >> 12 & 63)),
                char(0x80 | (rune >> 6 & 63)), char(0x80 | (rune & 63))};
    }
    const std::string folded = folded_of(letter);
    if (folded != letter) cased += letter + folded;
  }
  BOOST_TEST_REQUIRE(cased.size() > 6000u);
  re2::StringPiece rest(cased);
  re2::StringPiece letter;
  const re2::RE2 one("(?s)(.)");
  while (re2::RE2::Consume(&rest, one, &letter)) {
    const std::string wanted = folded_of(letter.as_string());
    const re2::RE2 any_case("(?i)(" + re2::RE2::QuoteMeta(letter) + ")");
    re2::StringPiece all(cased);
    re2::StringPiece met;
    while (re2::RE2::FindAndConsume(&all, any_case, &met)) {
      BOOST_TEST_REQUIRE(folded_of(met.as_string()) == wanted,
                         letter.as_string());
    }
  }
}

BOOST_AUTO_TEST_CASE(alternatives_of_the_outermost_level_stand_alone) {
  struct Row {
    const char* pattern;
    const char* ways;  // "": none
  };
  const Row rows[] = {
      {"otp|pin|send.{0,9}code", "otp|pin / send.{0,9}code"},
      {"send.b|pin|otp", "send.b / pin|otp"},
      {"a(?:b|c).|d[|]e|f\\|g", "a(?:b|c). / d[|]e / f\\|g"},
      {"(?i)a.b|cd|ef", "(?i)a.b / (?i)cd|ef"},
      {"(a|b)c", ""},
      {"otp|pin", ""},  // nothing but words
      {"a.b", ""},
      {"a.b|", ""},
      {"a.b|(?i)c.d", ""},
      {"(?i)(?s)a.b|c.d", ""},
      {"a.b|(?i:c.d)", "a.b / (?i:c.d)"},
  };
  for (const Row& row : rows) {
    const auto shape = shape_of(row.pattern);
    BOOST_TEST_REQUIRE(shape.has_value(), row.pattern);
    std::string ways;
    BOOST_TEST_REQUIRE(shape->of_ways.size() == shape->ways.size());
    for (size_t i = 0; i < shape->ways.size(); ++i) {
      const std::string& way = shape->ways[i];
      ways += (ways.empty() ? "" : " / ") + way;
      BOOST_TEST(show(shape->of_ways[i]) == shown(way), way);
    }
    BOOST_TEST(ways == row.ways, row.pattern);
  }
  std::string most = "a.b";
  for (size_t i = 1; i < kWaysMax; ++i) most += "|a.b";
  BOOST_TEST(shape_of(most)->ways.size() == kWaysMax);
  BOOST_TEST(shape_of(most + "|a.b")->ways.empty());
}
