// SPDX-License-Identifier: Apache-2.0
#include "scan/scanner.h"

#include <ctime>
#include <random>

#include <boost/test/unit_test.hpp>
#include <malloc.h>
#include <re2/re2.h>

#include "scan/expression.h"
#include "scan/fold.h"
#include "scan/literals.h"

using namespace simwarden;

namespace {

std::string show(const std::vector<Hit>& hits) {
  std::string out;
  for (const Hit& hit : hits) {
    out += std::to_string(hit.pattern) + ":" + std::to_string(hit.begin) + "-" +
           std::to_string(hit.end) + " ";
  }
  return out;
}

std::string scan_once(const Scanner& scanner, std::string_view text) {
  const auto scratch = scanner.make_scratch();
  std::vector<Hit> hits;
  scanner.scan(text, *scratch, hits);
  return show(hits);
}

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

// What RE2 alone says, with no code of ours between.
std::string plain_answer(const std::vector<std::string>& patterns,
                         std::string_view text) {
  std::vector<Hit> hits;
  for (size_t i = 0; i < patterns.size(); ++i) {
    const re2::RE2 expression(patterns[i]);
    re2::StringPiece found;
    if (!expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found,
                          1)) {
      continue;
    }
    const uint32_t begin = uint32_t(found.data() - text.data());
    hits.push_back({uint32_t(i), begin, begin + uint32_t(found.size())});
  }
  return show(hits);
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

// Every pattern in a scanner of its own.
std::string one_by_one(const std::vector<std::string>& patterns,
                       std::string_view text) {
  std::vector<Hit> all;
  for (size_t i = 0; i < patterns.size(); ++i) {
    const auto scanner = build_scanner({patterns[i]});
    const auto scratch = scanner->make_scratch();
    std::vector<Hit> hits;
    scanner->scan(text, *scratch, hits);
    for (const Hit& hit : hits)
      all.push_back({uint32_t(i), hit.begin, hit.end});
  }
  return show(all);
}

const std::vector<std::string> kWords = {
    "send",        "otp", "Code",  "SIM",       "验证码", "补卡",
    "客服",        "卡",  "код",   "СИМ-карта", "kit",    "\u212ait",
    "stra\u00dfe", "ÀÉ",  "12345", "t.me/",     "@demo_", "one-time",
    "微信",        "ſim", "a",     "-",         "手机卡", "пароль"};

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  size_t below(size_t bound) { return random_() % bound; }
  const std::string& word() { return kWords[below(kWords.size())]; }

  std::string text() {
    std::string out;
    const bool is_long = below(12) == 0;  // long enough for windows
    for (size_t i = is_long ? 80 + below(80) : below(14); i > 0; --i) {
      out += word();
      if (below(3) == 0) out += ' ';
      if (below(9) == 0) out += char(random_());  // often not UTF-8
      if (below(9) == 0) out += "，";
      if (below(5) == 0) out += stop();
    }
    return out;
  }

  std::string pattern() {
    std::string out = below(3) == 0 ? "(?i)" : "";
    for (size_t ways = below(3) == 0 ? 1 + below(5) : 1; ways > 0; --ways) {
      for (size_t i = 1 + below(3); i > 0; --i) out += piece();
      if (ways > 1) out += '|';
    }
    return out;
  }

 private:
  std::string piece() {
    switch (below(30)) {
      case 0: return "(?:" + literal() + "|" + literal() + ")";
      case 1: return literal() + ".{0,6}" + literal();
      case 2: return "(?:" + literal() + ")?";
      case 3: return "[卡码客к]" + literal();
      case 4: return "\\b" + literal();
      case 5: return "\\d{2,4}";
      case 6: return "(?:" + literal() + "|[0-9]+)\\s*";
      case 7: return "[0-9]{1,3}?";
      case 8: return "@?[a-z_]{2,}";
      case 9: return "/+";
      case 10: return "\\.?\\d+";
      case 11: return below(4) == 0 ? "|" : "-?";
      case 12: return "\\b(?:" + literal() + "|" + literal() + ")\\b";
      case 13: return literal() + "[^.!?]*" + literal();
      case 14: return literal() + ".{2,30}?" + literal();
      case 15: return "(?:" + literal() + "\\d*|" + literal() + ".)";
      case 16: return "\\B";
      case 17: return edge();
      case 18: return "[a-zа-я]{0,3}";
      case 19: return "(?:" + literal() + "){1,2}";
      case 20: return literal() + "[^a-z]?[0-9]{2,5}";
      case 21: return "\\d{2,}.{0,3}" + literal();
      case 22: return literal() + gap() + literal();
      case 23: return gap() + literal();
      case 24: return literal() + gap();
      case 25: return "(?:" + literal() + "|" + literal() + gap() + ")";
      case 26: return "(?:" + literal() + gap() + ")?";
      default: return literal();
    }
  }
  const char* stop() {
    static constexpr const char* kAll[] = {".",  "!", "?", "\n",    ",",
                                           "。", "؟", "।", "。\x80"};
    return kAll[below(std::size(kAll))];
  }
  const char* edge() {
    static constexpr const char* kAll[] = {
        "\\b", "^", "$", "(?m:^)", "(?m:$)", "(?:^|[^a-z])", "(?:[.,!]|$)"};
    return kAll[below(std::size(kAll))];
  }
  const char* gap() {
    static constexpr const char* kAll[] = {
        "[^.!?\n]*",        "[^.。]{0,30}",   ".{0,40}",    "(?s:.{0,40})",
        "[\\w ]*",          "\\S*",           "\\s*",       "[^\\w]{0,6}",
        "[^\\s؟]*",         "[!-,a-z ]*",     "[^\\p{L}]*", "[\\pL ,]{0,30}",
        "(?:, ?|[^,.]{3})", "[^।]{1,20}?",    "[.!?]",      "(?i)[^.]*",
        "(?:[^!]|[^?]){9}", "(?:a|b\\.|。)?", "\\W*",       "\\D{0,20}"};
    return kAll[below(std::size(kAll))];
  }
  std::string literal() { return re2::RE2::QuoteMeta(word()); }

  std::mt19937 random_;
};

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

BOOST_AUTO_TEST_CASE(grams_are_hashed_together_as_each_alone) {
  Maker maker(11);
  for (size_t i = 0; i < 3000; ++i) {
    const std::string text = maker.text();
    const std::string padded = text + std::string(kPlacesReach, '\0');
    for (size_t at = 0; at < text.size(); at += kGramsTogether) {
      uint16_t hashes[kGramsTogether];
      hash_grams(&padded[at], hashes);
      for (size_t k = 0; k < std::min(kGramsTogether, text.size() - at); ++k) {
        BOOST_TEST_REQUIRE(hashes[k] == gram_hash(&padded[at + k]));
        BOOST_TEST_REQUIRE(hashes[k] < kGramHashes);
      }
    }
  }
}

namespace {

using Place = std::pair<uint32_t, size_t>;

std::vector<Place> places_by_search(const std::vector<std::string>& literals,
                                    const std::string& text) {
  std::vector<Place> places;
  for (size_t id = 0; id < literals.size(); ++id) {
    for (size_t at = text.find(literals[id]); at != std::string::npos;
         at = text.find(literals[id], at + 1)) {
      places.emplace_back(id, at);
    }
  }
  return places;
}

std::vector<Place> places_by_set(const LiteralSet& set,
                                 const std::string& text) {
  FoldedText folded;
  folded.fold(text);
  BOOST_TEST_REQUIRE(folded.same());
  std::vector<Place> places;
  LiteralSet::Met met{};
  const auto take = [&](uint32_t literal, size_t begin, size_t end) {
    BOOST_TEST(end - begin == set.literal(literal).size());
    places.emplace_back(literal, begin);
  };
  set.find(folded.folded(), met, take);
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

BOOST_AUTO_TEST_CASE(literals_are_found_wherever_they_stand) {
  const std::string zeros(20, '\0');
  const std::vector<std::string> literals = {
      "abc",
      "bcd",
      "验证码",
      "卡",
      "message",
      "messages",
      "ssa",
      "aaaa",
      "ab",
      "aa",
      "码",
      // The same sixteen bytes, and what comes behind.
      "verification cod",
      "verification code",
      "verification codes",
      "verification card, and then much more of it",
      // Nothing but what stands about a text.
      zeros.substr(0, 3),
      zeros.substr(0, 17),
      "a" + zeros,
      zeros + "a",
  };
  const LiteralSet set(literals);
  Maker maker(7);
  for (size_t i = 0; i < 5000; ++i) {
    std::string text;
    for (size_t k = maker.below(6) + (i % 50 == 0 ? 400 : 0); k > 0; --k) {
      const std::string& literal = literals[maker.below(literals.size())];
      const size_t cut = maker.below(literal.size());
      text += maker.below(2) == 0 ? literal.substr(cut)
                                  : literal.substr(0, cut + 1);
    }
    BOOST_TEST_REQUIRE(
        (places_by_set(set, text) == places_by_search(literals, text)), text);
  }
}

// Whatever their number, and with all of them at one place.
BOOST_AUTO_TEST_CASE(literals_with_the_same_gram_are_all_found) {
  for (const size_t count : {1, 2, 3, 4, 63, 64, 65, 200, 3000}) {
    std::vector<std::string> literals;
    for (size_t i = 0; i < count; ++i) {
      literals.push_back(std::string("zqx") + std::string(i, 'e'));
    }
    const LiteralSet set(literals);
    for (const size_t size : {size_t{0}, size_t{1}, count / 2, count}) {
      const std::string text = "e zqx" + std::string(size, 'e') + "zqxe zq";
      BOOST_TEST((places_by_set(set, text) == places_by_search(literals, text)),
                 count << " " << size);
    }
  }
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
  for (const char* waits :
       {"send.{0,20}otp", "\\d{4}", "a@b", "验证码", "ab|cd"}) {
    BOOST_TEST(cost_of(Pattern(waits)).waits, waits);
  }
  for (const char* runs : {"[a-z]{3}", "ab|c", "\\w+ \\w+", "(?:otp)?x"}) {
    BOOST_TEST(!cost_of(Pattern(runs)).waits, runs);
  }
}

BOOST_AUTO_TEST_CASE(counted_repeats_are_written_out) {
  BOOST_TEST(cost_of(Pattern("a[^b]{0,400}c")).instructions >
             10 * cost_of(Pattern("a[^b]{0,20}c")).instructions);
}
