// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// What an audit has to say about a database.
namespace simwarden {

// Evidence that is not as it was written.
struct AuditFinding {
  // Where: what is not known is 0 or empty.
  std::string part;   // of a merged database: the name of the part
  int64_t link = 0;   // of the chain, or of the part's
  int64_t block = 0;  // block_id
  int64_t row = 0;    // verdict_id or error_id
  std::string source;
  int64_t line = 0;  // of the source
  std::string what;  // one sentence for a person
};

// Everything is counted; as many are shown as a person reads.
inline constexpr size_t kAuditFindingsMax = 100;

struct AuditReport {
  std::vector<AuditFinding> findings;  // the first kAuditFindingsMax
  uint64_t findings_total = 0;
  // What is not proven, though nothing is wrong with it.
  std::vector<std::string> notes;

  uint64_t links = 0;
  uint64_t blocks = 0;
  uint64_t verdicts = 0;  // that were stored, also the purged ones
  uint64_t errors = 0;
  uint64_t rulesets = 0;
  uint64_t sources = 0;      // whose counts were written down
  uint64_t sources_cut = 0;  // of these, what was not read to its end
  uint64_t parts = 0;        // databases that were merged into it
  uint64_t doubles = 0;      // blocks of theirs that another part has too
  uint64_t decisions = 0;    // of people
  uint64_t case_texts = 0;   // that were kept in clear, also the purged ones
  uint64_t case_texts_purged = 0;  // of them
  uint64_t purges = 0;
  uint64_t purged_excerpts = 0;  // verdicts without their evidence
  uint64_t purged_personal = 0;  // verdicts without personal details
  uint64_t purged_verdicts = 0;  // verdicts that are gone
  std::string head;              // hash of the last link
  // The part whose chain the checkpoint saw; empty: this database's own.
  std::string checkpoint_part;
};

// Called now and then with the verdicts so far and the share that is done, 0
// to 1.
using AuditProgress = std::function<void(uint64_t verdicts, double share)>;

}  // namespace simwarden
