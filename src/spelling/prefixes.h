// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "text/look_around.h"

// Many words looked for at once. Nearly every place of a text is refused by
// its first three bytes, without a look at the words.
namespace simwarden {

// Beginnings of words. May say yes to a few others, never no to its own.
class Prefixes {
 public:
  // Words of one or two bytes end there: no letter and no "_" follows.
  void add(std::string_view word) {
    if (word.size() >= 3) return set(word[0], word[1], word[2]);
    for (int c = 0; c < 256; ++c) {
      const char next = static_cast<char>(c);
      if (is_letter(next) || next == '_') continue;
      if (word.size() == 2) set(word[0], word[1], next);
      if (word.size() == 1) add_any_third(word[0], next);
    }
  }
  void add(const Prefixes& others) { seen_ |= others.seen_; }
  // REQUIRES: i < text.size().
  bool has_at(std::string_view text, size_t i) const {
    const char* const from = text.data() + i;
    if (i + 2 < text.size()) return seen_[index(from[0], from[1], from[2])];
    return seen_[index(from[0], at(text, i + 1), '\0')];
  }

 private:
  static constexpr size_t kSize = size_t{1} << 17;
  // Lower-case letters are told apart by five bits, ASCII by seven.
  static size_t index(char a, char b, char c) {
    const auto bits = [](char x, unsigned mask) {
      return static_cast<size_t>(static_cast<unsigned char>(x) & mask);
    };
    return bits(a, 31) << 12 | bits(b, 31) << 7 | bits(c, 127);
  }
  void set(char a, char b, char c) { seen_[index(a, b, c)] = true; }
  void add_any_third(char a, char b) {
    for (int c = 0; c < 128; ++c) set(a, b, static_cast<char>(c));
  }

  std::bitset<kSize> seen_;
};

// Beginnings of words that stand apart, of two letters in other alphabets and
// of two characters in other scripts: a finer sieve than Prefixes where three
// bytes are one letter and a half.
class WordBeginnings {
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

// Words that are looked for in small windows. Keeps `words` by reference.
class Words {
 public:
  // ASCII words begin where a word begins; `whole` ones end where it ends.
  enum class Ends : uint8_t { anywhere, whole };
  Words(std::span<const std::string_view> words, Ends ends)
      : words_(words), whole_(ends == Ends::whole) {
    for (const std::string_view word : words) {
      // Two letters may go on unless they are whole.
      if (word.size() == 2 && !whole_) {
        for (int c = 0; c < 128; ++c) {
          const char three[] = {word[0], word[1], static_cast<char>(c)};
          prefixes_.add({three, 3});
        }
      }
      prefixes_.add(word);
    }
  }

  bool found_in(std::string_view window) const {
    return last_in(window) != window.npos;
  }
  // Where the last of them begins, or npos.
  size_t last_in(std::string_view window) const {
    for (size_t i = window.size(); i-- > 0;) {
      if (prefixes_.has_at(window, i) && is_at(window, i)) return i;
    }
    return window.npos;
  }

 private:
  bool is_at(std::string_view window, size_t i) const {
    for (const std::string_view word : words_) {
      if (!starts_at(window, i, word)) continue;
      if (!is_ascii(word[0])) return true;
      const char left = before(window, i);
      if (is_alnum(left) || left == '_') continue;
      if (whole_ && is_letter(at(window, i + word.size()))) continue;
      return true;
    }
    return false;
  }

  std::span<const std::string_view> words_;
  bool whole_;
  Prefixes prefixes_;
};

}  // namespace simwarden
