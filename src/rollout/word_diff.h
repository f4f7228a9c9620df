// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simwarden {

// A stretch of two texts laid over each other.
struct WordPiece {
  enum class Is : uint8_t { same, removed, added };
  Is is = Is::same;
  std::string text;
  bool operator==(const WordPiece&) const = default;
};

// What is cut out of the texts: in code a quoted text, a dotted name and an
// operator are one word each; in prose a word of letters, and each character
// of scripts that write none.
enum class Wording : uint8_t { code, prose };

// The fewest words removed and added, as far as the texts are short enough to
// find them (kCellsMax comparisons); otherwise all that differs is one piece.
// The removed and same pieces joined are `before`, the added and same ones
// `after`, but that white space between two changes belongs to both.
std::vector<WordPiece> word_diff(std::string_view before,
                                 std::string_view after, Wording wording);

// Two conditions of 8 KiB have some 2,000 words each.
inline constexpr size_t kCellsMax = size_t{8} << 20;

}  // namespace simwarden
