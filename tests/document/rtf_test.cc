// SPDX-License-Identifier: Apache-2.0
#include "document/rtf.h"

#include <ctime>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(rtf)

RtfReading read(std::string_view bytes) {
  DocumentBudget budget;
  BOOST_REQUIRE(is_rtf(bytes));
  return read_rtf(bytes, budget);
}

BOOST_AUTO_TEST_CASE(what_a_person_reads_is_text) {
  const struct {
    std::string_view rtf;
    std::string_view text;
  } rows[] = {
      {R"({\rtf1\ansi Hello {\b bold} and\par next\tab cell})",
       "Hello bold and\nnext cell"},
      {R"({\rtf1 a\{b\}c\\d\~e\_f\-g})", "a{b}c\\d e-fg"},
      {R"({\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x;}{\info{\title t}}a})",
       "a"},
      {R"({\rtf1\ansicpg936 \'d1\'e9\'d6\'a4\'c2\'eb})", "验证码"},
      {R"({\rtf1\ansicpg1251 \'d1\'c8\'cc})", "СИМ"},
      {R"({\rtf1\uc1 \u-25972?\u35777?})", "验证"},
      {R"({\rtf1\uc2 \u1057\'d1\'d1a})", "Сa"},
      {R"({\rtf1 \u-10179?\u-8704?})", "\U0001F600"},
      {R"({\rtf1{\shp{\*\shpinst{\shptxt box}}}a})", "boxa"},
      {"{\\rtf1 a\\bin3 }}}b}", "ab"},
      {R"({\rtf1{\pict ffd8ff}{\object{\*\objdata 01}{\result r}}})", "r"},
      {R"({\rtf1 te)", "te"},
      {"{\\rtf1 t\re\nx\\\nt", "tex\nt"},
      // Behind "\*": programs that know the word show the text.
      {R"({\rtf1{\*\b bold}{\*\pard\plain a}{\* \b0 b}})", "bolda b"},
      {R"({\rtf1{\upr{?}{\*\ud{\u1057?}}}{\*\annotation note}})", "?Сnote"},
      {R"({\rtf1{\*}\b text {\*\~}\kerning0 text})", "text  text"},
      {R"({\rtf1{\*\bkmkstart a}{\*\revtbl{b;}}{\*\pnseclvl1 c}text})", "text"},
  };
  for (const auto& [rtf, text] : rows) {
    BOOST_TEST(read(rtf).text == text, rtf);
  }
}

BOOST_AUTO_TEST_CASE(fields_and_templates_lead_somewhere) {
  for (
      const std::string_view rtf :
      {R"({\rtf1{\field{\*\fldinst HYPERLINK "https://demo.test/a"}})"
       R"({\fldrslt here}}})",
       R"({\rtf1{\field{\*\fldinst{HYPERLINK }{"https://demo.te}{st/a"}}}})",
       R"({\rtf1{\field{\*\fldinst HYPERLINK "https://demo.test/a")"
       R"({\*\datafield 00}}}})",
       R"({\rtf1{\*\template https://demo.test/a}})",
       R"({\rtf1{\field{\*\fldinst INCLUDEPICTURE "https://demo.test/a" \\d}}})",
       R"({\rtf1{\field{\*\fldinst HYPERLINK "https://demo\'2etest/a"}}})"}) {
    const RtfReading found = read(rtf);
    BOOST_REQUIRE(found.links.size() == 1U);
    BOOST_TEST(found.links[0] == "https://demo.test/a", rtf);
  }
  BOOST_TEST(read(R"({\rtf1{\field{\*\fldinst PAGE "https://demo.test"}}})")
                 .links.empty());
}

BOOST_AUTO_TEST_CASE(hidden_letters_are_told_apart) {
  const RtfReading found = read(R"({\rtf1 a{\v hidden}\v b\v0 c})");
  BOOST_TEST(found.text == "ac");
  BOOST_TEST(found.hidden == "hiddenb");
  BOOST_TEST(read(R"({\rtf1{\v a\plain b}})").text == "b");
}

// Each brace ends a piece, and a decoder for each takes longer than the rest.
BOOST_AUTO_TEST_CASE(pieces_of_text_are_decoded_within_bounds) {
  const auto many = [](std::string_view unit) {
    std::string bytes = "{\\rtf1 ";
    while (bytes.size() < (8U << 20U)) bytes += unit;
    return bytes;
  };
  // ASCII needs none.
  DocumentBudget ascii;
  BOOST_TEST((read_rtf(many("a{}"), ascii).reading == FileReading::partly));
  BOOST_TEST(ascii.text == 0u);
  BOOST_TEST(ascii.work == DocumentBudget().work);
  // Nor does what nobody keeps.
  DocumentBudget text;
  read_rtf(many("\\'e9\\'e9\\'e9\\'e9{}"), text);
  BOOST_TEST(text.text == 0u);
  const size_t pieces = DocumentBudget().text / 8;  // four letters, two bytes
  BOOST_TEST(text.work == DocumentBudget().work - pieces * 128);
  DocumentBudget fields;
  const RtfReading found =
      read_rtf(many("{\\*\\fldinst \\'e9{}\\'e9}"), fields);
  BOOST_TEST(fields.cut);
  BOOST_TEST((found.reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(hostile_files_take_linear_time_and_stay_within_bounds) {
  for (const std::string_view unit :
       {"{", "}", "{\\*\\fldinst HYPERLINK \"https://demo.test\"}", "\\'41",
        "\\u65?", "\\par ", "\\bin9", "{\\*", "{\\v ", "\\"}) {
    std::string bytes = "{\\rtf1 ";
    while (bytes.size() < (1U << 21U)) bytes += unit;
    const std::clock_t begin = std::clock();
    const RtfReading found = read(bytes);
    const double seconds =
        static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    BOOST_TEST(seconds < 10.0, unit);
    BOOST_TEST(found.text.size() <= DocumentBudget{}.text, unit);
    BOOST_TEST(found.links.size() <= DocumentBudget{}.links, unit);
  }
  std::string deep = "{\\rtf1 ";
  for (int i = 0; i < 1000; ++i) deep += "{";
  deep += "deep";
  for (int i = 0; i < 1000; ++i) deep += "}";
  const RtfReading found = read(deep + "behind}");
  BOOST_TEST(found.text == "deepbehind");
  BOOST_TEST((found.reading == FileReading::partly));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
