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

// "punto es": as is_own_ending(), where a host is asked for and nothing follows
// only, as sentences of the language go on so.
bool is_asked_ending(std::string_view dot, std::string_view ending);

// An ending that is written otherwise.
struct SpelledEnding {
  size_t size = 0;  // bytes as written; 0 when none stands there
  std::string meant;
};
// "точка ру", "ドットコム": in the letters of another script; 点西欧爱木: by
// the names of its letters.
SpelledEnding spelled_ending_at(std::string_view text, size_t i);
// "punto com punto ar", "punto com ar" with nothing behind; `dot` is the word
// in front of `i`.
SpelledEnding country_ending_at(std::string_view text, size_t i,
                                std::string_view dot);

}  // namespace simwarden
