// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/options.h"
#include "diag/result.h"
#include "intake/intake.h"

// From the words of the command line to something that can be read.
namespace simwarden {

// Reads the mapping that is named. Reading stops when the run is interrupted.
Result<IntakeOptions> intake_of(const ReadingOptions& options);

// Files of INPUT…, in order. One that is not there costs the exit code, not
// the others: the errors are for the caller to say.
struct FoundInputs {
  std::vector<std::string> paths;
  std::vector<Error> unreadable;
};
FoundInputs find_inputs(const std::vector<std::string>& arguments);

// Names that no field has, counted: what is left out is said.
class UnknownKeys {
 public:
  void add(const std::vector<std::string>& keys);
  void add_all(const UnknownKeys& others);
  // What to say about them; "" when there are none.
  std::string sentence() const;

 private:
  std::map<std::string, uint64_t> counts_;
};

}  // namespace simwarden
