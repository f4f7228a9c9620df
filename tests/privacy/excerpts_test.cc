// SPDX-License-Identifier: Apache-2.0
#include <ctime>
#include <random>

#include <boost/test/unit_test.hpp>

#include "diag/characters.h"
#include "privacy/masks.h"

using namespace simwarden;

namespace {

std::string repeat(std::string_view piece, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

// Of the character at `at`, or the end.
size_t first_byte(std::string_view text, size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && is_continuation(text[at])) --at;
  return at;
}

std::string_view from_code_point(std::string_view text, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && is_continuation(text[at])) ++at;
  }
  return text.substr(at);
}

// Whether `now` has a star wherever `was`, which may go on, has one.
bool hides_all_of(std::string_view now, std::string_view was) {
  while (!now.empty()) {
    if (was.empty() || (was[0] == '*' && now[0] != '*')) return false;
    now = from_code_point(now, 1);
    was = from_code_point(was, 1);
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_excerpt_is_masked_as_it_stands_in_its_text) {
  struct Case {
    const char* text;
    size_t begin;
    size_t end;
    size_t max;
    const char* excerpt;
  };
  const Case rows[] = {
      {"Your OTP is 123456", 12, 18, 160, "******"},
      {"call 13800138000", 5, 12, 160, "*******"},
      {"call 13800138000", 10, 16, 160, "****00"},
      {"0123", 0, 99, 160, "0123"},
      {"0123", 9, 3, 160, ""},
      {"abcdef", 1, 5, 2, "bc…"},
      {"abcdef", 1, 5, 4, "bcde"},
      {"abcdef", 0, 6, 0, "…"},
      {"补卡验证码", 4, 7, 160, "卡验"},  // widened to whole characters
      {"补卡验证码", 0, 15, 3, "补卡验…"},
  };
  for (const Case& row : rows) {
    BOOST_TEST(
        mask_excerpt(row.text, row.begin, row.end, row.max) == row.excerpt,
        row.text);
  }
  const std::string far = repeat("补卡 ", 4000) + "OTP 123456";
  BOOST_TEST(mask_excerpt(far, far.size() - 6, far.size()) == "******");
  BOOST_TEST(count_characters(mask_excerpt(far, 0, far.size(), 160)) == 161u);
}

// The passes that a text is spared would have found nothing: with every sign
// far behind, none is left out.
BOOST_AUTO_TEST_CASE(no_pass_is_left_out_that_would_have_found_something) {
  const std::string_view pieces[] = {
      "a",      "z.a",  ".",    "1",    "23",   "456789", " ",     "-",
      "/",      "2026", "19",   "usd ", " EUR", "yuan",   "code",  "otp",
      "lpa:",   "1$",   "@",    "@b",   "://",  "http",   ",",     "\n",
      "x@y.z",  "码",   "密码", "＠",   "：",   "＄",     "￥",    "€",
      "元",     "円",   "一",   "二三", "①",    "５",     "٠١٢",   "\u017f",
      "\u212a", "LPA",  "幺",   "é",    "\xe4", "%24",    "&#36;", "ａ",
      "％",     "﹩",   "﹫",   "¹",    "1"};
  const std::string signs =
      ". " + std::string(60, '!') + " @x.y ＠ ：/ ＄ ￥1 1元 a: ：// 5550101";
  std::mt19937 draw(5);
  std::uniform_int_distribution<size_t> which(0, std::size(pieces) - 1);
  for (int i = 0; i < 40000; ++i) {
    std::string text;
    for (size_t k = which(draw) % 9 + 1; k > 0; --k) {
      text += pieces[which(draw)];
    }
    const std::string masked = mask_text(text + ". ");
    BOOST_TEST_REQUIRE(
        mask_text(text + signs).substr(0, masked.size()) == masked, text);
  }
}

BOOST_AUTO_TEST_CASE(a_drawing_is_looked_for_wherever_there_may_be_one) {
  const std::string_view pieces[] = {"█▀▄ ", "\n", "\n", "\r\n", "##  ##", "⬛⬜",
                                     "　",   "字", "a",  "⣿",    "0101"};
  const std::string drawn = "\n\n" + repeat("########\n", 4);
  std::mt19937 draw(8);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t k = draw() % 40; k > 0; --k) {
      text += pieces[draw() % std::size(pieces)];
    }
    const std::string masked = mask_text(text);
    BOOST_TEST_REQUIRE(
        mask_text(text + "\na" + drawn).substr(0, masked.size()) == masked,
        text);
  }
}

// What was hidden when each excerpt was seen with 512 bytes on both sides alone
// is hidden now that it is seen with more. (But for digits beside an address
// with a name of more than 512 bytes, which hides those in it.)
BOOST_AUTO_TEST_CASE(more_of_a_text_hides_no_less_of_an_excerpt) {
  constexpr size_t kBefore = 512;
  const std::string_view pieces[] = {
      "call ",  "13800138000", "5550101 ", "1",      "2",          "-",
      " ",      "code ",       "密码",     "a.b",    "x1",         "@h",
      " a@b.c", "https://",    "$12 ",     "元",     "一二三",     "2026-",
      "1-1 ",   ",",           "。",       "LPA:1$", "AB12-CD34 ", "５５５",
      "字",     "word ",       "\xff"};
  std::mt19937 draw(9);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    // Often the same in a row: runs that do not end.
    while (text.size() < 6000) {
      const std::string_view piece = pieces[draw() % std::size(pieces)];
      const size_t times = draw() % 8 == 0 ? draw() % 300 : 1;
      for (size_t k = 0; k < times; ++k) text += piece;
    }
    const size_t begin = first_byte(text, draw() % text.size());
    const size_t end = first_byte(text, begin + draw() % 150);
    const size_t from = first_byte(text, begin - std::min(begin, kBefore));
    const size_t to = first_byte(text, end + kBefore);
    const std::string was = mask_text(text.substr(from, to - from));
    const std::string now = mask_excerpt(text, begin, end);
    const std::string_view part =
        from_code_point(was, count_characters(text.substr(from, begin - from)));
    BOOST_TEST_REQUIRE(hides_all_of(now, part),
                       text.substr(begin, end - begin));
  }
}

BOOST_AUTO_TEST_CASE(an_excerpt_is_part_of_its_text_as_masked) {
  std::string text;
  for (int i = 0; text.size() < 3000; ++i) {
    text += i % 5 == 0 ? "call +86 138 0013 8000 — " : "the code is 482913. ";
  }
  const std::string masked = mask_text(text);
  std::mt19937 draw(10);
  for (int i = 0; i < 2000; ++i) {
    const size_t begin = first_byte(text, draw() % text.size());
    const size_t end = first_byte(text, begin + draw() % 150);
    const std::string part = mask_excerpt(text, begin, end);
    BOOST_TEST_REQUIRE(
        from_code_point(masked, count_characters(text.substr(0, begin)))
            .substr(0, part.size()) == part);
  }
}

BOOST_AUTO_TEST_CASE(parts_of_one_text_are_masked_as_each_alone) {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += i % 7 == 0 ? "call 13800138000 — " : "the code is 482913, see é. ";
  }
  Excerpts excerpts;
  std::mt19937 draw(6);
  for (int i = 0; i < 2000; ++i) {
    const size_t begin = draw() % text.size();
    const size_t end = begin + draw() % 200;
    BOOST_TEST_REQUIRE(excerpts.of(text, begin, end) ==
                       mask_excerpt(text, begin, end));
  }
  // Another text in the same place is none that was masked.
  text.assign(text.size(), '5');
  excerpts.forget();
  BOOST_TEST(excerpts.of(text, 0, 20) == mask_excerpt(text, 0, 20));
}

BOOST_AUTO_TEST_CASE(a_text_of_a_case_keeps_all_but_its_codes) {
  struct Row {
    const char* text;
    const char* kept;
  };
  const Row rows[] = {
      {"", ""},
      {"Call me on +86 138 0013 8000", "Call me on +86 138 0013 8000"},
      {"Your code is 482913, call 10086", "Your code is [code], call 10086"},
      {"code 48 29-13 and +86 138 0013 8000",
       "code [code] and +86 138 0013 8000"},
      {"code to 138 0013 8000", "code to [code]"},
      {"code to +4829131", "code to +[code]"},
      {"验证码：482913", "验证码：[code]"},
      {"PIN ４８２９１３", "PIN [code]"},
      {"password AB12-CD34 now", "password [code] now"},
      {"LPA:1$smdp.example$AB-12", "[code]"},
      {"mail demo@demo.example", "mail demo@demo.example"},
      {"\xff code 482913 \xff", "\xff code [code] \xff"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(replace_codes(row.text) == row.kept, row.text);
  }
}

BOOST_AUTO_TEST_CASE(what_a_better_reader_has_found_is_hidden_as_well) {
  using Is = Secret::Is;
  struct Row {
    std::string text;  // what stands between < and > is secret
    Is is;
    std::string masked;
  };
  const Row rows[] = {
      {"call <138oo138ooo> now", Is::number, "call *********oo now"},
      {"<WhatsApp +1-4one5-55five-0one01>", Is::number,
       "WhatsApp +*-*****-******-****01"},
      {"<one three eight zero>!", Is::number, "*** ***** ***** **ro!"},
      {"<10086>", Is::number, "***86"},
      {"<1008>", Is::number, "****"},
      {"<https://wa.example/%31%34155550101>?a=b", Is::number,
       "https://wa.example/*************01?a=b"},
      {"<wa.example/14155550101?a=b2>", Is::number,
       "wa.example/*********01?a=b2"},
      // No links: nothing of them is left out.
      {"<1380013/8000>", Is::number, "*******/**00"},
      {"<138=0013=8000138>", Is::number, "***=****=*****38"},
      {"<1380013#800>", Is::number, "*******#*00"},
      {"<138.oo13/8000138>", Is::number, "***.****/*****38"},
      {"<+86://1380013/8000>", Is::number, "+**://*******/**00"},
      {"<tel:+1%2D415%2D555%2D0101>", Is::number, "tel:+*%*****%*****%****01"},
      {"<john.doe[at]mail.example>", Is::address, "j***.***[**]****.*******"},
      {"<mailto:john.doe%40mail.example>", Is::address,
       "mailto:j***.***%40mail.example"},
      {"<jo@mail.example>", Is::address, "**@mail.example"},
      {"your cоde is <482-913>.", Is::code, "your cоde is ***-***."},
  };
  for (const Row& row : rows) {
    std::string text = row.text;
    const size_t begin = text.find('<');
    text.erase(begin, 1);
    const size_t end = text.find('>');
    text.erase(end, 1);
    const Secrets secrets = {{begin, end, row.is}};
    BOOST_TEST(mask_text(text, secrets) == row.masked);
    const std::string far = repeat("补卡 ", 5000);
    const std::string whole = far + text + far;
    Excerpts excerpts;
    const size_t at = far.size();
    excerpts.know(whole, {{at + begin, at + end, row.is}});
    BOOST_TEST(excerpts.of(whole, at, at + text.size()) == row.masked);
    BOOST_TEST(excerpts.touches_secret(whole, at, at + text.size(), row.is));
    BOOST_TEST(!excerpts.touches_secret(whole, 0, at, row.is));
    const bool code = row.is == Is::code;
    BOOST_TEST(replace_codes(text, secrets) ==
               (code ? "your cоde is [code]." : replace_codes(text)));
  }
}

BOOST_AUTO_TEST_CASE(random_texts_keep_their_length_and_lose_their_numbers) {
  const std::vector<std::string> words = {
      "OTP",   "验证码", " ",      ",",        "13800138000", "５５５０１０１",
      "call",  "-",      "@demo_", "补",       "\xff",        "123456",
      "10086", "。",     "is",     "https://", "example.com", "/?q=",
      "＠",    "1",      "0",      "元"};
  std::mt19937 random(5);
  for (size_t i = 0; i < 10000; ++i) {
    std::string text;
    for (size_t n = random() % 9; n > 0; --n) {
      text += words[random() % words.size()];
    }
    const std::string masked = mask_text(text);
    BOOST_TEST_REQUIRE(count_characters(masked) == count_characters(text),
                       text);
    // A number that stands by itself is never seen whole.
    const std::string alone = text + " call 13800138000";
    BOOST_TEST_REQUIRE(
        mask_text(alone).find("13800138000", text.size()) == std::string::npos,
        alone);
    BOOST_TEST_REQUIRE(mask_excerpt(text, 0, text.size(), 1000) == masked,
                       text);
  }
}

BOOST_AUTO_TEST_CASE(time_grows_with_the_text_and_not_faster) {
  for (const char* piece :
       {"1",      "a",   "a.",          "a@",      "code 1", "1-",
        "验证码", "@",   "2026-03-02 ", "1\u200b", "\u200b", "LPA:1$",
        "1&#36;", "%24", "1/",          "1元",     "lpa%3a", "1,",
        "\xff",   "a1-", "￥1",         "a@b.c "}) {
    const std::string text = repeat(piece, size_t{1} << 19);
    (void)mask_text(text);
    const std::clock_t begin = std::clock();
    (void)mask_text(std::string_view(text).substr(0, text.size() / 4));
    const std::clock_t middle = std::clock();
    (void)mask_text(text);
    const double small = double(middle - begin) / CLOCKS_PER_SEC;
    const double large = double(std::clock() - middle) / CLOCKS_PER_SEC;
    BOOST_TEST(large < 9 * small + 0.05, piece << small << " " << large);
  }
}
