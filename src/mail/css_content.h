// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

// The words that a style sheet itself puts on a page, by declarations like
// `content: "…"`, a line each. Ornaments are left out. `css`: UTF-8.
std::string style_content(std::string_view css);

}  // namespace simwarden
