// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/options.h"
#include "diag/result.h"
#include "intake/intake.h"
#include "intake/mapping.h"
#include "policy/ruleset.h"
#include "terminal/terminal.h"

// From the words of the command line to something that can be read.
namespace simwarden {

// Reads the mapping that is named. Reading stops when the run is interrupted.
// A profile in the mapping that `ruleset` does not have is a mistake in it.
Result<IntakeOptions> intake_of(const ReadingOptions& options,
                                const Ruleset& ruleset);

// Files of INPUT…, in order. One that is not there costs the exit code, not
// the others: the errors are for the caller to say. One that is named twice is
// read once, which is said; standard input twice is an Error.
Result<Inputs> find_inputs(const std::vector<std::string>& arguments);

// What inputs that could not be read do to the exit code.
class InputTroubles {
 public:
  // Says it, unless the run was interrupted: that is said at the end.
  void tell(const Error& error, Progress& progress);
  // Of an input that was read: some of it is not judged.
  void note_some_left_out() { some_failed_ = true; }
  // Nothing: all was read.
  std::optional<int> exit_code() const;

 private:
  bool some_failed_ = false;
  bool used_wrongly_ = false;  // an input, by the options
};

// What of the input was not taken, by name and how often: it is said at the
// end.
class LeftOut {
 public:
  void add(const std::string& name, uint64_t times = 1);
  void add(const std::vector<std::string>& names);
  void add_all(const LeftOut& others);
  bool has(const std::string& name) const { return counts_.contains(name); }
  // "demo (3), other (1)"; "" when there are none.
  std::string names() const;
  // Of these, the names that were left out so often at least.
  LeftOut at_least(uint64_t times) const;
  // All names are: those of a table can be in another charset.
  bool is_utf8() const;

 private:
  std::map<std::string, uint64_t> counts_;
};
// About names that no field has, and facts whose values are not valid; "" when
// there are none. `profile` judged where the one that is named is not there.
std::string unknown_keys_sentence(const LeftOut& keys);
std::string invalid_values_sentence(const LeftOut& facts,
                                    const std::string& profile);

// About facts that a duty asked for and no record has; "" when there are none,
// or too few records to tell. `facts`: how often each was not recorded.
std::string recorded_nowhere_sentence(const LeftOut& facts, uint64_t records);

// About columns that the mapping leads to fields and a table does not have; ""
// when there are none.
std::string missing_columns_sentence(const std::string& table,
                                     const std::vector<std::string>& header,
                                     const Mapping& mapping);

}  // namespace simwarden
