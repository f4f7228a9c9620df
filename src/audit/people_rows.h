// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

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

  struct Checked {
    std::string fault;  // "": nothing is wrong, or the row is not there
    int64_t purge = 0;  // that took the part; 0: none
  };
  // REQUIRES: `kind` is decision or text.
  Result<Checked> check(LinkKind kind, int64_t id);

 private:
  std::unique_ptr<Statement> decision_;
  std::unique_ptr<Statement> text_;
};

}  // namespace simwarden
