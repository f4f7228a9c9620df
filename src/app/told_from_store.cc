// SPDX-License-Identifier: Apache-2.0
#include "app/told_from_store.h"

#include "diag/printable.h"

namespace simwarden {
namespace {

template <typename... Texts>
void make_safe(std::string (*made)(std::string_view), Texts&... texts) {
  ((texts = made(texts)), ...);
}

}  // namespace

AuditReport for_terminal(AuditReport report) {
  for (AuditFinding& finding : report.findings) {
    make_safe(escaped_text, finding.part, finding.source, finding.what);
  }
  for (std::string& note : report.notes) make_safe(escaped_text, note);
  make_safe(escaped_text, report.head, report.checkpoint_part);
  return report;
}

FoundVerdict for_terminal(FoundVerdict found) {
  make_safe(printable_text, found.source, found.ruleset, found.packs,
            found.profile, found.run_started_at, found.tally.top_rule,
            found.tally.event_time);
  if (found.purge) make_safe(printable_text, found.purge->at, found.purge->of);
  for (StoredDecision& d : found.decisions) {
    make_safe(printable_text, d.decided_at, d.stored_at, d.decided_by,
              d.outcome, d.state, d.owner, d.due, d.note);
  }
  for (StoredCase& kept : found.cases) {
    make_safe(printable_text, kept.number, kept.until);
  }
  return found;
}

}  // namespace simwarden
