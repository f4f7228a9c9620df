// SPDX-License-Identifier: Apache-2.0
#include "policy/seen_pattern.h"

#include <boost/test/unit_test.hpp>

#include "cel/value/regex.h"
#include "scan/pattern.h"
#include "text/views.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(letters_are_written_as_the_view_shows_them) {
  struct Row {
    const char* pattern;
    const char* seen;
  };
  constexpr Row kRows[] = {
      {"stra(?:ß|ss)e", "stra(?:ss|ss)e"},
      {"au\u00DFer betrieb", "ausser betrieb"},
      {"2ª via", "2a via"},
      {"gleich…?", "gleich(?:\\.\\.\\.)?"},
      {"abc…", "abc\\.\\.\\."},
      {"ß+x", "(?:ss)+x"},
      // The mark belongs to its letter, which the quantifier is for.
      {"cafe\u0301?s", "café?s"},
      {"e\u0301\u0323+", "(?:ẹ\u0301)+"},
      {"[ªº]", "[ao]"},
      {"[＾a]", "[\\^a]"},
      {"ÁREA", "áREA"},
      {"[一-龥]補", "[一-龥]补"},
      // As they are: escapes, classes that exclude, ends of ranges, a text
      // between \Q and \E.
      {R"(\S\D\pL\p{Greek}[^ß][À-Ö]\Qß…\E\x{df})",
       R"(\S\D\pL\p{Greek}[^ß][À-Ö]\Qß…\E\x{df})"},
      {"[[:alpha:]é][]ß-]", "[[:alpha:]é][]ß-]"},
  };
  for (const Row& row : kRows) {
    const std::string seen = see_pattern(row.pattern).text;
    BOOST_TEST(seen == row.seen, row.pattern << " is " << seen);
    BOOST_TEST(Pattern(seen).error() == "", seen);
  }
}

BOOST_AUTO_TEST_CASE(what_an_author_writes_is_found_in_the_view) {
  for (const char* text :
       {"straße", "2ª via", "№ 5", "cafe\u0301", "ﬁn", "tm™", "x²"}) {
    const std::string seen = see_pattern(text).text;
    const std::string plain = see(text).plain.text;
    const cel::Regex regex = cel::make_regex(seen);
    BOOST_TEST(re2::RE2::FullMatch(plain, *regex.compiled),
               seen << " in " << plain);
  }
}

BOOST_AUTO_TEST_CASE(a_sign_without_a_reading_is_told) {
  const auto unseen = [](const char* pattern) {
    const auto found = see_pattern(pattern).unseen;
    return found ? found->sign + " " + std::to_string(found->at) + " " +
                       found->shown
                 : "";
  };
  BOOST_TEST(unseen("schlie[sß]e") == "ß 8 ss");
  BOOST_TEST(unseen("ruf 🔥 an") == "🔥 4  ");
  BOOST_TEST(unseen("d´accordo").starts_with("´ 1 "));
  BOOST_TEST(unseen("[À-Ö]l") == "À-Ö 1 à-ö");
  BOOST_TEST(unseen("x[éА-Я]") == "А-Я 4 а-я");
  BOOST_TEST(unseen("[Ａ-Ｚ]") == "Ａ-Ｚ 1 a-z");
  BOOST_TEST(unseen("[😀-🙏]") == "😀-🙏 1  ");
  // Some of these stand in the view.
  BOOST_TEST(unseen("[À-ÿ][一-龥][ก-๙][ぁ-ん][^À-Ö]") == "");
  BOOST_TEST(unseen("[^ß🔥]") == "");
  BOOST_TEST(unseen("[ a]") == "");
}

}  // namespace
}  // namespace simwarden
