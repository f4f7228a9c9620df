// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Endings of hosts that people spell out behind a word for a dot.
namespace simwarden {

// "com", "example".
bool is_host_ending(std::string_view word);
// "me", "in": as an ending of two words it is a sentence, and needs a path.
bool is_wordy_ending(std::string_view word);
// "kropka pl", "punto it": the ending of a country behind its own word for a
// dot.
bool is_own_ending(std::string_view dot, std::string_view ending);

// "точка ру", "ドットコム": an ending in the letters of another script.
struct ForeignEnding {
  size_t size = 0;  // bytes as written; 0 when none stands there
  std::string_view meant;
};
ForeignEnding foreign_ending_at(std::string_view text, size_t i);

}  // namespace simwarden
