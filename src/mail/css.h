// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

// As much of style sheets as decides whether a reader sees a text.
namespace simwarden {

// A colour as 0xRRGGBB.
inline constexpr int32_t kUnknownColour = -1;  // a picture, a name of no list
inline constexpr int32_t kNoColour = -2;       // transparent

int32_t read_colour(std::string_view text);

// How text inside an element looks.
struct Look {
  bool gone = false;       // with everything inside: display: none and the like
  bool invisible = false;  // visibility: hidden; a child can undo it
  bool tiny = false;       // font-size about 0; a child can undo it
  bool keeps_blanks = false;  // white-space: pre
  int32_t colour = 0x000000;
  int32_t background = 0xFFFFFF;

  bool is_shown() const;
};

// What declarations change in the look of an element's parent.
struct StyleEffect {
  bool gone = false;
  std::optional<bool> invisible;
  std::optional<bool> tiny;
  std::optional<bool> keeps_blanks;
  std::optional<int32_t> colour;
  std::optional<int32_t> background;
};
// Reads "color: #fff; font-size: 0".
StyleEffect read_style(std::string_view declarations);
void apply_style(const StyleEffect& effect, Look& look);

// The rules of <style> elements with a selector of one part: "p", ".name",
// "#name", "p.name". Rules for other media and longer selectors are left out:
// a text that only they hide counts as shown.
class StyleSheet {
 public:
  void read(std::string_view css);
  bool empty() const { return rules_.empty(); }
  // Applies what is written for an element, the weakest first.
  void apply(std::string_view element, std::string_view classes,
             std::string_view id, Look& look) const;

 private:
  void add(std::string_view selectors, std::string_view declarations);
  void apply_one(std::string_view selector, Look& look) const;

  // Read once: elements are many.
  std::map<std::string, StyleEffect, std::less<>> rules_;
};

// Rules, and bytes of style sheets that are read; of a mail's HTML.
inline constexpr size_t kStyleRulesMax = 2000;
inline constexpr size_t kStyleBytesMax = size_t{256} << 10;
// Names in one class attribute.
inline constexpr size_t kClassesMax = 16;

}  // namespace simwarden
