// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/sections.h"

// What is known of every request by its kept facts, as parts of the sections
// that it belongs to. Where the store keeps none these say so.
namespace simwarden {

// Section 3: by type, reason, channel and SIM; times to activation.
void add_requests(const Scribe& scribe, ReportSection& section);
// Confirmed fraud by month; rates per 10,000 lines.
void add_rates(const Scribe& scribe, ReportSection& section);
// Section 7: shares and standing of channels; the flow to the verdicts.
void add_channel_shares(const Scribe& scribe, ReportSection& section);
void add_flow(const Scribe& scribe, ReportSection& section);
// Section 8: shares of checks, factors by kind and channel.
void add_verification_shares(const Scribe& scribe, ReportSection& section);
// Section 9: notices before the activation, holds after it.
void add_notices(const Scribe& scribe, ReportSection& section);
// Section 10: from the change to the port-out; agents and outlets against
// exact control limits.
void add_ports(const Scribe& scribe, ReportSection& section);
void add_units(const Scribe& scribe, ReportSection& section);
// Who overrode a control, when and why.
void add_overrides(const Scribe& scribe, ReportSection& section);
// Values that several numbers share.
void add_clusters(const Scribe& scribe, ReportSection& section);
// Section 2: mandatory fields; blocks whose facts could not be read.
void add_mandatory(const Scribe& scribe, ReportSection& section);
void add_damage(const Scribe& scribe, ReportSection& section);

// Of requests of the period: of all, some or none of them.
bool knows_records(const Scribe& scribe);
// The sentence `missing`; where there are no requests, that.
void say_unknown(const Scribe& scribe, std::string_view missing,
                 ReportSection& section);
// How many it knows, as a sentence; nothing when these are all.
void add_coverage(const Scribe& scribe, ReportSection& section);

}  // namespace simwarden
