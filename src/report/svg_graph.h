// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "report/document.h"
#include "report/svg_canvas.h"

namespace simwarden {

// Things on a ring, as large as their fourth column says, and threads between
// those that have something in common, as thick as that is.
double graph_height(const ReportTable& table);
void draw_graph(Canvas& canvas, const ReportTable& table,
                std::string_view language);

}  // namespace simwarden
