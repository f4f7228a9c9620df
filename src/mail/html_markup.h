// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace simwarden {

// A page without what browsers and libxml2 read in two ways: what looks like a
// declaration, an instruction or an end of nothing is a comment (HTML Standard,
// 13.2.5), comments are empty, scripts, titles and styles are taken out, text
// that holds no markup (<textarea>, <xmp>) is escaped.
struct PlainMarkup {
  std::string html;
  std::string styles;  // of all <style>; at most kStyleBytesMax
  bool cut = false;    // an element had too many attributes: it ends there
};
PlainMarkup plain_markup(std::string_view html);

// Attributes of one element. libxml2 compares each with all before it.
inline constexpr size_t kHtmlAttributesMax = 1000;

}  // namespace simwarden
