// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "contact/ascii.h"

// Many words looked for at once. Nearly every place of a text is refused by
// its two bytes, without a look at the words.
namespace simwarden {

// A set of pairs of bytes.
class PairSet {
 public:
  void add(char first, char second) {
    row(first)[bit(second) / 64] |= mask(second);
  }
  // `first` with any second byte that is no letter and no "_".
  void add_alone(char first) {
    for (int c = 0; c < 256; ++c) {
      const char second = static_cast<char>(c);
      if (!is_letter(second) && second != '_') add(first, second);
    }
  }
  // A word of one byte may have any neighbour that ends it.
  void add_word(std::string_view word) {
    if (word.size() == 1) return add_alone(word[0]);
    add(word[0], word[1]);
  }
  bool has(char first, char second) const {
    return (rows_[static_cast<unsigned char>(first)][bit(second) / 64] &
            mask(second)) != 0;
  }

 private:
  using Row = std::array<uint64_t, 4>;
  static size_t bit(char c) { return static_cast<unsigned char>(c); }
  static uint64_t mask(char c) { return uint64_t{1} << (bit(c) % 64); }
  Row& row(char c) { return rows_[bit(c)]; }

  std::array<Row, 256> rows_{};
};

// Words that are looked for in small windows. Keeps `words` by reference.
class Words {
 public:
  // Words begin at a word's beginning if they are ASCII; `whole` ones end at
  // a word's end too.
  enum class Ends { anywhere, whole };
  Words(std::span<const std::string_view> words, Ends ends)
      : words_(words), whole_(ends == Ends::whole) {
    for (const std::string_view word : words) pairs_.add_word(word);
  }

  bool found_in(std::string_view window) const {
    return last_in(window) != window.npos;
  }
  // Where the last of them begins, or npos.
  size_t last_in(std::string_view window) const {
    for (size_t i = window.size(); i-- > 0;) {
      if (pairs_.has(window[i], at(window, i + 1)) && found_at(window, i)) {
        return i;
      }
    }
    return window.npos;
  }

 private:
  bool found_at(std::string_view window, size_t i) const {
    for (const std::string_view word : words_) {
      if (!starts_at(window, i, word)) continue;
      if (!is_ascii(word[0])) return true;
      if (is_alnum(before(window, i))) continue;
      if (whole_ && is_letter(at(window, i + word.size()))) continue;
      return true;
    }
    return false;
  }

  std::span<const std::string_view> words_;
  bool whole_;
  PairSet pairs_;
};

}  // namespace simwarden
