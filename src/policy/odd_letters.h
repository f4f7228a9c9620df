// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Letters of a text that are not what they look like: who copies a name from a
// message, a table or a screen brings them along, and nothing that is compared
// with it is equal.
//
//   odd_letter("М0101")->said   // "М (U+041C, Cyrillic) stands among Latin
//                               //  letters"; with the Latin M: nothing
namespace simwarden {

struct OddLetter {
  size_t at = 0;  // its first byte
  std::string said;
  std::string help;  // what to write
};

// A letter of another script in a word of Latin ones that all look Latin, a
// hyphen that is not ASCII's between letters, an accent behind its letter.
std::optional<OddLetter> odd_letter(std::string_view text);

}  // namespace simwarden
