// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// How wide text is on a terminal: a Chinese character takes two columns, by
// Unicode's tables (ICU). Good enough for pointing at it; a terminal's own
// tables may differ for emoji that several code points make.
namespace simwarden {

// Columns of one code point: 0 for combining and invisible ones, 1 or 2.
uint32_t columns_of(std::string_view code_point);

// Whether nobody sees that the code point is there, alone or behind a letter.
bool is_invisible(std::string_view code_point);

// Columns of a whole line.
uint32_t display_columns(std::string_view line);

// The longest beginning of `line` that is not wider than `columns`; cut
// between code points.
std::string_view cut_to_columns(std::string_view line, uint32_t columns);

// A cell of a table, so many columns wide: with blanks behind it, or cut, with
// "…" at its end.
std::string padded(std::string_view text, uint32_t columns);

}  // namespace simwarden
