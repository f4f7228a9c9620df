// SPDX-License-Identifier: Apache-2.0
#include "scan/scanner.h"

#include <ctime>

#include <boost/test/unit_test.hpp>

#include "scan/answers.h"
#include "scan/expression.h"
#include "scan/made_patterns.h"

using namespace simwarden;

namespace {

// Those of which a look says so when it is asked whether, not where.
std::vector<uint32_t> matching(const Scanner& scanner, std::string_view text,
                               Scanner::Scratch& scratch) {
  std::vector<uint32_t> patterns;
  for (const uint32_t pattern : scanner.look(text, scratch)) {
    if (scanner.matches(pattern, scratch)) patterns.push_back(pattern);
  }
  return patterns;
}

std::vector<uint32_t> patterns_of(const std::vector<Hit>& hits) {
  std::vector<uint32_t> patterns;
  for (const Hit& hit : hits) patterns.push_back(hit.pattern);
  return patterns;
}

// The first pattern about which two answers differ.
std::string pattern_of_first(const std::vector<std::string>& patterns,
                             const std::vector<Hit>& one,
                             const std::vector<Hit>& other) {
  size_t i = 0;
  while (i < one.size() && i < other.size() &&
         show({one[i]}) == show({other[i]})) {
    ++i;
  }
  uint32_t first = UINT32_MAX;
  if (i < one.size()) first = one[i].pattern;
  if (i < other.size()) first = std::min(first, other[i].pattern);
  return first < patterns.size() ? " by " + patterns[first] : "";
}

double cpu_seconds(const Scanner& scanner, const std::string& text) {
  const auto scratch = scanner.make_scratch();
  std::vector<Hit> hits;
  const std::clock_t begin = std::clock();
  scanner.scan(text, *scratch, hits);
  return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string repeat(std::string_view piece, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(hits_come_in_order_of_index_with_their_leftmost_match) {
  struct Row {
    std::vector<std::string> patterns;
    const char* text;
    const char* hits;
  };
  const Row rows[] = {
      {{"otp", "send"}, "send the otp, send", "0:9-12 1:0-4 "},
      {{"(?i)OTP"}, "Your Otp", "0:5-8 "},
      {{"OTP"}, "Your otp", ""},
      {{"Код"}, "ваш Код: 1", "0:7-13 "},
      {{"(?i)код"}, "ВАШ КОД", "0:7-13 "},
      {{"(?i)kit"}, "a \u212aIT", "0:2-7 "},
      {{"(?i)sim"}, "\u017fim", "0:0-4 "},
      {{"卡"}, "补卡", "0:3-6 "},
      {{"(?:验证码|校验码).{0,6}(?:发|告诉)"}, "校验码请发我", "0:0-15 "},
      {{"\\d{4,}", "ab"}, "pin 123456", "0:4-10 "},
      {{"^send", "otp$"}, "send otp", "0:0-4 1:5-8 "},
      {{""}, "", "0:0-0 "},
      {{"x*"}, "abc", "0:0-0 "},
      {{}, "abc", ""},
      {{"ab"},
       "\xff\xfe"
       "ab",
       "0:2-4 "},
      {{"a.b"},
       "a\xff"
       "b",
       ""},
      {{"same", "same"}, "same", "0:0-4 1:0-4 "},
      // Alternatives: the leftmost match, there the first that matches.
      {{"send.{0,9}code|code [0-9]"}, "a code 7, send a code", "0:2-8 "},
      {{"code|code [0-9]+"}, "code 77", "0:0-4 "},
      {{"code [0-9]+|code"}, "code 77", "0:0-7 "},
      {{"[0-9]{4}|pin|send"}, "send 1234", "0:0-4 "},
      {{"(?i)KOD [0-9]|pin.{0,3}x"}, "PIN: X", "0:0-6 "},
      {{"kod [0-9]|(?i)pin.{0,3}x|otp"}, "OTP", "0:0-3 "},
      {{"^otp [0-9]|pin [0-9]$"}, "an otp 1, pin 2", "0:10-15 "},
      {{"x[0-9]|"}, "ab", "0:0-0 "},
  };
  for (const Row& row : rows) {
    for (const bool prefilter : {true, false}) {
      const auto scanner = build_scanner(row.patterns, {prefilter});
      BOOST_TEST(scanner->size() == row.patterns.size());
      BOOST_TEST(scan_once(*scanner, row.text) == row.hits, row.text);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_prefilter_never_changes_an_answer) {
  constexpr size_t kRounds = 60;
  constexpr size_t kTexts = 250;  // a round: 15,000 texts in all
  Maker maker(20260314);
  size_t hit_count = 0;
  for (size_t round = 0; round < kRounds; ++round) {
    std::vector<std::string> patterns;
    for (size_t i = 1 + maker.below(25); i > 0; --i) {
      patterns.push_back(maker.pattern());
      BOOST_TEST_REQUIRE(Pattern(patterns.back()).error() == "");
    }
    const auto fast = build_scanner(patterns, {.prefilter = true});
    const auto slow = build_scanner(patterns, {.prefilter = false});
    const auto scratch = fast->make_scratch();
    const auto slow_scratch = slow->make_scratch();
    std::vector<Hit> hits;
    std::vector<Hit> slow_hits;
    for (size_t i = 0; i < kTexts; ++i) {
      const std::string text = maker.text();
      fast->scan(text, *scratch, hits);
      slow->scan(text, *slow_scratch, slow_hits);
      hit_count += hits.size();
      BOOST_TEST_REQUIRE(show(hits) == show(slow_hits),
                         text + pattern_of_first(patterns, hits, slow_hits));
      BOOST_TEST_REQUIRE(matching(*fast, text, *scratch) == patterns_of(hits),
                         text);
      if (i == 0) BOOST_TEST(show(hits) == plain_answer(patterns, text));
      if (i % 25 == 0)
        BOOST_TEST_REQUIRE(one_by_one(patterns, text) == show(hits));
    }
  }
  BOOST_TEST(hit_count > 10000u);  // the patterns and texts do meet
}

BOOST_AUTO_TEST_CASE(all_matches_of_one_pattern_come_from_left_to_right) {
  const auto scanner = build_scanner({"卡|sim", "x*", "^a", "\\bb"});
  struct Row {
    uint32_t pattern;
    const char* text;
    size_t max;
    const char* hits;
  };
  const Row rows[] = {
      {0, "卡 sim卡", 10, "0:0-3 0:4-7 0:7-10 "},
      {0, "卡 sim卡", 2, "0:0-3 0:4-7 "},
      {0, "卡", 0, ""},
      {0, "none", 10, ""},
      {1, "卡x", 10, "1:0-0 1:3-4 1:4-4 "},
      {2, "aaa", 10, "2:0-1 "},
      {3, "b bb ab", 10, "3:0-1 3:2-3 "},
  };
  for (const Row& row : rows) {
    std::vector<Hit> hits;
    scanner->find_all(row.pattern, row.text, row.max, hits);
    BOOST_TEST(show(hits) == row.hits, row.text);
  }
}

BOOST_AUTO_TEST_CASE(refused_patterns_say_why_and_where) {
  struct Row {
    const char* pattern;
    const char* error;
    const char* piece;
  };
  const Row rows[] = {
      {"ok.*", "", ""},
      {"\\p{L}{1,200}", "", ""},
      {"a(b", "missing ): a(b", "a(b"},
      {"a**", "bad repetition operator: **", "**"},
      {"(?=x)", "invalid perl operator: (?=", "(?="},
      {"\\1", "invalid escape sequence: \\1", "\\1"},
      {"\xff", "invalid UTF-8", ""},
      {"a{1001}", "invalid repetition size: {1001}", "{1001}"},
      {"(?:\\pL{500}){2}\\pL{1000}(?:\\pL{1000})",
       "pattern too large - compile failed", ""},
  };
  for (const Row& row : rows) {
    const Pattern pattern(row.pattern);
    BOOST_TEST(pattern.error() == row.error, row.pattern);
    BOOST_TEST(pattern.offending() == row.piece, row.pattern);
  }
}

// Words of a match may lie as far apart as the pattern allows, in a text that
// is read in windows.
BOOST_AUTO_TEST_CASE(windows_reach_as_far_as_a_match) {
  const std::string far(3000, ' ');
  struct Row {
    const char* pattern;
    const char* match;
  };
  const Row rows[] = {
      {"rare.{0,60}send", "rare\u5361\u5361\u5361 send"},
      {"send.{0,60}rare", "send\u5361\u5361\u5361\u5361rare"},
      {"\\brare\\w{0,9}", "rarefield"},
      {"[a-z]{2,5}rare\\b", "bigrare"},
      {"\\d{4,6}\\srare\\s\\d{2}", "123456 rare 12"},
      {"rare[^.!?]*send", "rare and then, much later, send"},
      {"(?:rare|code) ?=.{1,4}\\b", "rare=\u5361abc"},
  };
  for (const Row& row : rows) {
    for (const size_t before : {0, 1, 700}) {
      const std::string text = far.substr(0, before) + row.match + far +
                               row.match + "x" + far.substr(0, 300);
      const std::string expected = plain_answer({row.pattern}, text);
      BOOST_TEST(expected != "", row.pattern);
      BOOST_TEST(one_by_one({row.pattern}, text) == expected, row.pattern);
    }
  }
}

// Lists of any length, before and behind the rarest word, as near and as far as
// allowed and one farther, in texts as long as one block of grams and longer.
BOOST_AUTO_TEST_CASE(words_of_a_list_are_found_wherever_the_pattern_lets_them) {
  const std::vector<std::string> words = {
      "send", "otp",    "code", "forward it all", "passcode", "password",
      "pin",  "secret", "key",  "卡片",           "token",    "me"};
  size_t hits = 0;
  std::vector<std::string> patterns;
  for (size_t count = 1; count <= words.size(); ++count) {
    std::string list;
    for (size_t i = 0; i < count; ++i) list += (i > 0 ? "|" : "") + words[i];
    patterns.push_back("zqxj[-+]{2,9}(?:" + list + ")");
    patterns.push_back("\\b(?:" + list + ")\\b[-+]{2,9}zqxj");
    patterns.push_back("(?:" + list + ")[^.]*zqxj[^.]*\\b(?:" + list + ")");
  }
  const auto fast = build_scanner(patterns);
  const auto slow = build_scanner(patterns, {.prefilter = false});
  for (const std::string& word : words) {
    for (const size_t gap : {1, 2, 3, 8, 9, 10}) {
      const std::string far(gap, '-');
      const std::string core = word + far + "zqxj" + far + word;
      for (const size_t before : {0, 1, 7, 100, 470, 500, 512, 700}) {
        for (const size_t behind : {0, 1, 30, 600}) {
          const std::string text =
              std::string(before, ' ') + core +
              std::string(behind, behind == 30 ? 'e' : ' ');
          const std::string found = scan_once(*fast, text);
          BOOST_TEST_REQUIRE(found == scan_once(*slow, text),
                             word << " " << gap << " " << before);
          hits += found.size();
        }
      }
    }
  }
  BOOST_TEST(hits > 1000u);
}

// Its pattern is compared as often as is bounded, and then left to RE2.
BOOST_AUTO_TEST_CASE(a_text_of_triggers_is_answered_as_by_re2) {
  std::string list = "none";
  for (int i = 0; i < 60; ++i) list += "|miss" + std::to_string(1000 + i);
  const std::vector<std::string> patterns = {"zqxj[^.]{0,400}(?:" + list + ")"};
  for (const size_t count : {3, 60, 120}) {
    std::string text;
    while (text.size() < 4 * count) text += "zqxj";
    for (const char* end : {"", "miss1059", "miss2000"}) {
      BOOST_TEST(one_by_one(patterns, text + end) ==
                 plain_answer(patterns, text + end));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_letter_that_changes_its_length_moves_no_match) {
  // U+212A and U+023A are one byte less and more when folded.
  const std::vector<std::string> patterns = {
      "otp", "send.{0,3}otp", "\\botp\\b", "(?i)kit", "\\bend", "rare.{2}"};
  for (const char* odd : {"\u212a", "\u023a", "\u017f", "K", ""}) {
    for (const char* text :
         {"otp", "send=otp rare12", "\u212ait end otp", ""}) {
      const std::string whole = std::string(odd) + text + odd + text + odd;
      BOOST_TEST(one_by_one(patterns, whole) == plain_answer(patterns, whole),
                 whole);
    }
  }
}

BOOST_AUTO_TEST_CASE(one_scratch_serves_many_texts_and_scanners) {
  const auto small = build_scanner({"send"});
  const auto big = build_scanner({"send", "otp", "(?:code|card)"});
  const auto scratch = small->make_scratch();
  std::vector<Hit> hits;
  for (int i = 0; i < 3; ++i) {
    small->scan("send", *scratch, hits);
    BOOST_TEST(show(hits) == "0:0-4 ");
    big->scan("otp card", *scratch, hits);
    BOOST_TEST(show(hits) == "1:0-3 2:4-8 ");
    big->scan("", *scratch, hits);
    BOOST_TEST(show(hits) == "");
  }
}

BOOST_AUTO_TEST_CASE(time_grows_with_the_text_and_not_faster) {
  Maker maker(99);
  std::vector<std::string> patterns;
  while (patterns.size() < 298) patterns.push_back(maker.pattern());
  patterns.push_back("(?:a|aa)*b");
  patterns.push_back("send.{0,60}send.{0,60}never");
  const auto scanner = build_scanner(patterns);
  for (const char* piece : {"a", "send otp code ", "验证码补卡", "\xff", "1"}) {
    const std::string text = repeat(piece, size_t{1} << 20);
    const std::string_view quarter(text.data(), text.size() / 4);
    (void)cpu_seconds(*scanner, text);  // warms the DFA caches
    const double small = cpu_seconds(*scanner, std::string(quarter));
    const double large = cpu_seconds(*scanner, text);
    // Four times the text; quadratic growth would be sixteen times.
    BOOST_TEST(large < 9 * small + 0.05, piece << small << " " << large);
  }
}

// What is said about a pattern is what a scan of it does: text that has
// nothing of it is passed by exactly when it waits.
BOOST_AUTO_TEST_CASE(a_pattern_waits_for_a_literal_digits_or_a_mark) {
  for (const char* waiting :
       {"send.{0,20}otp", "\\d{4}", "a@b", "验证码", "ab|cd"}) {
    BOOST_TEST(waits(Pattern(waiting)), waiting);
  }
  for (const char* runs : {"[a-z]{3}", "ab|c", "\\w+ \\w+", "(?:otp)?x"}) {
    BOOST_TEST(!waits(Pattern(runs)), runs);
  }
}

BOOST_AUTO_TEST_CASE(counted_repeats_are_written_out) {
  BOOST_TEST(instructions_of("a[^b]{0,400}c") >
             10 * instructions_of("a[^b]{0,20}c"));
}
