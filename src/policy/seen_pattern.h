// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// A pattern as the plain view shows texts: an author writes "straße", "2ª via",
// traditional characters and letters in two parts, and the view has none of
// these.
//
//   see_pattern("stra(?:ß|ss)e…?").text   // "stra(?:ss|ss)e(?:\.\.\.)?"
//
// Letters of the pattern are read, and those of its classes; capital ones of
// ASCII stay (they may be flags and classes), and what stands between \Q and
// \E, in a class that excludes and at the ends of a range.
namespace simwarden {

// The first sign that the view never has, and that has no reading in its place;
// or a range of such signs, "À-Ö".
struct UnseenSign {
  size_t at = 0;  // its bytes in the pattern
  std::string sign;
  // What the view has: a blank, more than fits a class, or another range.
  std::string shown;
  bool range = false;
};

struct SeenPattern {
  std::string text;
  std::optional<UnseenSign> unseen;
};

// REQUIRES: RE2 takes the pattern.
SeenPattern see_pattern(std::string_view pattern);

}  // namespace simwarden
