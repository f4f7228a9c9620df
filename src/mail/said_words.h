// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/words.h"

// What a text says in words, to compare others with it:
//
//   SaidWords said("The club meets on Thursday in the old hall behind …");
//   said.differ_from("Cards without papers, write to @demo_cards tonight")
//
// Its words are found once, whatever number of texts is compared.
namespace simwarden {

// A word, and its first letters as a number, which tell most words apart.
struct SaidWord {
  explicit SaidWord(std::string_view letters) : text(letters) {
    const std::string_view first = letters.substr(0, sizeof front);
    for (const char c : first) front = front << 8 | static_cast<uint8_t>(c);
  }
  auto operator<=>(const SaidWord&) const = default;

  uint64_t front = 0;
  std::string_view text;
};

// One thread.
class SaidWords {
 public:
  explicit SaidWords(std::string_view text) : small_(small_letters(text)) {}
  SaidWords(const SaidWords&) = delete;
  SaidWords& operator=(const SaidWords&) = delete;

  // Most of the distinct words of the other text are not in this one. Of a few
  // words only those tell that may lead somewhere.
  bool differ_from(std::string_view other);

 private:
  const std::vector<SaidWord>& in_order();
  const std::vector<SaidWord>& distinct();

  std::string small_;
  // Of small_; looked for at the first question.
  std::optional<std::vector<SaidWord>> in_order_;
  std::optional<std::vector<SaidWord>> distinct_;
};

}  // namespace simwarden
