// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "picture/codes.h"

// QR codes that are drawn with signs in a text, as terminals show them.
//
//   find_drawn_codes("▄▄▄▄▄▄▄ ▄ …").codes[0].content
//
// Signs that are read: full, half, quarter and shaded blocks, squares, emoji of
// squares, Braille, and blanks; or two signs of ASCII ("##" and "  ", "1" and
// "0"). Dark on light and light on dark, one or two signs a module.
//
// Any thread; linear in the text within the bounds below.
namespace simwarden {

// The largest QR code has 177 modules, two signs each, and its margin.
inline constexpr size_t kDrawnColumnsMax = 400;
inline constexpr size_t kDrawnLinesMax = 400;
// A micro QR code of 11 modules in half blocks takes six lines.
inline constexpr size_t kDrawnLinesMin = 6;
inline constexpr size_t kDrawnColumnsMin = 11;
// Of one text, and the pixels that all of them become.
inline constexpr size_t kDrawingsMax = 16;
inline constexpr size_t kDrawnPixelsMax = 4'000'000;

struct DrawnCode {
  // Bytes of the text: the lines of the drawing.
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string content;
  std::string_view kind;  // of kPictureCodeKinds
};

struct DrawnCodes {
  std::vector<DrawnCode> codes;
  bool cut = false;  // a bound was reached: not all drawings were read
};

// What the drawings of one message may still cost, signs and cells together.
struct DrawnBudget {
  size_t drawings = kDrawingsMax;
  size_t pixels = kDrawnPixelsMax;
  PictureBudget search;
};

// `text`: UTF-8. Costs next to nothing where no line is made of such signs.
DrawnCodes find_drawn_codes(std::string_view text, DrawnBudget budget = {});

// The QR codes that the cells of a table are the modules of, in a page. The
// boxes count cells.
struct CellCodes {
  std::vector<PictureCode> codes;
  bool cut = false;  // the budget does not suffice: it was not looked at
};
// `colours`: 0xRRGGBB, row by row. REQUIRES: whole rows of `columns`.
CellCodes find_cell_codes(std::span<const uint32_t> colours, uint32_t columns,
                          DrawnBudget& budget);

}  // namespace simwarden
