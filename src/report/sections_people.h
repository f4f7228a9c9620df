// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/sections.h"

// What people decided, as parts of the sections that it belongs to.
namespace simwarden {

// Section 3: outcomes, time to remedy.
void add_decisions(const Scribe& scribe, ReportSection& section);
// Section 6: where the critical cases stand.
void add_case_decisions(const Scribe& scribe, ReportSection& section);
// Section 11: appeals of senders.
void add_appeals(const Scribe& scribe, ReportSection& section);
// Section 12: what reviewers of the sample found.
void add_reviews(const Scribe& scribe, ReportSection& section);

// Confirmed frauds and false alarms by rule.
void add_found_by_rule(const Scribe& scribe, ReportSection& section);

}  // namespace simwarden
