// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "spelling/prefixes.h"
#include "spelling/respelling.h"

// Numbers that are read out: "seven double zero", "trois fois cinq", 壹叁捌,
// mixed with figures. The words of all languages stand in
// data/number_words.tsv; the words of one run are of one language.
namespace simwarden {

// Where one may begin.
void add_number_beginnings(Prefixes& prefixes, WordBeginnings& words);
// A word for a number begins at `i` and no word goes on before it.
bool begins_number_word(std::string_view text, size_t i);

// The run of numbers around the word at `i`, from `floor` on: five digits and
// more, two words at least. `end` is where the run ends in any case.
bool read_number_words(std::string_view text, size_t i, size_t floor,
                       size_t& end, Respelling& out);

// A number below a hundred in one word of three bytes and more, of whatever
// language, at `i`.
struct SpokenNumber {
  uint16_t value = 0;
  size_t size = 0;  // 0: none stands there
};
SpokenNumber spoken_number_at(std::string_view text, size_t i);

// Where a word for a plus begins that stands before the figures at `i`, "plus
// 44 …"; `i` when none does. Not 加, which says much else.
size_t told_plus_before(std::string_view text, size_t i);

}  // namespace simwarden
