// SPDX-License-Identifier: Apache-2.0
#include "scan/fold.h"

#include <random>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <re2/filtered_re2.h>

using namespace simwarden;

namespace {

// Asks by the way what is said of it, and for the room about it.
std::string folded(std::string_view text) {
  static FoldedText one;  // used again: what was there does not count
  one.fold(text);
  const std::string result(one.folded());
  BOOST_TEST((result == text) == one.same(), text);
  BOOST_TEST((!one.aligned() || result.size() == text.size()), text);
  const char* const end = one.folded().data() + result.size();
  BOOST_TEST(std::string(end - result.size() - kRoomBefore, kRoomBefore) ==
             std::string(kRoomBefore, '\0'));
  BOOST_TEST(std::string(end, kRoomBehind) == std::string(kRoomBehind, '\0'));
  FoldedText again;
  again.fold(result);
  BOOST_TEST(again.same(), text);
  return result;
}

std::string utf8(uint32_t rune) {
  std::string out;
  if (rune < 0x80) return std::string(1, char(rune));
  if (rune < 0x800) {
    out += char(0xc0 | (rune >> 6));
  } else if (rune < 0x10000) {
    out += char(0xe0 | (rune >> 12));
    out += char(0x80 | ((rune >> 6) & 63));
  } else {
    out += char(0xf0 | (rune >> 18));
    out += char(0x80 | ((rune >> 12) & 63));
    out += char(0x80 | ((rune >> 6) & 63));
  }
  out += char(0x80 | (rune & 63));
  return out;
}

// The literal that RE2 demands for a pattern of one code point.
std::string atom_of(uint32_t rune) {
  re2::FilteredRE2 filter(0);
  int id = 0;
  char pattern[16];
  std::snprintf(pattern, sizeof pattern, "\\x{%x}", rune);
  if (filter.Add(pattern, re2::RE2::Options(), &id) != re2::RE2::NoError) {
    return {};
  }
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  return atoms.size() == 1 ? atoms[0] : std::string();
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_code_point_folds_as_re2_folds_its_literals) {
  size_t cased = 0;
  size_t wrong = 0;
  for (uint32_t rune = 0x21; rune < 0x20000; ++rune) {
    if (rune >= 0xd800 && rune < 0xe000) continue;
    const std::string atom = atom_of(rune);
    BOOST_TEST_REQUIRE(!atom.empty(), rune);
    cased += atom != utf8(rune);
    if (folded(utf8(rune)) == atom) continue;
    ++wrong;
    BOOST_TEST(folded(utf8(rune)) == atom, rune);
  }
  BOOST_TEST(wrong == 0u);
  BOOST_TEST(cased > 1400u);  // a test that saw no letters would prove nothing
}

// Wherever a letter stands among sixteen, and whatever stands beside it.
BOOST_AUTO_TEST_CASE(long_texts_fold_as_their_letters_do) {
  const std::vector<std::string> letters = {"a",      "A",      "Z",
                                            "[",      "`",      "É",
                                            "é",      "ß",      "Ж",
                                            "ж",      "Ё",      "ѡ",
                                            "Ѡ",      "验",     "，",
                                            "Ａ",     "ａ",     "\u2019",
                                            "\u212b", "\u2167", "\u1e9e",
                                            "ể",      "\ua640", "\U00010400",
                                            "😀",      "\xd0",   "\xef\xbc",
                                            "\xc3",   "Σ",      "ς",
                                            " ",      "0",      "\xf0\x90\x90",
                                            "İ"};
  std::mt19937 random(5);
  for (size_t i = 0; i < 20000; ++i) {
    const size_t few = 1 + random() % letters.size();
    std::string text;
    std::string expected;
    for (size_t k = random() % 60; k > 0; --k) {
      const std::string& letter = letters[random() % few];
      text += letter;
      // Apart, because broken ones could become whole.
      text += ' ';
      expected += folded(letter) + ' ';
    }
    BOOST_TEST_REQUIRE(folded(text) == expected, text);
  }
}

BOOST_AUTO_TEST_CASE(offsets_hold_as_long_as_no_letter_changes_its_length) {
  struct Row {
    const char* text;
    bool same;
    bool aligned;
  };
  const Row rows[] = {
      {"", true, true},
      {"send the otp", true, true},
      {"Send the OTP", false, true},
      {"it\u2019s \u201cfree\u201d \u2014 d\u00e9j\u00e0 vu 😀", true, true},
      {"验证码：补卡，办理？", true, true},
      {"验证码：СИМ", false, true},
      {"a long text, and at its end the sign of Lord \u212a", false, false},
      {"\u023a", false, false},
  };
  for (const Row& row : rows) {
    FoldedText text;
    text.fold(row.text);
    BOOST_TEST(text.same() == row.same, row.text);
    BOOST_TEST(text.aligned() == row.aligned, row.text);
  }
}

BOOST_AUTO_TEST_CASE(texts_fold_letter_by_letter) {
  struct Row {
    const char* text;
    const char* folded;
  };
  const Row rows[] = {
      {"", ""},
      {"Send OTP @[`{", "send otp @[`{"},
      {"Код СИМ ЁЖ", "код сим ёж"},
      {"\u212aIT \u017f", "kit s"},
      {"验证码Abc，", "验证码abc，"},
      {"ÀÉ÷×ß", "àé÷×ß"},
      {"\xf0\x90\x90\x80", "\xf0\x90\x90\xa8"},
      // Broken sequences stay, and what follows them still folds.
      {"\xe2\x84K", "\xe2\x84k"},
      {"\xd0", "\xd0"},
      {"\xe1Q\xf0\x90Z", "\xe1q\xf0\x90z"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(folded(row.text) == row.folded, row.text);
  }
}
