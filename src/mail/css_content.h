// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simwarden {

// The words that a style sheet itself puts on a page, by declarations like
// `content: "…"`, a line each. Ornaments are left out. `css`: UTF-8.
std::string style_content(std::string_view css);

// The attributes whose words it puts there, `content: attr(title)`, in small
// letters; the first kStyleAttributesMax of them.
std::vector<std::string> style_attributes(std::string_view css);
inline constexpr size_t kStyleAttributesMax = 8;  // a page needs two or three

}  // namespace simwarden
