// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
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
  // `sample`: what was left out there, masked; the first one is told.
  void add(const std::string& name, uint64_t times = 1,
           const std::string& sample = {});
  void add(const std::vector<std::string>& names);
  void add_all(const LeftOut& others);
  bool has(const std::string& name) const { return counts_.contains(name); }
  // "demo (3), other (1, as in 31/10/26)"; "" when there are none.
  std::string names() const;
  // Of these, those of whose name and times that is true.
  LeftOut only(
      const std::function<bool(const std::string&, uint64_t)>& wanted) const;
  // All names are: those of a table can be in another charset.
  bool is_utf8() const;

 private:
  struct Count {
    uint64_t times = 0;
    std::string sample;
  };
  std::map<std::string, Count> counts_;
};

// The fields that no record has.
class UnseenFields {
 public:
  UnseenFields();
  void add(const Record& record);
  void add_all(const UnseenFields& others);
  // Whether the fact is such a field.
  bool has(std::string_view fact) const;

 private:
  std::vector<FieldId>& of(Kind kind) { return left_[size_t(kind)]; }

  // Those of each kind, in their order: they soon become few.
  std::array<std::vector<FieldId>, 2> left_;
};

// About names that no field has, and facts whose values are not valid; "" when
// there are none. `profile` judged where the one that is named is not there;
// `rounded`: a spreadsheet did so to some value; `mapping` may be null.
std::string unknown_keys_sentence(const LeftOut& keys);
struct InvalidValues {
  const LeftOut& facts;
  bool rounded = false;
};
std::string invalid_values_sentence(const InvalidValues& values,
                                    const std::string& profile,
                                    const Mapping* mapping);

// About facts that duties asked for and no record has; "" when there are none,
// or too few records to tell. `facts`: how often each was not recorded.
std::string recorded_nowhere_sentence(const LeftOut& facts,
                                      const UnseenFields& unseen,
                                      uint64_t records);

// How often records of a country were judged by a profile of another one, or of
// none. Told of countries that have one, and 20 records or more.
class OtherCountries {
 public:
  void add(const Record& record, const Profile& judged_by);
  void add_all(const OtherCountries& others);
  std::string sentence(const Ruleset& ruleset) const;

 private:
  // By country and profile.
  std::map<std::pair<std::string, std::string>, uint64_t> counts_;
};

// How many requests have opening hours and a time in UTC, and neither say the
// channel's hour nor come from a country whose clocks show UTC. Told of 20 or
// more.
class UtcTimes {
 public:
  void add(const Record& record);
  void add_all(const UtcTimes& others) { count_ += others.count_; }
  std::string sentence() const;

 private:
  uint64_t count_ = 0;
};

// About columns that the mapping leads to fields and a table does not have; ""
// when there are none.
std::string missing_columns_sentence(const std::string& table,
                                     const std::vector<std::string>& header,
                                     const Mapping& mapping);

}  // namespace simwarden
