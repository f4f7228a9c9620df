// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "store/decisions.h"

// Decisions as a desk hands them in: a CSV file from a spreadsheet, or JSON
// lines. Names of columns are those of the view `decision`; columns that a
// report adds for the reader are left alone. A row whose names stand there
// twice is refused.
namespace simwarden {

struct DecisionRows {
  std::vector<Decision> decisions;
  std::vector<uint64_t> lines;  // of each, in the file
  struct Fault {
    uint64_t line = 0;
    std::string what;
  };
  std::vector<Fault> faults;
  uint64_t without_outcome = 0;  // rows that nobody has filled in yet
};

// `text` is JSON lines when it begins with a brace, or one object over several
// lines; a list of objects when with a bracket. `by` decided where a row
// names nobody.
DecisionRows read_decisions(std::string_view text, const std::string& by);

// Finds the verdict_id of rows that say `stored_as` in the database `db`, and
// of a few that say `record_id` alone: the verdict that stands on that record.
// What it does not have, what is not one alone, another verdict_id, and rows
// that name no verdict are faults.
Status find_named(DecisionRows& rows, const std::string& db);

// Those whose line has a fault are told as wrong: the others can be looked at
// without them.
void leave_out_wrong(DecisionRows& rows);

// What the store finds wrong with them, in the order of the file.
void add_faults(DecisionRows& rows, const std::vector<DecisionFault>& found);

// The first few, for one line.
std::string faults_of(const DecisionRows& rows);

}  // namespace simwarden
