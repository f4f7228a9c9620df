// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "report/sections.h"

// What sections say where findings were deleted since: that nothing was found
// is a sentence about the records whose findings are left.
namespace simwarden {

// Whether a purge took whole verdicts with events from these days (both
// included, "" leaves a side open), so that counts of them are too low.
bool lost_verdicts(const Numbers& numbers, std::string_view from,
                   std::string_view to);

// Says that verdicts of the period were deleted, if some were.
void add_lost_verdicts(const Scribe& scribe, ReportSection& section);

// The same, and of how many records of the period the findings are gone;
// nothing when that is none.
void add_lost_findings(const Scribe& scribe, ReportSection& section);

// Adds a table of what rules found, or the sentence `none` when it has no
// rows. Neither where records lost their findings, all of them.
void add_found(const Scribe& scribe, ReportSection& section, ReportTable table,
               std::string_view none);

}  // namespace simwarden
