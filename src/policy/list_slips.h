// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/pack.h"

// Values of lists that are written as nothing is that is asked for: they would
// never be found.
//
//   slip_of(list, "@demo_operator")   what is wrong and the form to write
namespace simwarden {

struct ListSlip {
  std::string message;
  std::string help;  // the form to write
};

// None where something that is asked for could be `value`. Of `list` its kind
// and name are asked, and what it is laid over.
std::optional<ListSlip> slip_of(const NamedList& list, std::string_view value);

// "612345679", "0034612345679" for a list of numbers that people have: one that
// is asked for has its + and country code.
bool lacks_country_code(std::string_view value);

// "07700 900123" for a list of phones: found only where it is written so, and
// not as +447700900123. Of a number that can be called from its own country
// alone (0800) that is all there is: no slip.
bool is_national_number(std::string_view value);

}  // namespace simwarden
