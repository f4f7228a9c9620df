// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "report/document.h"

// Figures as SVG elements to stand inside an HTML page. Colours are classes
// (format_html.cc), so that one drawing fits light, dark and paper. The same
// table gives the same bytes.
namespace simwarden {

// With <title> and <desc>. Hidden cells are not drawn.
std::string draw_svg(const Figure& figure, std::string_view language);

// "12,345", "0.52", "3.4 %", "<5"; what there is not is a dash.
std::string shown(const Cell& cell, std::string_view language);

}  // namespace simwarden
