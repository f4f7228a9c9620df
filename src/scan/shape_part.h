// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scan/regex_reader.h"
#include "scan/shape.h"

// What a shape is put together from, from the left (shape.cc).
namespace simwarden {

// What a part of a pattern can match.
struct ShapePart {
  bool exact = true;
  // Only in either(): each word is a row of its own.
  bool rows = false;
  // When exact, in order of preference.
  std::vector<ShapeWord> words = std::vector<ShapeWord>(1);
  std::vector<ShapeBranch> branches;  // when not
};

// Whether a text can be searched for them.
bool can_be_step(const std::vector<ShapeWord>& words);

// Makes a branch of the words of an exact part.
void give_up_words(ShapePart& part);

// From the shortest match of any branch to the longest.
ShapeGap widest(const std::vector<ShapeBranch>& branches);

// Alternatives. REQUIRES: there is one.
ShapePart either(std::vector<ShapePart> parts);

ShapePart repeated(ShapePart part, const RegexCount& count);

// Parts side by side: (add)+ finish.
class ShapeRow {
 public:
  void add(const ShapeWord& word);
  void add(ShapePart part);
  ShapePart finish();

 private:
  bool is_edge() const;
  void end_run();

  bool exact_ = true;
  std::vector<ShapeBranch> parts_{ShapeBranch{}};
  ShapePart run_;  // what stands at the right end, still exact
};

}  // namespace simwarden
