// SPDX-License-Identifier: Apache-2.0
#include "spelling/number_table.h"

#include <algorithm>
#include <charconv>

#include "diag/check.h"
#include "spelling/tables.h"

namespace simwarden {
namespace {

uint16_t number_of(std::string_view text) {
  uint16_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What is left of `text` behind `front`; `text` when it has another front.
bool take_front(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

// Calls `each` with the pieces of `text` between the signs.
template <typename Each>
void split(std::string_view text, char sign, Each&& each) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(sign), text.size());
    each(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

NumberWords::NumberWords() {
  constexpr size_t kWordsAbout = 2000;
  words_.reserve(kWordsAbout);
  for (const TableRow& row : rows_of(tables::number_words, 3)) add_row(row);
  sort_by_bucket();
}

void NumberWords::sort_by_bucket() {
  std::array<uint16_t, kBuckets + 1>& begins = begins_at_;
  for (const NumberWord& word : words_) ++begins[bucket(word) + 1];
  for (size_t i = 1; i < begins.size(); ++i) {
    begins[i] = static_cast<uint16_t>(begins[i] + begins[i - 1]);
  }
  std::vector<NumberWord> sorted(words_.size());
  std::array<uint16_t, kBuckets + 1> next = begins;
  for (const NumberWord& word : words_) {
    sorted[next[bucket(word)]++] = word;
  }
  words_ = std::move(sorted);
  for (size_t i = 0; i < kBuckets; ++i) {
    std::sort(words_.begin() + begins[i], words_.begin() + begins[i + 1],
              [](const NumberWord& a, const NumberWord& b) {
                return a.text.size() > b.text.size();
              });
  }
}

void NumberWords::add_row(const TableRow& row) {
  if (languages_.empty() || languages_.back() != row[0]) {
    languages_.push_back(row[0]);
    CHECK(languages_.size() < kLanguagesMax, "languages have a bit each");
  }
  NumberWord word;
  word.language = static_cast<uint8_t>(languages_.size());
  const uint16_t step = read_sense(row[1], word);
  split(row[2], ';', [&](std::string_view spellings) {
    if (word.sense == Sense::value && step != 0) set_room(word);
    split(spellings, ',', [&](std::string_view text) {
      word.text = text;
      add(word);
    });
    word.value = static_cast<uint16_t>(word.value + step);
  });
}

uint16_t NumberWords::read_sense(std::string_view text, NumberWord& word) {
  if (text == "times") word.sense = Sense::times;
  if (text == "times of") word.sense = Sense::times_of;
  if (text == "and") word.sense = Sense::joint;
  if (text == "plus") word.sense = Sense::plus;
  if (take_front(text, "many ")) word.sense = Sense::many;
  if (take_front(text, "repeat ")) word.sense = Sense::repeat;
  if (take_front(text, "scale ")) word.sense = Sense::scale;
  word.value = number_of(text);
  const size_t room = text.find('+');
  if (room != text.npos) word.room = number_of(text.substr(room + 1));
  if (room != text.npos) return 0;
  const size_t step = text.find(" by ");
  return step == text.npos ? 1 : number_of(text.substr(step + 4));
}

const NumberWords& number_table() {
  static const NumberWords kWords;
  return kWords;
}

}  // namespace simwarden
