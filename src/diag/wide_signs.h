// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Signs of Chinese typing that look like signs of ASCII: full-width ones, curly
// quotes and the ideographic blank. They are right in a text; where a notation
// wants the sign of ASCII, they are slips of an input method.
namespace simwarden {

// Bytes of each of them in UTF-8.
inline constexpr size_t kWideSignBytes = 3;

// The sign of ASCII that the one at `at` stands for, such as ':' for "：" and
// ' ' for U+3000; '\0' where no such sign begins, also beyond the end.
char narrow_of(std::string_view text, size_t at);

// Bytes of a blank that is not the one of ASCII, nor a line's end or a tab: the
// no-break one (U+00A0) and U+3000; 0 where none begins.
size_t odd_blank_bytes(std::string_view text, size_t at);

// How it is named to its author: "the full-width ：", "the quotation mark “",
// "the full-width blank (U+3000)", "the no-break blank (U+00A0)". REQUIRES: one
// begins at `at`.
std::string wide_sign_name(std::string_view text, size_t at);

}  // namespace simwarden
