// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spelling/respelling.h"

// Names that are spelled letter by letter, as they are read aloud: "dee ee em
// oh", "дэ е эм о, потом 777", "D comme Denise, E comme …", "Delta Echo Mike
// Oscar underscore Tango". The letters' names stand in data/letter_names.tsv.
namespace simwarden {

struct SpelledName {
  Range range;
  std::string text;  // "" when none stands there
};

// The first such name that begins from `begin` on, before `reach` bytes are
// over. Its letters are of one language, three or four at least; figures,
// numbers and words for a sign may stand among them. Linear in what is read.
SpelledName find_spelled_name(std::string_view text, size_t begin,
                              size_t reach);

// A word of three letters or more that is spelled so at `begin`, two of them at
// least by their names: "西欧爱木", "ce o eme".
SpelledName spelled_word_at(std::string_view text, size_t begin);

// "demo titik kue titik kai", "demo点kai点88" at `begin`: words and words for a
// sign in turn.
SpelledName read_signed_name(std::string_view text, size_t begin);

// "demo then 888", "сначала demo, за ним kai, слитно" at `begin`: two pieces
// and a word that puts the second behind; figures, or told to be joined.
SpelledName read_pieced_name(std::string_view text, size_t begin);

}  // namespace simwarden
