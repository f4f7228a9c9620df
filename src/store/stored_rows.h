// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"
#include "store/proof.h"

// Reads stored rows in the order of storing, with what belongs to each, to make
// their digests again. Memory holds one row.
namespace simwarden {

// (next use*)*
class StoredVerdicts {
 public:
  // Those from verdict_id `first` on; the database must outlive it.
  static Result<std::unique_ptr<StoredVerdicts>> open(
      Database& database, int64_t first = INT64_MIN);

  // False after the last one.
  Result<bool> next();

  int64_t id() const { return id_; }
  int64_t block() const { return block_; }
  int64_t line() const { return fields_.line; }
  // The views live until next().
  const VerdictFields& fields() const { return fields_; }

  bool has_personal() const {
    return !fields_.record_id.empty() || !fields_.subject.empty() ||
           fields_.json.has_value();
  }
  Digest personal(std::string_view salt) {
    return hasher_.personal(salt, fields_);
  }
  Digest digest(const Digest& personal) {
    return hasher_.verdict(fields_, shadow_, waived_, personal);
  }
  // Rows beside no verdict that were passed so far, also after the last one.
  uint64_t strays() const { return strays_; }

 private:
  Status gather();
  Status gather_shadow();
  Status gather_waived();

  std::unique_ptr<Statement> verdicts_;
  std::unique_ptr<Statement> shadows_;
  std::unique_ptr<Statement> waiveds_;
  bool shadows_left_ = false;
  bool waiveds_left_ = false;
  int64_t id_ = 0;
  int64_t block_ = 0;
  VerdictFields fields_;
  std::vector<ShadowFields> shadow_;
  std::vector<WaivedFields> waived_;
  // Of the rows that were stepped over: texts die with the step.
  std::vector<std::unique_ptr<std::string>> texts_;
  uint64_t strays_ = 0;
  RowHasher hasher_;
};

// (next use*)*
class StoredErrors {
 public:
  static Result<std::unique_ptr<StoredErrors>> open(Database& database,
                                                    int64_t first = INT64_MIN);
  Result<bool> next();

  int64_t id() const { return id_; }
  int64_t block() const { return block_; }
  int64_t line() const { return fields_.line; }
  bool has_personal() const { return !fields_.message.empty(); }
  Digest personal(std::string_view salt) {
    return hasher_.personal(salt, fields_);
  }
  Digest digest(const Digest& personal) {
    return hasher_.error(fields_, personal);
  }

 private:
  std::unique_ptr<Statement> errors_;
  int64_t id_ = 0;
  int64_t block_ = 0;
  ErrorFields fields_;
  RowHasher hasher_;
};

// The digest over the block's rows of invalid_count.
class InvalidCounts {
 public:
  static Result<std::unique_ptr<InvalidCounts>> open(Database& database);
  Result<Digest> digest(int64_t block);

 private:
  std::unique_ptr<Statement> counts_;
  RowHasher hasher_;
};

}  // namespace simwarden
