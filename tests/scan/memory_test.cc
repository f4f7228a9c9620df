// SPDX-License-Identifier: Apache-2.0
#include "scan/memory.h"

#include <random>

#include <boost/test/unit_test.hpp>
#include <malloc.h>

#include "scan/answers.h"
#include "scan/expression.h"

// What patterns may remember, and that they answer without it.
using namespace simwarden;

// More patterns without words than one automaton may hold.
BOOST_AUTO_TEST_CASE(patterns_without_words_share_one_automaton) {
  std::vector<std::string> patterns;
  for (const char* pattern : {"[ab]c", "\\w\\d", "^.?a", "[a-z] [a-z]"}) {
    patterns.push_back(pattern);
  }
  const auto scanner = build_scanner(patterns);
  const auto slow = build_scanner(patterns, {.prefilter = false});
  for (const char* text : {"xx aababc y", "a", "", "b7 c", "-"}) {
    BOOST_TEST(scan_once(*scanner, text) == scan_once(*slow, text), text);
  }
  BOOST_TEST(scanner->exhausted() == 0u);
}

BOOST_AUTO_TEST_CASE(what_one_automaton_cannot_hold_is_asked_one_by_one) {
  std::vector<std::string> patterns{"[ab]c"};
  for (int i = 0; i < 40; ++i) {
    patterns.push_back("\\pL{" + std::to_string(60 + i) + "}");
    BOOST_TEST_REQUIRE(Pattern(patterns.back()).error() == "");
  }
  const auto scanner = build_scanner(patterns);
  BOOST_TEST(scan_once(*scanner, "ac") == "0:0-2 ");
  BOOST_TEST(scan_once(*scanner, std::string(61, 'x')) == "1:0-60 2:0-61 ");
  BOOST_TEST(scanner->exhausted() == 2u);
}

// However little is left, an expression answers.
BOOST_AUTO_TEST_CASE(patterns_without_memory_answer_the_same) {
  std::vector<std::string> patterns;
  for (int i = 1; i < 80; ++i) {
    const std::string count = std::to_string(i);
    patterns.push_back("send[^.]{0," + count + "}otp|\\pL{" + count + "}卡");
  }
  const auto memory = std::make_shared<ScanMemory>(int64_t{8} << 20);
  const auto scarce = build_scanner(patterns, {.memory = memory});
  const auto ample = build_scanner(patterns);
  for (const char* text : {"send the otp", "please send me, today, an otp卡",
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa卡 send otp"}) {
    const std::string found = scan_once(*scarce, text);
    BOOST_TEST(found == scan_once(*ample, text));
    BOOST_TEST(!found.empty());
  }
  BOOST_TEST(scarce->memory().cut() == 2 * patterns.size());  // of each way
  BOOST_TEST(ample->memory().cut() == 0u);
}

BOOST_AUTO_TEST_CASE(grants_never_add_up_to_more_than_there_is) {
  ScanMemory memory(int64_t{64} << 20);
  int64_t sum = 0;
  for (int i = 0; i < 20'000; ++i) {
    const int64_t granted = memory.grant(int64_t{1} << 18);
    BOOST_REQUIRE(granted >= 0);
    sum += granted;
  }
  BOOST_TEST(sum <= int64_t{64} << 20);
  BOOST_TEST(sum > int64_t{63} << 20);
  BOOST_TEST(memory.cut() > 0u);
  BOOST_TEST(memory.cut() < 20'000u);
}

// RE2 may take half as much again as is granted, and keeps that for automata
// that are not asked for.
BOOST_AUTO_TEST_CASE(an_expression_takes_no_more_than_it_was_granted) {
  const auto memory = std::make_shared<ScanMemory>();
  std::mt19937 random(1);
  std::string text;
  for (int i = 0; i < 400'000; ++i) {
    text += random() % 30 == 0 ? 'c' : random() % 2 == 0 ? 'a' : 'b';
  }
  for (const char* pattern :
       {"[ab]*a[ab]{60}c", "[ab]{0,40}a[ab]{10}c[ab]{10}a[ab]{0,40}c",
        "a.{0,30}a[bc]+a.{0,30}aab$", "^(?:.{0,60}[ab]{9}c)+b"}) {
    const auto scanner = build_scanner({std::string(pattern)},
                                       {.prefilter = false, .memory = memory});
    const size_t before = ::mallinfo2().uordblks;
    for (size_t at = 0; at < text.size(); at += 4000) {
      (void)scan_once(*scanner, text.substr(at, 4000));
    }
    const size_t taken = ::mallinfo2().uordblks - before;
    constexpr size_t kGranted = size_t(kUsualMemory / 3 * 2);
    BOOST_TEST(taken < kGranted + kGranted / 8, pattern << " " << taken);
  }
}

// Patterns whose DFA outgrows its memory must still answer, by the slow way.
BOOST_AUTO_TEST_CASE(a_pattern_that_outgrows_its_memory_still_answers) {
  const std::vector<std::string> patterns = {"[ab]*a[ab]{60}c", "\\pL{1,200}卡",
                                             "(?:\\pL{10}[ab]){20}z"};
  std::mt19937 random(1);
  std::string text;
  for (size_t i = 0; i < 60000; ++i) text += (random() & 1) ? 'a' : 'b';
  for (const std::string& pattern : patterns) {
    BOOST_TEST_REQUIRE(Pattern(pattern).error() == "");
  }
  const auto scanner = build_scanner(patterns);
  BOOST_TEST(scan_once(*scanner, text) == "");
  text.insert(50000, "a" + std::string(60, 'b') + "c卡");
  const std::string hits = scan_once(*scanner, text);
  BOOST_TEST(hits.find("0:0-50062") != std::string::npos, hits);
  BOOST_TEST(hits.find("1:49862-50065") != std::string::npos, hits);
}
