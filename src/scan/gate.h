// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// What a text must hold before a pattern without any literal is worth running:
// `\b\d{4,8}\b` needs four digits, an e-mail pattern an '@'.
namespace simwarden {

struct Gate {
  uint32_t digits_min = 0;  // ASCII digits anywhere in the text
  char byte = 0;            // must be in the text; 0: none demanded
};

// Reads only the plain parts of a pattern: characters, escapes and classes of
// its outermost level. What it does not understand demands nothing.
Gate gate_of(std::string_view pattern);

uint32_t count_digits(std::string_view text);

// `digits` is count_digits(text).
bool may_match(const Gate& gate, std::string_view text, uint32_t digits);

}  // namespace simwarden
