// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/css.h"

namespace simwarden {

// A page without what browsers and libxml2 read in two ways: what looks like a
// declaration, an instruction or an end of nothing is a comment (HTML Standard,
// 13.2.5), comments are empty, scripts, titles and styles are taken out, text
// that holds no markup (<textarea>, <xmp>) is escaped.
struct PlainMarkup {
  struct Style {
    std::string css;
    Media media = Media::screen;
  };

  std::string html;
  // Of all <style>; a byte more than kStyleBytesMax when there were more.
  std::vector<Style> styles;
  // <body> stands behind text or another one: what it says is for both.
  bool late_body = false;
  // HTML in comments "[if mso]", which Outlook on Windows shows.
  std::string of_outlook;
  bool cut = false;  // an element had too many attributes: it ends there
};
PlainMarkup plain_markup(std::string_view html);

// Attributes of one element. libxml2 compares each with all before it.
inline constexpr size_t kHtmlAttributesMax = 1000;

}  // namespace simwarden
