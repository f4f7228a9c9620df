// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simwarden {

// Appends what a style sheet itself puts on a page, by declarations like
// `content: "…"`, `content: var(--x)`, `list-style-type: "…"`, in their order.
// `css`: UTF-8.
void add_style_content(std::string_view css, std::vector<std::string>& pieces);

// The words of it, a line each; bullets, arrows and the like are left out. A
// last line has all that could be parts of one word ("demo" and ".test"), as
// the page may show them side by side.
std::string lines_of_content(const std::vector<std::string>& pieces);

// The attributes whose words it puts there, `content: attr(title)`, in small
// letters; the first kStyleAttributesMax of them.
std::vector<std::string> style_attributes(std::string_view css);
inline constexpr size_t kStyleAttributesMax = 8;  // a page needs two or three

}  // namespace simwarden
