// SPDX-License-Identifier: Apache-2.0
// What holds for every text: random ones, hostile ones, and the project's own
// corpus.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "text/pieces.h"
#include "text/views.h"

namespace simwarden {
namespace {

const char32_t kNasty[] = {
    'a',     'Z',     '0',     '9',     ' ',     '\n',    '@',     '.',
    '&',     '%',     '=',     '4',     '6',     'E',     'F',     '?',
    '/',     '_',     '-',     ';',     '#',     0xAD,    0xDF,    0x130,
    0x17F,   0x300,   0x301,   0x327,   0x338,   0x344,   0x345,   0x3A3,
    0x3C2,   0x430,   0x435,   0x456,   0x442,   0x448,   0x438,   0x306,
    0x3BF,   0x3B1,   0x5D0,   0x5B8,   0x627,   0x654,   0x661,   0x644,
    0x915,   0x94D,   0x93C,   0x9C7,   0x9BE,   0xE17,   0xE35,   0xE48,
    0x1100,  0x1161,  0x11A8,  0x1E9E,  0x200B,  0x200C,  0x200D,  0x200F,
    0x202E,  0x2066,  0x2028,  0x20E3,  0x20DD,  0x2122,  0x2163,  0x2460,
    0x2665,  0x2708,  0x2764,  0x2776,  0x2795,  0x2800,  0x3000,  0x3002,
    0x3042,  0x3099,  0x30AB,  0x3164,  0x5FAE,  0x4FE1,  0x88DC,  0x98DB,
    0x98DE,  0x6A5F,  0x673A,  0xAC00,  0xFB01,  0xFDFA,  0xFE0F,  0xFEFF,
    0xFF0E,  0xFF21,  0xFF76,  0xFF9E,  0xFFA0,  0xFFFD,  0x1D413, 0x1D7D8,
    0x1F130, 0x1F150, 0x1F170, 0x1F1E8, 0x1F1F3, 0x1F427, 0x1F468, 0x1F3FB,
    0x29F,   0x1D26,  0x13A4,  0xA4D4,  0xFF06,  0xFF05,  0x1CCD6, 0x1DA6,
    0x39D,   0x1F600, 0xE0041, 0xE0100, 0x10FFFF};

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::string nasty_string(std::mt19937& random, bool broken) {
  std::string text;
  const auto pick = [&](size_t n) { return random() % n; };
  const size_t size = pick(40);
  for (size_t i = 0; i < size; ++i) {
    if (broken && pick(12) == 0) {
      text.push_back(static_cast<char>(0x80 + pick(0x80)));
      continue;
    }
    const char32_t c = kNasty[pick(std::size(kNasty))];
    const size_t times = pick(20) == 0 ? pick(40) : 1;
    for (size_t k = 0; k < times; ++k) append_utf8(text, c);
  }
  return text;
}

std::string repeated(std::string_view unit, size_t bytes) {
  std::string text;
  while (text.size() + unit.size() <= bytes) text += unit;
  return text;
}

// The ends of characters; each byte that is not UTF-8 is one.
std::vector<bool> boundaries(std::string_view text) {
  Disguise ignored;
  std::vector<bool> ends(text.size() + 1);
  ends[0] = true;
  for (const Piece& piece : decode(text, ignored)) ends[piece.end] = true;
  return ends;
}

bool is_inside_character(std::string_view text, size_t at) {
  return at < text.size() &&
         (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// BOOST_REQUIRE for every byte of a text: what holds costs nothing.
void must(bool holds, const char* what) {
  if (!holds) BOOST_FAIL(what);
}

// Spans of single bytes are monotone, lie in the text, hold whole characters;
// the span of any stretch reaches from the first to the last of its bytes.
void check_map(const View& view, std::string_view text) {
  const std::vector<bool> ends = boundaries(text);
  Span last;
  for (size_t i = 0; i < view.text.size(); ++i) {
    const Span span = view.original(i, i + 1);
    must(span.begin < span.end, "a byte comes from nothing");
    must(span.end <= text.size(), "a byte comes from behind the text");
    must(ends[span.begin] && ends[span.end], "a span cuts a character");
    must(last.begin <= span.begin && last.end <= span.end, "spans go back");
    const size_t from = i / 2;
    const Span stretch = view.original(from, i + 1);
    must(stretch.begin == view.original(from, from + 1).begin &&
             stretch.end == span.end,
         "a stretch is not from its first to its last byte");
    last = span;
  }
  const Span all = view.original(0, view.text.size());
  BOOST_REQUIRE_LE(all.end, text.size());
}

// shown() finds the characters that begin in a span, and no others.
void check_way_back(const View& view, std::string_view text) {
  if (text.size() > 200) return;
  uint32_t expected = 0;
  for (uint32_t from = 0; from <= text.size(); ++from) {
    const Span there = view.shown({from, static_cast<uint32_t>(text.size())});
    while (expected < view.text.size() &&
           view.original(expected, expected + 1).begin < from) {
      ++expected;
    }
    must(there.begin == expected, "shown() begins elsewhere");
    must(there.end == view.text.size(), "shown() ends elsewhere");
  }
}

// A byte that the view shows as it was written leads to where it was written.
void check_copies(const View& view, std::string_view text) {
  for (size_t i = 0; i < view.text.size(); ++i) {
    if (is_inside_character(view.text, i)) continue;
    const Span span = view.original(i, i + 1);
    if (span.size() != 1 || view.text[i] == ' ') continue;
    const char was = text[span.begin];
    const bool capital = was >= 'A' && was <= 'Z';
    const bool broken = static_cast<unsigned char>(was) >= 0x80;
    must(broken || view.text[i] == (capital ? was + 32 : was),
         "what is shown as it was written is another letter");
  }
}

bool holds_escape(const std::string& text) {
  Disguise ignored;
  Pieces pieces = decode(text, ignored);
  return unescape(pieces, ignored);
}

// Escapes may still stand in the plain view of a text that hid them in two
// others; then a second look reads on.
void check_idempotent(const std::string& text) {
  const Views once = see(text);
  if (holds_escape(once.plain.text)) return;
  const Views twice = see(once.plain.text);
  BOOST_REQUIRE_EQUAL(once.plain.text, twice.plain.text);
  BOOST_REQUIRE_EQUAL(squeeze(once.plain).text, squeeze(twice.plain).text);
  BOOST_REQUIRE(twice.plain.is_original() ||
                twice.plain.original(0, twice.plain.text.size()).size() ==
                    once.plain.text.size());
}

void check_views_agree(const Views& fast, const Views& slow) {
  BOOST_REQUIRE_EQUAL(fast.plain.text, slow.plain.text);
  BOOST_REQUIRE(fast.disguise == slow.disguise);
  BOOST_REQUIRE_EQUAL(fast.raw, slow.raw);
  BOOST_REQUIRE_EQUAL(fast.cut, slow.cut);
  const View fast_squeezed = squeeze(fast.plain);
  const View slow_squeezed = squeeze(slow.plain);
  BOOST_REQUIRE_EQUAL(fast_squeezed.text, slow_squeezed.text);
  for (size_t i = 0; i < fast.plain.text.size(); ++i) {
    must(fast.plain.original(i, i + 1) == slow.plain.original(i, i + 1),
         "the plain views lead elsewhere");
  }
  for (size_t i = 0; i < fast_squeezed.text.size(); ++i) {
    must(fast_squeezed.original(i, i + 1) == slow_squeezed.original(i, i + 1),
         "the squeezed views lead elsewhere");
  }
}

void check_ways_agree(const std::string& text) {
  check_views_agree(see(text), see_step_by_step(text));
}

void check_all(const std::string& text) {
  const Views views = see(text);
  check_map(views.plain, text);
  check_map(squeeze(views.plain), text);
  check_copies(views.plain, text);
  check_way_back(views.plain, text);
  check_idempotent(text);
  check_ways_agree(text);
}

// Long enough for what is copied at once, with white space in every place.
BOOST_AUTO_TEST_CASE(ascii_with_white_space_is_seen_as_step_by_step) {
  constexpr std::string_view kBlanks = " \n\t\r\v\f";
  std::mt19937 draw(7);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    const size_t size = draw() % 700;
    const size_t rarity = 1 + draw() % 80;
    while (text.size() < size) {
      const size_t blanks = draw() % rarity == 0 ? 1 + draw() % 3 : 0;
      for (size_t k = 0; k < blanks; ++k) {
        text += kBlanks[draw() % kBlanks.size()];
      }
      text += "aZ9._-@[`{/:\x01\x0e\x1f\x7f!"[draw() % 17];
    }
    check_views_agree(see(text), see_step_by_step(text));
    // What is no ASCII, or may be an escape, is found out in the middle.
    constexpr std::string_view kOthers[] = {"é",  "&",    "=41",
                                            "%7", "\xff", "\\u0041"};
    text.insert(draw() % (text.size() + 1), kOthers[draw() % 6]);
    check_views_agree(see(text), see_step_by_step(text));
  }
}

// Whatever was seen there before, and however long it was.
BOOST_AUTO_TEST_CASE(views_that_are_used_again_show_the_same_as_new_ones) {
  std::mt19937 random(20246);
  Views again;
  for (int i = 0; i < 6000; ++i) {
    std::string text = nasty_string(random, i % 4 == 0);
    if (i % 3 == 0) text = std::string(random() % 60, i % 2 == 0 ? ' ' : 'X');
    if (i % 500 == 0) text += std::string(2 * kViewBytesKept, 'y');
    see(text, again);
    check_map(again.plain, text);
    check_views_agree(again, see(text));
  }
}

BOOST_AUTO_TEST_CASE(views_that_are_used_again_keep_little_memory) {
  const std::string long_one = repeated("a\u3000", 4 * kViewBytesKept);
  for (const bool seen_again : {false, true}) {
    Views views = see(long_one);
    BOOST_TEST(views.plain.text.capacity() > kViewBytesKept);
    seen_again ? see("short", views) : views.forget();
    BOOST_TEST(views.plain.text.capacity() <= kViewBytesKept);
  }
}

BOOST_AUTO_TEST_CASE(random_texts_keep_all_promises) {
  std::mt19937 random(20241);
  for (int i = 0; i < 6000; ++i) check_all(nasty_string(random, i % 4 == 0));
}

BOOST_AUTO_TEST_CASE(every_code_point_keeps_all_promises) {
  std::string text;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    append_utf8(text, c);
    text += c % 5 == 0 ? " " : "a";
    if (c % 512 != 0) continue;
    check_all(text);
    text.clear();
  }
}

BOOST_AUTO_TEST_CASE(the_corpus_keeps_all_promises) {
  namespace fs = std::filesystem;
  size_t lines = 0;
  for (const auto& entry : fs::recursive_directory_iterator("corpus")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line); ++lines) {
      if (line.size() < 10000) check_all(line);
    }
  }
  BOOST_TEST(lines > 100U);
}

std::string mild_string(std::mt19937& random) {
  const char32_t mild[] = {' ',    ' ',    '\n',   'a',    'B',    '7',
                           '%',    '&',    '=',    '#',    ';',    0xE9,
                           0xC9,   0xDF,   0x3000, 0xA0,   0x2800, 0x5FAE,
                           0x88DC, 0x98DB, 0xFF0C, 0xFF06, 0xFF15, 0x3042,
                           0x391,  0x430,  0x661,  0x2028, 0x20AC, 0x9A57};
  std::string text;
  const size_t size = random() % 30;
  const size_t some = 8 + random() % (std::size(mild) - 8);
  for (size_t i = 0; i < size; ++i) append_utf8(text, mild[random() % some]);
  return text;
}

BOOST_AUTO_TEST_CASE(a_single_walk_gives_the_same_as_all_steps) {
  std::mt19937 random(20242);
  for (int i = 0; i < 20000; ++i) check_ways_agree(mild_string(random));
}

// What needs the steps, between what does not.
BOOST_AUTO_TEST_CASE(an_island_is_read_as_it_is_in_all_of_its_text) {
  const char* calm[] = {"补卡", "，", "。",   "補",     " ",  "  ", "\u3000",
                        "-",    "!",  "かな", "\u2014", "\n", "%",  "="};
  const char* words[] = {"sim", "Карта", "7", "é",  "微", "飛",
                         "ΝO",  "e",     "я", "vi", "BER"};
  const char* needy[] = {"✈",      "♥",      "\uFE0F", "\u200B",   "\u200D",
                         "\u0301", "\u0327", "\u0345", "ｔ",       "①",
                         "…",      "№",      "🇹🇬",     "👍🏽", "\u202E",
                         "а",      "е",      "＝",     "５",       "\uFF05",
                         "ﾞ",      "\u1161", "\xE5",   "¨",        "\u20E3"};
  std::mt19937 random(20245);
  const auto one = [&](const auto& of) { return of[random() % std::size(of)]; };
  for (int i = 0; i < 40000; ++i) {
    std::string text;
    for (size_t k = random() % 14; k > 0; --k) {
      const size_t kind = random() % 4;
      text += kind < 2 ? one(calm) : kind == 2 ? one(words) : one(needy);
    }
    check_ways_agree(text);
  }
}

BOOST_AUTO_TEST_CASE(the_short_way_of_ascii_gives_the_same_as_the_long_one) {
  std::mt19937 random(20243);
  const std::string few = "  \t\nabAB%&=#46;Ex/?";
  for (int i = 0; i < 8000; ++i) {
    std::string text;
    const size_t size = random() % 60;
    for (size_t k = 0; k < size; ++k) {
      text.push_back(i % 2 == 0 ? static_cast<char>(random() % 128)
                                : few[random() % few.size()]);
    }
    check_ways_agree(text);
  }
}

// The time of these is measured by tests/bench/text_bench.cc; a step that is
// worse than linear would not come to an end here.
BOOST_AUTO_TEST_CASE(hostile_megabytes_keep_all_promises) {
  for (const char* unit : {"\u0301",    "\u0301\u0327",
                           "\u1161",    "\u1100\u1161\u11A8",
                           "\u0344",    "\u200D",
                           "👨\u200D",   "\uFDFA",
                           "\u202E",    "❤",
                           "微❤",       "Теа",
                           "\xF0",      "&",
                           "&#",        "&#46;",
                           "&amp;",     "%",
                           "%25",       "%4",
                           "=",         "=E5",
                           "=E5=8A=A0", "=\n",
                           "🇨",         " \u3000",
                           "ｶﾞ"}) {
    const std::string text = repeated(unit, kTextBytesMax);
    const Views views = see(text);
    const View squeezed = squeeze(views.plain);
    for (const View* view : {&views.plain, &squeezed}) {
      const size_t size = view->text.size();
      Span last;
      for (size_t i = 0; i < size; i += 997) {
        const Span span = view->original(i, i + 1);
        BOOST_REQUIRE_LE(last.begin, span.begin);
        BOOST_REQUIRE_LE(span.end, text.size());
        last = span;
      }
      BOOST_REQUIRE_LE(view->original(0, size).end, text.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_letter_keeps_at_most_eight_marks) {
  const Views v = see("a" + repeated("\u031B", 2 * 1000) + "b");
  BOOST_TEST(v.plain.text == "a" + repeated("\u031B", 2 * 8) + "b");
  BOOST_TEST((v.plain.original(0, 3) == Span{0, 2001}));
}

// The tables are filled when they are first asked, from whatever thread.
BOOST_AUTO_TEST_CASE(threads_see_the_same) {
  std::mt19937 random(20244);
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) texts.push_back(nasty_string(random, false));
  std::vector<std::string> seen(4);
  std::vector<std::thread> threads;
  for (std::string& all : seen) {
    threads.emplace_back([&texts, &all] {
      for (const std::string& text : texts) all += see(text).plain.text;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& all : seen) BOOST_TEST(all == seen.front());
}

BOOST_AUTO_TEST_CASE(a_view_put_together_from_others_leads_back_as_well) {
  const std::string text = "加 ｔ．ｍｅ／demo, call one two";
  const View plain = see(text).plain;
  const size_t at = plain.text.find("one");
  View view;
  view.append(plain, 0, at);
  view.append("12", plain.original(at, plain.text.size()));
  BOOST_TEST(view.text == "加 t.me/demo, call 12");
  check_map(view, text);
  const Span number = view.original(at, at + 2);
  BOOST_TEST(text.substr(number.begin, number.size()) == "one two");
}

}  // namespace
}  // namespace simwarden
