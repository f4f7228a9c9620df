// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// How often things stand in texts, roughly: what to look for first. Counted in
// the project's own corpus (tools/gram_table). It decides how fast a scan is,
// never what it finds.
namespace simwarden {

// Of three bytes of a folded text; doubles from 1 upwards.
uint32_t commonness_of_gram(const char* bytes);

// Of a word, in the same measure for all words: that of its rarest gram, less
// for each further byte. REQUIRES: two bytes or more.
uint32_t commonness_of_word(std::string_view word);

}  // namespace simwarden
