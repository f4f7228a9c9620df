// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

// The words for the signs of addresses and names (data/sign_words.tsv).
namespace simwarden {

struct SignWord {
  std::string_view text;
  char sign = '\0';
};

// The longest that stands at `i` by itself, or nullptr.
const SignWord* sign_word_at(std::string_view text, size_t i);

// Words of a sentence about a sign: "needs no underscore or dash", "con guion
// bajo o sin él". No part of a name ends or begins with them.
bool is_prose_before_sign(std::string_view word);
bool is_prose_behind_sign(std::string_view word);

// All of them.
const std::vector<SignWord>& all_sign_words();

}  // namespace simwarden
