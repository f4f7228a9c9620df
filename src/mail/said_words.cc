// SPDX-License-Identifier: Apache-2.0
#include "mail/said_words.h"

#include <algorithm>

namespace simwarden {
namespace {

constexpr size_t kHanBytes = 3;

// Kana or a Han character of the BMP, which no blank parts from the next.
bool begins_with_han(std::string_view text) {
  if (text.size() < kHanBytes) return false;
  const auto first = static_cast<uint8_t>(text[0]);
  return (first >= 0xE4 && first <= 0xE9) ||
         (first == 0xE3 && static_cast<uint8_t>(text[1]) >= 0x81);
}

// The first words of a text in small letters; two neighbours of a Chinese or
// Japanese text are one. Addresses are none: HTML shows others.
std::vector<SaidWord> words_of(std::string_view text) {
  constexpr size_t kShortest = 3;
  // Two longer letters are compared so far.
  constexpr size_t kWordsMax = 20'000;
  std::vector<SaidWord> words;
  for (size_t i = 0; i < text.size() && words.size() < kWordsMax;) {
    const size_t begin = i;
    if (begins_with_han(text.substr(i))) {
      i += kHanBytes;
      if (begins_with_han(text.substr(i))) {
        words.emplace_back(text.substr(begin, 2 * kHanBytes));
      }
      continue;
    }
    bool is_address = false;
    for (; i < text.size() && !begins_with_han(text.substr(i)); ++i) {
      const char c = text[i];
      const bool slash_or_at = c == '/' || c == '@';
      const bool inside = is_ascii_letter(c) || is_digit(c) || slash_or_at ||
                          static_cast<unsigned char>(c) >= 0x80;
      if (!inside) break;
      is_address = is_address || slash_or_at;
    }
    if (i - begin >= kShortest && !is_address) {
      words.emplace_back(text.substr(begin, i - begin));
    }
    if (i == begin) ++i;
  }
  return words;
}

void keep_distinct(std::vector<SaidWord>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

constexpr size_t kWordsMin = 8;  // fewer are "your program shows no HTML"

// All words but a few stand in the other text in the same order, and those few
// are not half of kWordsMin: the usual case, told without sorting.
bool follows(const std::vector<SaidWord>& ours,
             const std::vector<SaidWord>& theirs) {
  constexpr ptrdiff_t kAhead = 64;
  size_t strange = 0;
  auto at = theirs.begin();
  for (const SaidWord& word : ours) {
    const auto found =
        std::find(at, at + std::min(kAhead, theirs.end() - at), word);
    if (found != theirs.end() && *found == word) {
      at = found + 1;
    } else if (++strange > kWordsMin / 2) {
      return false;
    }
  }
  return true;
}

// An address, an account or a number, which a few words can tell of.
bool may_lead(std::string_view text) {
  return text.find_first_of("@/_0123456789") != text.npos;
}

}  // namespace

const std::vector<SaidWord>& SaidWords::in_order() {
  if (!in_order_) in_order_ = words_of(small_);
  return *in_order_;
}

const std::vector<SaidWord>& SaidWords::distinct() {
  if (!distinct_) {
    distinct_ = in_order();
    keep_distinct(*distinct_);
  }
  return *distinct_;
}

bool SaidWords::differ_from(std::string_view other) {
  const std::string small = small_letters(other);
  std::vector<SaidWord> theirs = words_of(small);
  if (theirs.size() >= kWordsMin && follows(theirs, in_order())) return false;
  keep_distinct(theirs);
  if (theirs.size() < kWordsMin && !may_lead(other)) return false;
  const auto common =
      std::count_if(theirs.begin(), theirs.end(), [&](const SaidWord& word) {
        return std::binary_search(distinct().begin(), distinct().end(), word);
      });
  return static_cast<size_t>(common) * 2 < theirs.size();
}

}  // namespace simwarden
