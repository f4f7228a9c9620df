// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Texts of others in Markdown (GitHub's flavour).
namespace simwarden {

// The text so that nothing in it is taken for Markdown or HTML, nor for a link:
// programs make one of a bare address. For inside a line: line breaks stay.
//
//   markdown_text("*a* http://x")  // \*a\* http\://x
std::string markdown_text(std::string_view text);

// Whether the sign may be markup, of Markdown or HTML.
bool is_markdown(char c);

}  // namespace simwarden
