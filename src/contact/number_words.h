// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "contact/ascii.h"
#include "contact/prefixes.h"
#include "contact/scene.h"

// Numbers that are read out: "seven double zero", "trois fois cinq", 壹叁捌,
// mixed with figures. The words of all languages stand in
// data/number_words.tsv; the words of one run are of one language.
namespace simwarden {

// The beginnings of all these words, which refuse nearly every place by one
// look.
class NumberBeginnings {
 public:
  // REQUIRES: i < text.size().
  bool has_at(std::string_view text, size_t i) const {
    // An alphabet goes on: inside a word.
    if (!is_ascii(before(text, i)) && may_be_alphabet(text[i])) return false;
    const size_t size = key_size(text[i]);
    if (seen_[key(text, i, size)]) return true;
    return size > kHan && seen_[key(text, i, kHan)];
  }
  void add(std::string_view word) {
    seen_[key(word, 0, key_size(word))] = true;
  }

  static constexpr size_t kHan = 3;  // bytes of a character
  static constexpr size_t kKeys = size_t{1} << 14;

  // Three ASCII letters, or two of another alphabet; shorter words have a key
  // of three bytes or fewer.
  static size_t key_size(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 3;
    return byte < 0xE0 ? 4 : 6;
  }
  static size_t key_size(std::string_view word) {
    const size_t size = key_size(word[0]);
    if (word.size() >= size) return size;
    return word.size() >= kHan ? kHan : word.size();
  }
  // Of the `size` bytes from `i` on, below kKeys.
  static size_t key(std::string_view text, size_t i, size_t size) {
    uint64_t bytes = 0;
    if (i + sizeof bytes <= text.size()) {
      std::memcpy(&bytes, text.data() + i, sizeof bytes);
    } else {
      std::memcpy(&bytes, text.data() + i, text.size() - i);
    }
    bytes <<= 64 - 8 * size;
    return static_cast<size_t>((bytes + size) * 0x9E3779B97F4A7C15U >> 50);
  }

 private:
  // By its first byte: of a script whose words stand apart, or perhaps so.
  static bool may_be_alphabet(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0xE3 && byte != 0xE0 && byte != 0xE1;
  }

  std::bitset<kKeys> seen_;
};

const NumberBeginnings& number_beginnings();
// The same for a first look together with other words.
void add_number_beginnings(Prefixes& prefixes);

// A word for a number begins at `i` and no word goes on before it.
// REQUIRES: number_beginnings() has it.
bool begins_number_word(std::string_view text, size_t i);

// The run of numbers around the word at `i`, from `floor` on: five digits and
// more, two words at least. `end` is where the run ends in any case.
bool read_number_words(std::string_view text, size_t i, size_t floor,
                       size_t& end, Respelling& out);

}  // namespace simwarden
