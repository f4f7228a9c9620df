// SPDX-License-Identifier: Apache-2.0
#include "picture/drawn.h"

#include <boost/test/unit_test.hpp>

#include "picture/painted.h"

using namespace simwarden;

namespace {

constexpr std::string_view kLink = "https://demo.test/esim";

std::string contents(std::string_view text) {
  std::string out;
  for (const DrawnCode& code : find_drawn_codes(text).codes) {
    if (!out.empty()) out += ' ';
    out += code.content;
  }
  return out;
}

struct Cells {
  uint32_t columns = 0;
  std::vector<uint32_t> colours;
};

// A code of one cell a module.
Cells cells(uint32_t ink, uint32_t paper, uint32_t margin_cut = 0) {
  const GreyPicture picture = painted::code(kLink, "qr_code", 1);
  Cells out;
  out.columns = picture.width - 2 * margin_cut;
  for (uint32_t y = margin_cut; y < picture.height - margin_cut; ++y) {
    for (uint32_t x = margin_cut; x < picture.width - margin_cut; ++x) {
      out.colours.push_back(picture.row(y)[x] == 0 ? ink : paper);
    }
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drawn)

BOOST_AUTO_TEST_CASE(the_cells_of_a_table_are_read_as_modules) {
  constexpr uint32_t kMargin = 8;  // of painted::code
  for (const auto& [ink, paper] : {std::pair{0x000000U, 0xFFFFFFU},
                                   {0xFFFFFFU, 0x000000U},
                                   {0x1A237EU, 0xFFF8E1U},
                                   {0xE0E0E0U, 0x424242U}}) {
    for (const uint32_t cut : {0U, 5U, kMargin}) {
      const Cells table = cells(ink, paper, cut);
      DrawnBudget budget;
      const CellCodes found =
          find_cell_codes(table.colours, table.columns, budget);
      BOOST_REQUIRE_EQUAL(found.codes.size(), 1U);
      BOOST_TEST(found.codes[0].content == kLink);
      BOOST_TEST(found.codes[0].box.left == kMargin - cut);
      BOOST_TEST(found.codes[0].box.top == kMargin - cut);
      BOOST_TEST(found.codes[0].box.width ==
                 table.columns - 2 * (kMargin - cut));
      BOOST_TEST(!found.cut);
    }
  }
}

BOOST_AUTO_TEST_CASE(tables_and_signs_share_what_drawings_may_cost) {
  const Cells table = cells(0x000000, 0xFFFFFF);
  DrawnBudget budget;
  for (size_t i = 0; i < kDrawingsMax; ++i) {
    BOOST_TEST(
        find_cell_codes(table.colours, table.columns, budget).codes.size() ==
        1U);
  }
  const CellCodes more = find_cell_codes(table.colours, table.columns, budget);
  BOOST_TEST(more.codes.empty());
  BOOST_TEST(more.cut);
  BOOST_TEST(find_drawn_codes(painted::half_blocks(kLink), budget).cut);
  DrawnBudget poor;
  poor.pixels = 1000;
  BOOST_TEST(find_cell_codes(table.colours, table.columns, poor).cut);
}

BOOST_AUTO_TEST_CASE(codes_are_read_in_every_way_that_terminals_draw_them) {
  BOOST_TEST(contents(painted::half_blocks(kLink)) == kLink);
  BOOST_TEST(contents(painted::half_blocks(kLink, true)) == kLink);
  const struct {
    std::string_view ink;
    std::string_view paper;
    int times;
  } ways[] = {{"#", " ", 2}, {" ", "#", 2},     {"█", " ", 2}, {" ", "█", 2},
              {"█", "░", 2}, {"1", "0", 2},     {"1", "0", 1}, {"@", ".", 2},
              {"■", "□", 1}, {"⬛", "⬜", 1},     {"⬜", "⬛", 1}, {"🟦", "⬜", 1},
              {"X", " ", 1}, {"#", "\u00A0", 2}};
  for (const auto& way : ways) {
    BOOST_TEST(
        contents(painted::signs(kLink, way.ink, way.paper, way.times)) == kLink,
        way.ink << way.paper);
  }
}

BOOST_AUTO_TEST_CASE(blanks_at_the_ends_of_lines_may_be_lost) {
  std::string text;
  for (const char c : painted::half_blocks(kLink)) {
    if (c == '\n') {
      while (text.ends_with(' ')) text.pop_back();
    }
    text += c;
  }
  BOOST_TEST(contents(text) == kLink);
  std::string windows;
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  BOOST_TEST(contents(windows) == kLink);
}

BOOST_AUTO_TEST_CASE(a_code_says_where_its_drawing_stands) {
  const std::string drawing = painted::signs(kLink, "#", " ", 2);
  const size_t first = drawing.find('#');
  const std::string text = "Scan me:\n" + drawing + "Thank you\n";
  const auto found = find_drawn_codes(text);
  BOOST_REQUIRE(found.codes.size() == 1);
  const DrawnCode& code = found.codes[0];
  const std::string spanned = text.substr(code.begin, code.end - code.begin);
  BOOST_TEST(spanned.find("Scan") == spanned.npos);
  BOOST_TEST(spanned.find("Thank") == spanned.npos);
  BOOST_TEST(spanned.find('#') != spanned.npos);
  BOOST_TEST(std::count(spanned.begin(), spanned.end(), '#') ==
             std::count(drawing.begin(), drawing.end(), '#'));
  BOOST_TEST(first != drawing.npos);
}

BOOST_AUTO_TEST_CASE(two_drawings_of_one_text_are_two_codes) {
  const std::string text = painted::half_blocks("demo-a") + "and\n" +
                           painted::signs("demo-b", "#", " ", 2);
  BOOST_TEST(contents(text) == "demo-a demo-b");
}

BOOST_AUTO_TEST_CASE(texts_without_drawings_have_none) {
  for (const std::string_view text :
       {"", "\n\n\n", "Your SIM is ready.\nBring your card.\n",
        "##########\n##########\n##########\n##########\n##########\n"
        "##########\n##########\n##########\n##########\n##########\n"
        "##########\n##########\n##########\n##########\n##########\n"}) {
    BOOST_TEST(contents(text) == "");
  }
}

BOOST_AUTO_TEST_CASE(the_last_of_the_fewest_lines_need_not_end) {
  const DrawnBudget none{.drawings = 0};  // so that each drawing is cut
  std::string text;
  for (size_t lines = 1; lines <= kDrawnLinesMin; ++lines) {
    text += std::string(lines > 1, '\n') + std::string(kDrawnColumnsMin, '#');
    const bool is_drawing = lines == kDrawnLinesMin;
    BOOST_TEST(find_drawn_codes(text, none).cut == is_drawing);
    BOOST_TEST(find_drawn_codes(text + "\n", none).cut == is_drawing);
    BOOST_TEST(find_drawn_codes("a\n" + text, none).cut == is_drawing);
  }
}

BOOST_AUTO_TEST_CASE(too_many_drawings_are_told) {
  std::string text;
  for (size_t i = 0; i <= kDrawingsMax; ++i) {
    text += painted::half_blocks("demo") + "x\n";
  }
  const DrawnCodes found = find_drawn_codes(text);
  BOOST_TEST(found.codes.size() == kDrawingsMax);
  BOOST_TEST(found.cut);
}

BOOST_AUTO_TEST_SUITE_END()
