// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "audit/purge_ledger.h"
#include "store/database.h"
#include "store/links.h"

// Rows with a part that a purge takes and a digest of it that stays: notes of
// decisions, texts of cases. Their links prove all but that the part is gone
// by a purge.
namespace simwarden {

class PeopleRows {
 public:
  // LinkBodies are open on the same database (they bring sha256_fields).
  static Result<std::unique_ptr<PeopleRows>> open(Database& database);

  // What is wrong with the row; "" when nothing is, or when it is not there.
  // REQUIRES: `kind` is decision or text.
  Result<std::string> check(LinkKind kind, int64_t id, PurgeLedger& ledger);

 private:
  std::unique_ptr<Statement> decision_;
  std::unique_ptr<Statement> text_;
};

}  // namespace simwarden
