// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Lower case, letter by letter, exactly as RE2 sees it when it says which
// literals a pattern needs. "СИМ K" (with the Kelvin sign) -> "сим k".
//
// The result is good for looking literals up: its offsets need not be those of
// the text, because a letter and its lower case may differ in length.
// Bytes that are not UTF-8 stay as they are.
namespace simwarden {

// Replaces what `folded` held; its memory is used again. True when every letter
// kept its length, so that offsets are those of the text after all.
bool fold_case(std::string_view text, std::string& folded);

// True only when fold_case() would leave the text as it is; nearly always then.
bool is_folded(std::string_view text);

}  // namespace simwarden
