// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/result.h"

// Writes out one verdict with what proves it, for somebody who is to see this
// one and no other (docs/audit.md, "One verdict"). The folder is that of an
// export (export.h) with one block of rows.jsonl and one ruleset, and
//
//   verdict.json   the row as it is stored, what people decided about it, and
//                  what its digests are over besides
//   verdict.txt    the same for a person; said, not proven
//   facts.json     on demand: what is kept of its record; said, not proven
namespace simwarden {

struct VerdictExport {
  int64_t verdict = 0;
  // Decisions about other verdicts on its record; its own come anyway.
  std::vector<int64_t> decisions;
  std::string text;  // of verdict.txt
  bool facts = false;
};

// False: facts were asked for and none of it are kept. What is stored is copied
// and not checked (verdict_check.h). REQUIRES: the verdict is there.
Result<bool> export_verdict(const std::string& database,
                            const std::string& folder,
                            const VerdictExport& wanted);

}  // namespace simwarden
