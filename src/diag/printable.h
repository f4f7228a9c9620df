// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Text of others on a terminal: nothing in it may paint over what stands there
// or turn the direction of a line.
namespace simwarden {

// On one line, with a dot for each control character and each that turns the
// direction of text, and U+FFFD for bytes that are no UTF-8. For text that is
// read, where a dot is enough.
std::string printable_text(std::string_view text);

// On one line, with those characters and bytes that are no UTF-8 as escapes:
// "a\x1b[2J", "a\u{202e}b", "a\xb2". For names, which must be told apart.
std::string escaped_text(std::string_view text);

// Whether something in the text turns the direction of what stands around: an
// embedding, an override, an isolate, or a mark (U+061C, U+200E, U+200F) where
// no letter runs from right to left. Beside such letters marks are spelling.
bool turns_direction(std::string_view text);

// The same for prose that is read back as it stands: line breaks (also "\r\n")
// and tabs stay.
std::string escaped_prose(std::string_view text);

}  // namespace simwarden
