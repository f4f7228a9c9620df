// SPDX-License-Identifier: Apache-2.0
#include "spelling/sign_words.h"

#include <algorithm>
#include <array>

#include "spelling/prefixes.h"
#include "spelling/tables.h"
#include "text/look_around.h"
#include "text/tables.h"

namespace simwarden {
namespace {

class SignWords {
 public:
  SignWords() : rows_(kRows) {
    for (const TableRow& row : rows_of(tables::sign_words, 2)) {
      for (std::string_view rest = row[1]; !rest.empty();) {
        const size_t end = std::min(rest.find(','), rest.size());
        const SignWord word{trimmed(rest.substr(0, end)), row[0][0]};
        rows_[row_of(word.text, 0, WordBeginnings::key_size(word.text))]
            .push_back(word);
        all_.push_back(word);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    for (auto& row : rows_) {
      std::stable_sort(row.begin(), row.end(),
                       [](const SignWord& a, const SignWord& b) {
                         return a.text.size() > b.text.size();
                       });
    }
  }

  // The longest at `i`, or nullptr.
  const SignWord* find(std::string_view t, size_t i) const {
    if (i >= t.size()) return nullptr;
    const size_t whole = WordBeginnings::key_size(t[i]);
    const SignWord* word = find_of(t, i, whole);
    constexpr size_t kHan = WordBeginnings::kHan;  // and no word is shorter
    if (word == nullptr && whole > kHan) word = find_of(t, i, kHan);
    if (word == nullptr || !is_parted_before(t, i)) return nullptr;
    return word;
  }

  const std::vector<SignWord>& all() const { return all_; }

 private:
  // Of the words that have a key of `size` bytes.
  const SignWord* find_of(std::string_view t, size_t i, size_t size) const {
    for (const SignWord& word : rows_[row_of(t, i, size)]) {
      if (!starts_at(t, i, word.text)) continue;
      if (is_parted_behind(t, i + word.text.size())) return &word;
    }
    return nullptr;
  }

  static constexpr size_t kRows = 1024;
  static size_t row_of(std::string_view t, size_t i, size_t size) {
    return WordBeginnings::key(t, i, size) % kRows;
  }
  std::vector<std::vector<SignWord>> rows_;
  std::vector<SignWord> all_;
};

const SignWords& sign_words() {
  static const SignWords kWords;
  return kWords;
}

}  // namespace

const SignWord* sign_word_at(std::string_view t, size_t i) {
  return sign_words().find(t, i);
}

bool is_prose_before_sign(std::string_view word) {
  constexpr std::array<std::string_view, 27> kWords = {
      "an",   "no",   "with",  "without", "if",   "use",  "using",
      "each", "any",  "one",   "single",  "un",   "con",  "sin",
      "com",  "sem",  "um",    "uma",     "mit",  "ohne", "ein",
      "kein", "avec", "einem", "senza",   "sans", "einen"};
  return is_one_of(word, kWords);
}

bool is_prose_behind_sign(std::string_view word) {
  constexpr std::array<std::string_view, 26> kWords = {
      "or",  "and",      "is",   "are",   "not",    "between", "instead",
      "in",  "where",    "if",   "as",    "before", "after",   "for",
      "at",  "entre",    "o",    "y",     "e",      "ou",      "et",
      "und", "zwischen", "oder", "statt", "was"};
  return is_one_of(word, kWords);
}

const std::vector<SignWord>& all_sign_words() {
  return sign_words().all();
}

}  // namespace simwarden
