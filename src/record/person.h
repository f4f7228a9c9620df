// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Who is one person. Names and numbers of staff are kept as they were written;
// where two are compared, case, width and blanks make no other person.
//
//   same_person("Demo  Clerk ", "demo clerk")  // true
//
// Every place that asks whether two are one asks here.
namespace simwarden {

// Equal for all spellings of one name: NFKC, case folded, invisible characters
// and outer blanks away, inner blanks one.
std::string person_key(std::string_view name);

bool same_person(std::string_view a, std::string_view b);

// False where a field for a person has what is written where there was none, in
// any of many languages: signs alone, zeros, one letter, "N/A", "(none)",
// "nobody", "not required", 没有人. A number of staff is somebody: "7".
bool names_somebody(std::string_view name);

// How systems write a name, to be held against pseudonyms, which know one
// spelling each: as given, and the key in small, Capital and CAPITAL letters.
std::vector<std::string> spellings_of(std::string_view name);

}  // namespace simwarden
