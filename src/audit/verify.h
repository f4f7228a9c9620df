// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "audit/checkpoint.h"
#include "audit/finding.h"
#include "diag/result.h"

// Holds a database against its own chain, and the chain against a checkpoint
// that was kept elsewhere.
//
// Finds a changed byte in any row, a row taken out, put in or moved, a removed
// tail (with a checkpoint), a changed or swapped ruleset, counts that do not
// add up. Does not find a database that was rebuilt from nothing, chain and
// all, unless a checkpoint is given: nothing inside a file can prove that.
//
// Reads only, in one transaction, in memory that does not grow with the
// database.
namespace simwarden {

// An Error when the database cannot be read.
Result<AuditReport> verify_database(const std::string& path,
                                    const std::optional<Checkpoint>& checkpoint,
                                    const AuditProgress& progress);

}  // namespace simwarden
