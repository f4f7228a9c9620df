// SPDX-License-Identifier: Apache-2.0
#include "terminal/printable_verdict.h"

#include "diag/by_line.h"
#include "diag/printable.h"

namespace simwarden {
namespace {

template <typename... Texts>
void make_printable(Texts&... texts) {
  ((texts = printable_text(texts)), ...);
}

void make_all_printable(std::vector<std::string>& texts) {
  for (std::string& text : texts) make_printable(text);
}

void make_finding_printable(Finding& f) {
  make_printable(f.rule, f.family, f.severity, f.title, f.reason, f.remedy);
  for (Evidence& e : f.evidence) {
    make_printable(e.fact, e.value, e.text, e.seen_as, e.by);
  }
  make_all_printable(f.controls);
  if (!f.waiver) return;
  WaiverNote& w = *f.waiver;
  make_printable(w.id, w.asked_by, w.approved_by, w.why, w.until);
}

}  // namespace

Verdict printable_verdict(Verdict verdict) {
  make_printable(verdict.id);
  for (Finding& f : verdict.findings) make_finding_printable(f);
  for (BlockVerdict& block : verdict.blocks) {
    make_printable(block.fact);
    make_all_printable(block.rules);
  }
  make_all_printable(verdict.undetermined);
  for (FailedRule& f : verdict.failed) make_printable(f.rule, f.error);
  make_all_printable(verdict.not_recorded);
  for (InvalidField& field : verdict.invalid) {
    make_printable(field.fact, field.value, field.expected);
  }
  for (ClosedNote& file : verdict.closed) {
    make_printable(file.name, file.reading);
  }
  for (std::string& duty : verdict.would_pass_if) {
    duty = by_line(duty, printable_text);
  }
  return verdict;
}

}  // namespace simwarden
