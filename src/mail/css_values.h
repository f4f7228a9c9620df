// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Single values of style sheets: colours, lengths, words. What is not
// understood is never taken for something that hides a text.
namespace simwarden {

// A colour as 0xRRGGBB.
inline constexpr int32_t kUnknownColour = -1;  // a picture, a name of no list
inline constexpr int32_t kNoColour = -2;       // transparent
inline constexpr int32_t kParentColour = -3;   // inherit

int32_t read_colour(std::string_view text);
// Of <font color=…>: browsers read fewer spellings there, without alpha.
int32_t read_attribute_colour(std::string_view text);

inline constexpr double kFontPixels = 16;
// Letters and boxes of no more than this are read by nobody: a stroke of such a
// letter is half a pixel. The small print of newsletters has 8 and more.
inline constexpr double kUnreadPixels = 4;

// Pixels; below 0: so many times the parent's. kFontPixels for what cannot be
// told.
double read_font_size(std::string_view text);
double read_font(std::string_view text);  // "bold 16px/1.2 Arial"

// A length that shows nothing of a text.
bool is_length_near_zero(std::string_view text);
// Pixels from the edge, of several the first; 0 for what cannot be told.
double place_of(std::string_view text);
// Of a row and what stands in it, as a number that grows as one reads on.
int order_of_place(double across, double down);
// Any of several lengths, "0 0 10px".
bool has_length(std::string_view text, double pixels_min);
bool is_far_off(std::string_view text);
bool is_opacity_near_zero(std::string_view text);

// The index behind what stands at `i` and is read as one: a string, url(…), an
// escaped character, any other character. REQUIRES: i < css.size().
size_t skip_css(std::string_view css, size_t i);
// The first of `signs` outside of strings and brackets; css.size() without one.
size_t find_css(std::string_view css, std::string_view signs);
std::string without_css_comments(std::string_view css);

}  // namespace simwarden
