// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "diag/wide_signs.h"

// Where a line of YAML has a full-width sign in the place of one of its syntax:
//
//   score：45                      the colon behind a key
//   {en: Asked， zh： 已询问}        the comma before a key, and its colon
//   reason: “Asked.”               quotes around a value
//   score:　45                     the blank behind it, U+3000 or U+00A0
//
// A guess, made without a parser: whether the line is right with the signs of
// ASCII is for the caller to try.
namespace simwarden {

// Byte offsets in `line`, rising; each is narrow_of() a sign or an odd blank.
// Those of the
// indentation are not among them: see wide_indentation().
std::vector<size_t> wide_syntax_signs(std::string_view line);

// Bytes of the blanks at the beginning of a line, ideographic (U+3000) and
// no-break ones (U+00A0) among them, and how many of those there are.
struct WideIndentation {
  size_t bytes = 0;
  size_t wide = 0;
};
WideIndentation wide_indentation(std::string_view line);

// Signs in a plain scalar inside brackets that was read as one text and was
// hardly meant so: the colon behind a key ("zh： text"), the comma that a key
// follows in a value ("Asked， zh： text"), and in an item of a list commas
// between names as well ("DEM-001，DEM-002"). Offsets in `scalar`.
std::vector<size_t> wide_signs_of_key(std::string_view scalar);
std::vector<size_t> wide_signs_of_value(std::string_view scalar);
std::vector<size_t> wide_signs_of_item(std::string_view scalar);

}  // namespace simwarden
