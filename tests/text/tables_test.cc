// SPDX-License-Identifier: Apache-2.0
// The data files, held against the sources that they name.
#include "text/tables.h"

#include <memory>
#include <set>
#include <string>

#include <boost/test/unit_test.hpp>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "text/letters.h"
#include "text/views.h"

namespace simwarden {
namespace {

std::string utf8(char32_t c) {
  std::string text;
  icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(text);
  return text;
}

std::string plain(char32_t c) {
  return see(utf8(c)).plain.text;
}

class Spoof {
 public:
  Spoof() : checker_(uspoof_open(&error_), &uspoof_close) {}
  std::string skeleton(char32_t c) {
    icu::UnicodeString from(static_cast<UChar32>(c));
    icu::UnicodeString to;
    uspoof_getSkeletonUnicodeString(checker_.get(), 0, from, to, &error_);
    std::string text;
    to.toUTF8String(text);
    return text;
  }

 private:
  UErrorCode error_ = U_ZERO_ERROR;
  std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker_;
};

// Each character that is read leads back to a letter of its own.
BOOST_AUTO_TEST_CASE(pinyin_reads_no_more_than_is_written) {
  const auto rows = rows_of(tables::pinyin, 4);
  for (const TableRow& row : rows) {
    const std::u32string read = code_points_of(row[1]);
    BOOST_TEST(read.size() <= row[0].size(), row[0]);
    BOOST_TEST(row[0].size() <= 3U, row[0]);
  }
  BOOST_TEST(rows.size() > 5U);
}

BOOST_AUTO_TEST_CASE(look_alikes_are_those_of_uts_39) {
  Spoof spoof;
  for (const TableRow& row : rows_of(tables::lookalikes, 4)) {
    const char32_t letter = code_point_of(row[0]);
    const auto latin = static_cast<char32_t>(row[1].front());
    const auto capital = static_cast<char32_t>(u_toupper(UChar32(latin)));
    const std::string own = spoof.skeleton(letter);
    const std::string shown = spoof.skeleton(
        static_cast<char32_t>(u_toupper(static_cast<UChar32>(letter))));
    const bool same =
        own == spoof.skeleton(latin) || own == spoof.skeleton(capital);
    if (row[2] == "own shape") BOOST_TEST(same, row[3]);
    if (row[2] == "capital") {
      BOOST_TEST((same || shown == spoof.skeleton(capital)), row[3]);
    }
    BOOST_TEST(latin_double(letter) == static_cast<char>(latin));
  }
}

BOOST_AUTO_TEST_CASE(what_uts_39_takes_for_a_dot_is_one) {
  Spoof spoof;
  const std::string on_line = spoof.skeleton(U'.');
  const std::string above = spoof.skeleton(U'\u00B7');
  for (char32_t c = 0; c < 0x20000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string skeleton = spoof.skeleton(c);
    const bool same =
        skeleton == on_line || skeleton == above || plain(c) == ".";
    if (same) BOOST_TEST(is_dot(c), utf8(c));
  }
  BOOST_TEST(is_dot(U'。'));
  for (const char32_t c : U" ,:0oa_-") BOOST_TEST(!is_dot(c));
}

BOOST_AUTO_TEST_CASE(traditional_characters_are_simplified_as_cldr_does) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> cldr(
      icu::Transliterator::createInstance("Traditional-Simplified",
                                          UTRANS_FORWARD, error));
  BOOST_REQUIRE(U_SUCCESS(error));
  std::set<char32_t> simple;
  std::set<char32_t> traditional;
  for (const TableRow& row : rows_of(tables::simplified, 2)) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(std::string(row[0]));
    cldr->transliterate(text);
    std::string expected;
    text.toUTF8String(expected);
    BOOST_TEST(expected == row[1]);
    traditional.insert(character_of(row[0]));
    simple.insert(character_of(row[1]));
  }
  for (const char32_t c : simple) BOOST_TEST(traditional.count(c) == 0U);
  for (const TableRow& row : rows_of(tables::variants, 2)) {
    BOOST_TEST(plain(character_of(row[0])) == row[1]);
    BOOST_TEST(traditional.count(character_of(row[0])) == 0U, row[0]);
    BOOST_TEST(traditional.count(character_of(row[1])) == 0U, row[1]);
  }
}

BOOST_AUTO_TEST_CASE(a_styled_letter_is_read_as_the_letter_of_its_row) {
  char32_t last = 0;
  for (const TableRow& row : rows_of(tables::styled, 4)) {
    const bool sorted = code_point_of(row[0]) > last;
    BOOST_TEST(sorted, row[3] << " is out of order");
    last = code_point_of(row[1]);
    char32_t as = character_of(row[2]);
    for (char32_t c = code_point_of(row[0]); c <= code_point_of(row[1]); ++c) {
      BOOST_TEST(plain(c) == utf8(as), row[3]);
      ++as;
    }
  }
}

// Else a second folding would go on where the first one ended.
BOOST_AUTO_TEST_CASE(nothing_folds_to_a_letter_that_is_still_styled) {
  for (char32_t c = 0x80; c < 0x20000; ++c) {
    const Traits traits = traits_of(c);
    if (has(traits, kDressed) || !has(traits, kChanges)) continue;
    const LetterPage& page = letter_page(c);
    BOOST_TEST(!has(traits_of(page.folded[c & 0xFF]), kDressed), uint32_t(c));
  }
}

BOOST_AUTO_TEST_CASE(emoji_with_a_meaning_are_read_as_their_word) {
  for (const TableRow& row : rows_of(tables::emoji, 3)) {
    BOOST_TEST(plain(code_point_of(row[0])) == row[1], row[2]);
  }
  for (const TableRow& row : rows_of(tables::broken_words, 2)) {
    const std::string first = utf8(code_points_of(row[0]).front());
    const std::string second = utf8(code_points_of(row[1]).front());
    BOOST_TEST(see(first + "😀" + second).plain.text ==
               see(first + second).plain.text);
  }
}

BOOST_AUTO_TEST_CASE(every_named_character_of_html_is_read) {
  size_t names = 0;
  for (const TableRow& row : rows_of(tables::html_entities, 2)) {
    std::string expected;
    std::string_view points = row[1];
    while (!points.empty()) {
      const size_t end = std::min(points.find(' '), points.size());
      expected += utf8(code_point_of(points.substr(0, end)));
      points.remove_prefix(std::min(end + 1, points.size()));
    }
    const std::string entity = "a&" + std::string(row[0]) + ";b";
    BOOST_TEST(see(entity).plain.text == see("a" + expected + "b").plain.text,
               row[0]);
    ++names;
  }
  BOOST_TEST(names == 2125U);
}

BOOST_AUTO_TEST_CASE(words_are_simplified_as_views_are) {
  BOOST_TEST(simplify("補卡|[驗验]證") == "补卡|[验验]证");
  BOOST_TEST(simplify("SIM 卡") == "SIM 卡");
}

}  // namespace
}  // namespace simwarden
