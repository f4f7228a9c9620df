// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/prefixes.h"

// What the words around a row of digits say of it. Windows are of a folded
// text and end where the digits begin.
namespace simwarden {

// Where the last word begins that asks for a call, "call", 电话, or npos.
size_t last_call_word(std::string_view window);
bool asks_to_call(std::string_view window);

// They say that a number follows, not which; no short hot line's.
const Words& number_words();
// What stands in front of digits that are no telephone number.
const Words& other_words();
// "Text WIN to 80082": what is sent to a short number; the second only where a
// text message is named.
const Words& texting_words();
const Words& text_message_words();
bool ends_with_to(std::string_view window);

// "SIM replacement without ID 07700 900123": where cards are offered, words
// that no papers are asked for stand directly in front of `i`.
bool offers_without_papers(std::string_view text, size_t i);

// A word such as "call" touches the digits at `i`: "call0712345678".
bool has_glued_word(std::string_view text, size_t i);

}  // namespace simwarden
