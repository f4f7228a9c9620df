// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "diag/result.h"
#include "store/database.h"

namespace simwarden {

// A folder of evidence in the making (docs/audit.md, "For third parties"):
//
//   EvidenceFolder folder("evidence");
//   folder.begin(database)                 // chain.jsonl, parts/
//   folder.add_rows(database, "")          // rows.jsonl
//   folder.add_ruleset(database, 1)        // rulesets/HEX, policies/HEX/
//   folder.add_summed("facts/1.jsonl.zst", bytes)
//   folder.finish()                        // SHA256SUMS
//
//   begin (add_rows | add_doubles | add_ruleset | make | add_summed)* finish
//
// An Error leaves what was written so far. REQUIRES: one transaction.
class EvidenceFolder {
 public:
  explicit EvidenceFolder(std::string path) : path_(std::move(path)) {}

  // The folder is made; one that is there must be empty. With the chain, and
  // those of databases that were merged.
  Status begin(Database& database);
  // The digests of the rows of blocks that the clause chooses ("WHERE …").
  Status add_rows(Database& database, const std::string& clause);
  Status add_doubles(Database& database);
  // By the digest of what is written, not what the database says. Nothing
  // where the text was not kept.
  Status add_ruleset(Database& database, int64_t id);
  // A folder in it.
  Status make(const std::string& name);
  // A file that SHA256SUMS lists.
  Status add_summed(const std::string& name, std::string_view bytes);
  Status finish();

 private:
  std::string in(const std::string& name) const { return path_ + "/" + name; }

  std::string path_;
  std::string sums_;
};

}  // namespace simwarden
