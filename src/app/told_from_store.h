// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/finding.h"
#include "store/stored_verdict.h"

// What a database says, for the terminal of a person: it may be forged, and
// what looks at it is how one finds out. No text of it may steer the terminal
// or have a line of its own. Verdicts see draw_verdict().
namespace simwarden {

// Names as escaped_text().
AuditReport for_terminal(AuditReport report);

// Its texts as printable_text(), but `json`, which is read. For showing only:
// nothing that is looked up by `ruleset` is found by it.
FoundVerdict for_terminal(FoundVerdict found);

}  // namespace simwarden
