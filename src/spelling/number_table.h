// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "spelling/prefixes.h"
#include "text/look_around.h"
#include "text/tables.h"

// The words that numbers are read out with (data/number_words.tsv).
namespace simwarden {

// Words of so few bytes are words of many languages: "do", "on", "に".
inline constexpr size_t kBeginningMin = 3;

enum class Sense : uint8_t {
  value,     // is a number
  many,      // as many of its digit as the one before says
  repeat,    // the next digit so often; up to here a run may begin
  times,     // between a count and a digit
  times_of,  // between a digit and a count
  scale,     // so many times the digit before
  joint,     // "and"
  plus
};

// A run of words of whatever language, each of one digit.
inline constexpr uint8_t kAnyLanguage = 0;
// Of the table, and that one; more than it has.
inline constexpr size_t kLanguagesMax = 96;
// Such a run, and one of words that only sound like numbers.
inline constexpr size_t kDigitsOfOddMin = 10;

struct NumberWord {
  std::string_view text;
  uint8_t language = 0;
  Sense sense = Sense::value;
  uint16_t value = 0;
  uint16_t room = 0;  // a smaller number may be added to it
};

class NumberWords {
 public:
  NumberWords();

  // The longest word of `least` bytes and more at `i` for which `fits` says
  // yes, or nullptr.
  template <typename Fits>
  const NumberWord* find(std::string_view t, size_t i, size_t least,
                         Fits&& fits) const {
    if (i >= t.size()) return nullptr;
    const size_t whole = WordBeginnings::key_size(t[i]);
    const NumberWord* found = find_of(whole, t, i, fits);
    for (size_t size = kHan; found == nullptr && size >= least; --size) {
      if (size < whole) found = find_of(size, t, i, fits);
    }
    return found;
  }

  const NumberWord* find(std::string_view t, size_t i, uint8_t language) const {
    if (language == kAnyLanguage) return find_digit(t, i);
    return find(t, i, 1, [&](const NumberWord& word) {
      return word.language == language;
    });
  }

  template <typename Each>
  void each_beginning(Each&& each) const {
    for (const NumberWord& word : words_) {
      if (is_beginning(word)) each(word.text);
    }
  }

  const std::vector<NumberWord>& plus_words() const { return plus_; }

  // Its words only sound like numbers. Languages are counted from 1.
  bool is_sound(uint8_t language) const {
    return language != kAnyLanguage &&
           languages_[language - 1U].ends_with("-sound");
  }

 private:
  const NumberWord* find_digit(std::string_view t, size_t i) const {
    return find(t, i, kBeginningMin, [&](const NumberWord& word) {
      return word.sense == Sense::value && word.value <= 9 &&
             word.text.size() >= kBeginningMin && !is_sound(word.language);
    });
  }

  static constexpr size_t kBuckets = 1024;
  static constexpr size_t kHan = WordBeginnings::kHan;

  // Of the words that have a key of `size` bytes.
  template <typename Fits>
  const NumberWord* find_of(size_t size, std::string_view t, size_t i,
                            Fits&& fits) const {
    const size_t own = WordBeginnings::key(t, i, size) % kBuckets;
    for (size_t k = begins_at_[own]; k < begins_at_[own + 1]; ++k) {
      const NumberWord& word = words_[k];
      if (!fits(word) || !starts_at(t, i, word.text)) continue;
      if (is_parted_behind(t, i + word.text.size())) return &word;
    }
    return nullptr;
  }

  static size_t bucket(const NumberWord& word) {
    return WordBeginnings::key(word.text, 0,
                               WordBeginnings::key_size(word.text)) %
           kBuckets;
  }

  void sort_by_bucket();

  void add_row(const TableRow& row);

  // Sets sense and value; gives the step from one number to the next, 0 when
  // the room was told.
  static uint16_t read_sense(std::string_view text, NumberWord& word);

  static void set_room(NumberWord& word) {
    word.room = 0;
    if (word.value >= 20 && word.value % 10 == 0) word.room = 10;
    if (word.value >= 100 && word.value % 100 == 0) word.room = 100;
  }

  void add(const NumberWord& word) {
    words_.push_back(word);
    if (word.sense == Sense::plus) plus_.push_back(word);
  }

  bool is_beginning(const NumberWord& word) const {
    if (is_sound(word.language)) return false;
    const bool kana = code_point_at(word.text, 0).c - 0x3041U < 0xC0U;
    return word.sense <= Sense::repeat && word.text.size() >= kBeginningMin &&
           !(kana && word.text.size() == kHan);
  }

  std::vector<std::string_view> languages_;
  std::vector<NumberWord> words_;
  std::vector<NumberWord> plus_;
  std::array<uint16_t, kBuckets + 1> begins_at_{};  // in words_
};

// Built on first use.
const NumberWords& number_table();

}  // namespace simwarden
