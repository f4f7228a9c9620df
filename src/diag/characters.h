// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Where the characters (code points) of UTF-8 begin and end. Everything here
// takes any bytes; notation/utf8.h tells whether they are well-formed.
namespace simwarden {

// A byte of a character behind its first one.
constexpr bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The bytes of the character that begins at `at`; at least 1.
// REQUIRES: at < text.size().
size_t code_point_size(std::string_view text, size_t at);

size_t count_characters(std::string_view text);

// The longest beginning of `text` that has at most `bytes_max` bytes and ends
// between characters.
std::string_view cut(std::string_view text, size_t bytes_max);

// Without the blanks at both ends: space, tab and line breaks, the wide blank
// of Chinese keyboards, those that do not break, and a byte order mark.
std::string_view without_blank_ends(std::string_view text);

// The characters from the last to the first.
std::string turned_around(std::string_view text);

}  // namespace simwarden
