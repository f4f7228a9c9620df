// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Rows of delimited tables, after RFC 4180:
//
//   row  = cell *(delimiter cell) (CRLF / LF / CR / end)
//   cell = '"' *(any but '"' / '""') '"' / *(any but delimiter, CR, LF)
//
// More is taken than the RFC has: LF and CR alone end a row, a quote inside a
// cell that does not begin with one is just a character, blanks after a
// closing quote are left out.
namespace simwarden {

enum class CsvFault : uint8_t {
  none,
  unclosed,     // a quote that nothing closes
  after_quote,  // text after the quote that closes a cell
};

// What tables part their cells by.
inline constexpr std::string_view kDelimiters = ",;\t|";

struct CsvRow {
  bool whole = false;  // false: more bytes are needed to see its end
  size_t size = 0;     // with its line break
  size_t cells = 0;
  CsvFault fault = CsvFault::none;
  size_t fault_byte = 0;
};

// More columns than any export has; of a row with more, the cells beyond are
// counted and not kept.
inline constexpr size_t kCellsMax = 4096;

// The cells of one row without their quotes, in memory that the next row uses
// again. They lie in the text that was cut, or, where quotes were written
// twice, in here: they are there as long as both.
class CsvCells {
 public:
  CsvCells() = default;
  CsvCells(const CsvCells&) = delete;
  CsvCells& operator=(const CsvCells&) = delete;
  ~CsvCells() = default;

  size_t size() const { return size_; }
  std::string_view operator[](size_t i) const { return cells_[i]; }
  const std::string_view* begin() const { return cells_.data(); }
  const std::string_view* end() const { return cells_.data() + size_; }

 private:
  friend class CsvRowCutter;
  void finish(size_t size);

  std::vector<std::string_view> cells_;  // the first size_ are the row's
  size_t size_ = 0;
  std::vector<size_t> doubled_;  // cells that have quotes written twice
  std::string single_;           // the text of those, quotes written once
};

// What a row with a fault saw far ahead of its line, so that the lines behind
// it, which are looked at next and run into the same quotes, need not look
// again: without it, hostile tables cost the square of their size.
class CsvAhead {
 private:
  friend class CsvRowCutter;
  static constexpr size_t kUnknown = SIZE_MAX;
  // As bytes before the end of the text, which rows of it have in common: the
  // last cell of the row, its closing quote, where it ends.
  size_t cell_ = kUnknown;
  size_t quote_ = kUnknown;
  size_t end_ = kUnknown;
};

// Cuts the first row off `rest`. Of a row with a fault the cells are those up
// to it. `at_end`: nothing comes after `rest`. `ahead`: the same one for the
// rows of a text, which are cut one after the other and end where it ends; the
// cells of rows with a fault are then not all there and not counted.
//
// A stray quote may swallow all the rows behind it. The row of a fault is
// therefore the one line that it began on: reading goes on with the next
// line, and no more is lost than there must be. A quote that is not closed
// within kRowBytesMax counts as never closed.
CsvRow cut_csv_row(std::string_view rest, char delimiter, bool at_end,
                   CsvCells* cells, CsvAhead* ahead = nullptr);
// The same with cells that outlive the text.
CsvRow cut_csv_row(std::string_view rest, char delimiter, bool at_end,
                   std::vector<std::string>* cells, CsvAhead* ahead = nullptr);
// The same without the cells.
CsvRow find_csv_row(std::string_view rest, char delimiter, bool at_end,
                    CsvAhead* ahead = nullptr);

// Line breaks as cut_csv_row sees them: CRLF, LF, CR.
uint64_t count_csv_lines(std::string_view text);
// The first CR or LF; the text's size: there is none.
size_t find_csv_line_break(std::string_view text);

}  // namespace simwarden
