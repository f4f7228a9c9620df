// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cel {

struct Ast;
struct Notes;

// A text or list of texts that is open itself, and that an expression compares
// (== != in) with one of a closed set:
//
//   document.type in profile.accepted   the slot of profile.accepted, and the
//                                       choices of document.type
struct ComparedChoices {
  uint32_t slot;
  std::string with;  // the closed one as it is written
  std::vector<std::string> choices;
};
// REQUIRES: the notes have not forgotten choices yet.
std::vector<ComparedChoices> compared_choices(const Ast& ast,
                                              const Notes& notes);

}  // namespace cel
