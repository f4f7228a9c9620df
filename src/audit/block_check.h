// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "audit/finding.h"
#include "diag/result.h"
#include "store/database.h"
#include "store/stored_rows.h"

// Holds the rows of one block after the other against their digests. Blocks
// come in the order of their rows, so that two cursors over the rows walk
// beside them: a row that no block expects was put in, one that the cursor
// jumps over was taken out.
namespace simwarden {

// Which purges took something of a block; 0: none.
struct PurgeMarks {
  int64_t excerpts = 0;
  int64_t personal = 0;
  int64_t verdicts = 0;
  std::string subject_proof;  // of what stayed when the excerpts went
};

// A block with its proof.
struct ProvenBlock {
  int64_t id = 0;
  int64_t part = 0;  // whose chain proves it; 0: the database's own
  std::string source;
  int64_t verdicts = 0;
  int64_t errors = 0;
  int64_t first_verdict = 0;
  int64_t first_error = 0;
  std::string salt;
  std::string digests;
  std::string personal;  // digests; empty: the details are there
  std::string subjects;  // digests of what stayed beside purged excerpts
  PurgeMarks purges;

  bool keeps_subjects() const {
    return purges.excerpts != 0 && purges.personal == 0 && purges.verdicts == 0;
  }
};

// SHA-256 over what stays of a verdict's personal details without its excerpts.
Digest subject_digest(RowHasher& hasher, std::string_view salt,
                      const VerdictFields& row);

// Whether the digests have the length that the counts ask for.
bool has_all_digests(const ProvenBlock& block);

// Reads one block with its proof. (find use*)*
class ProvenBlocks {
 public:
  static Result<std::unique_ptr<ProvenBlocks>> open(Database& database);
  // False when the block or its proof is not there.
  Result<bool> find(int64_t id, ProvenBlock& block);

 private:
  std::unique_ptr<Statement> find_;
};

//   open (check | pass)* finish
class BlockCheck {
 public:
  using Say = std::function<void(AuditFinding)>;

  // The database must outlive it. Findings name block, row, source and line.
  static Result<std::unique_ptr<BlockCheck>> open(Database& database, Say say);
  // REQUIRES: blocks in the order of their rows.
  Status check(const ProvenBlock& block);
  // Rows that are left belong to no block.
  Status finish();

 private:
  // One kind of rows, verdicts or errors, beside the blocks.
  template <typename Cursor>
  struct Lane {
    const char* name;  // "verdict"
    std::unique_ptr<Cursor> rows;
    bool there = false;  // the cursor stands on a row

    Status next() {
      const Result<bool> row = rows->next();
      if (!row) return row.error();
      there = *row;
      return Done{};
    }
  };

  template <typename Cursor>
  Status check_rows(Lane<Cursor>& lane, const ProvenBlock& block, int64_t first,
                    int64_t count, int64_t digest_from);
  template <typename Cursor>
  Status pass_strangers(Lane<Cursor>& lane, int64_t id);
  template <typename Cursor>
  Status pass_stranger(Lane<Cursor>& lane);
  template <typename Cursor>
  void check_row(Lane<Cursor>& lane, const ProvenBlock& block, int64_t at);
  std::string purged_yet_there(const StoredVerdicts& row,
                               const ProvenBlock& block, int64_t at);
  std::string purged_yet_there(const StoredErrors& row,
                               const ProvenBlock& block, int64_t at);
  Status check_invalid(const ProvenBlock& block);

  Say say_;
  Lane<StoredVerdicts> verdicts_{"verdict", nullptr};
  Lane<StoredErrors> errors_{"error", nullptr};
  std::unique_ptr<InvalidCounts> invalid_;
  RowHasher hasher_;
};

}  // namespace simwarden
