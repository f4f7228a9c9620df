// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Hosts whose dot the text tells of: "demoshop com (put a dot between the two
// words)", "demoshop shop 两个词中间加个点".
namespace simwarden {

// The name and the ending that stand apart in front of the sentence with
// `dot`, a word for a dot, or behind it: "a dot between demoshop and com".
// False unless a word for "between" stands beside `dot`.
bool read_told_host(std::string_view text, Range dot, Respelling& out);

}  // namespace simwarden
