// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// How wide text is on a terminal: a Chinese character takes two columns. Good
// enough for pointing at it; a terminal's own tables may differ for emoji.
namespace simwarden {

inline bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The bytes of the code point that begins at `at`; at least 1.
size_t code_point_size(std::string_view text, size_t at);

// Columns of one code point: 0 for combining and invisible ones, 1 or 2.
uint32_t columns_of(std::string_view code_point);

// Columns of a whole line.
uint32_t display_columns(std::string_view line);

// The longest beginning of `line` that is not wider than `columns`; cut
// between code points.
std::string_view cut_to_columns(std::string_view line, uint32_t columns);

}  // namespace simwarden
