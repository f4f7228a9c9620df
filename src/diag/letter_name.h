// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

// How a character is told from others that look like it.
//
//   letter_name("\u043E")   // "о (U+043E, Cyrillic)"
//   letter_name("\u2011")   // "‑ (U+2011)"
//   letter_name("\u200B")   // "U+200B", for nobody sees it
//
// REQUIRES: one character of UTF-8.
std::string letter_name(std::string_view character);

}  // namespace simwarden
