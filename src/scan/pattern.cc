// SPDX-License-Identifier: Apache-2.0
#include "scan/pattern.h"

#include <optional>

#include <re2/re2.h>

#include "scan/options.h"
#include "scan/shape.h"

// RE2 takes a millisecond for a long pattern. It is asked only about what its
// shape does not tell.
namespace simwarden {

Pattern::Pattern(std::string text) : text_(std::move(text)) {
  if (auto shape = shape_of(text_)) {
    shape_ = std::make_shared<const Shape>(*std::move(shape));
    if (shape_->instructions_max <= kInstructionsSure) return;
  }
  const re2::RE2 expression(text_, options_with(kPatternMemoryMax));
  if (expression.ok()) return;
  error_ = expression.error();
  offending_ = expression.error_arg();
}

bool Pattern::matches_empty() const {
  if (shape_ && shape_->width.least > 0) return false;
  return re2::RE2::PartialMatch(
      "", re2::RE2(text_, options_with(kPatternMemoryMax)));
}

}  // namespace simwarden
