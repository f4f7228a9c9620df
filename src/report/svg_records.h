// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "report/document.h"
#include "report/svg_canvas.h"

// Drawings of what is known of every record.
namespace simwarden {

// Units against control limits: exact ones, or the normal approximation.
void draw_funnel(Canvas& canvas, const ReportTable& table,
                 std::string_view language, bool exact);

// Bars across, each a whole cut into parts; the last part has the last of the
// classes.
double mix_height(const ReportTable& table);
void draw_mix(Canvas& canvas, const ReportTable& table,
              std::span<const std::string_view> classes);

// Bands from left over the middle to the right.
inline constexpr double kFlowHeight = 330;
void draw_flow(Canvas& canvas, const ReportTable& table,
               std::string_view language);

}  // namespace simwarden
