// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scan/stops.h"

// What every match of a regular expression must hold, and how far apart.
//
//   \b(?:send|share)\b.{0,20}\botp     one branch of two steps:
//     {send, share}, then 0 to 80 bytes without a line's end, then {otp}
//
// Read from RE2's syntax; of what is not read here, nothing is claimed. All
// widths and words are those of a text folded by FoldedText when folding
// changed no length. Words are folded too.
namespace simwarden {

// What may be beside a word, a set: `\B`, `\b`, either.
enum class Edge : uint8_t { inside = 1, boundary = 2, any = 3 };

inline bool allows(Edge edge, bool boundary) {
  return (unsigned(edge) >> unsigned(boundary) & 1) != 0;
}

// What `\b` takes for a part of a word.
inline constexpr std::array<bool, 256> kWordBytes = [] {
  std::array<bool, 256> is_word{};
  for (size_t c = '0'; c <= '9'; ++c) is_word[c] = true;
  for (size_t c = 'a'; c <= 'z'; ++c) is_word[c] = is_word[c & ~0x20u] = true;
  is_word['_'] = true;
  return is_word;
}();

inline bool is_word_byte(char c) {
  return kWordBytes[uint8_t(c)];
}

struct ShapeWord {
  std::string bytes;
  Edge before = Edge::any;
  Edge after = Edge::any;
  bool any_case = false;  // the text may have other letters, a long s for an s
};

inline constexpr uint32_t kNoEnd = UINT32_MAX;

struct ShapeGap {
  uint32_t least = 0;   // bytes
  uint32_t most = 0;    // kNoEnd: any number
  uint32_t digits = 0;  // 0 to 9, of which so many or more stand in it
  Stops stops = 0;      // may stand in it; no others do
};

struct ShapeWords {
  std::vector<ShapeWord> all;  // each of kLiteralBytesMin bytes or more
  ShapeGap width;              // of any of them
  uint64_t commonness = 0;     // of all of them (commonness.h)
};

// One of `words` stands `before` bytes behind the step before it. Ways that are
// written out share them.
struct ShapeStep {
  ShapeGap before;
  std::shared_ptr<const ShapeWords> words;
};

// A way to match: its steps in this order. `tail` lies behind the last.
struct ShapeBranch {
  std::vector<ShapeStep> steps;
  ShapeGap tail;
};

// Of more alternatives a pattern is left whole: each costs a few dozen bytes a
// thread.
inline constexpr size_t kWaysMax = 128;

struct Shape {
  std::vector<ShapeBranch> branches;  // each match is of one of them
  // Expressions, two or more, for `otp|pin|send.{0,9}code` "otp|pin" and
  // "send.{0,9}code": the alternatives of the outermost level, words in a row
  // together. Of their leftmost matches the leftmost is the pattern's, of two
  // at one place that of the former. Empty: it has no alternatives, or more
  // than kWaysMax, or they cannot stand alone.
  std::vector<std::string> ways;
  std::vector<Shape> of_ways;  // one each, without its instructions
  // The words of the only step of the only branch are all it matches, in order
  // of preference.
  bool only_words = false;
  ShapeGap width;
  // RE2's program is not longer.
  uint64_t instructions_max = 0;
};

// Nothing when it holds what is not read here. What is read, RE2 accepts if
// instructions_max is below kInstructionsSure.
std::optional<Shape> shape_of(std::string_view pattern);

// A seventh of the instructions that RE2 has room for in kPatternMemoryMax.
inline constexpr uint64_t kInstructionsSure = 100'000;

}  // namespace simwarden
