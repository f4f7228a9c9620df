// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "store/database.h"

// Which texts in clear (case_texts.h) name a person: they are searched, and
// shown to nobody.
namespace simwarden {

// "8613800138000" of "+86 138 0013 8000"; "" of what is no telephone, SIM,
// device or other number.
std::string digits_of_number(std::string_view text);

// A number stands in a text however it is parted, with or without what is
// before its country; anything else in any case and width, not inside a longer
// word of ASCII.
class ClearSearch {
 public:
  explicit ClearSearch(std::span<const std::string> identifiers);
  bool finds(std::string_view text) const;

 private:
  bool finds_number(std::string_view key) const;

  std::vector<std::string> numbers_;  // digits alone
  std::vector<std::string> words_;    // person_key() of each
};

// By verdict, the numbers of the cases in whose text of it one of `identifiers`
// stands.
using CasesOfVerdicts = std::map<int64_t, std::set<std::string>>;
Result<CasesOfVerdicts> find_in_cases(Database& database,
                                      std::span<const std::string> identifiers);

}  // namespace simwarden
