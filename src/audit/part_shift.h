// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// The rows of a part of a merged database have the keys that they had in the
// part, plus a number a table: so each link of the part's chain can be made
// from the merged tables again, to the byte.
namespace simwarden {

struct PartShift {
  int64_t run = 0;
  int64_t source = 0;
  int64_t block = 0;
  int64_t verdict = 0;
  int64_t error = 0;
  int64_t purge = 0;
  int64_t decision = 0;
  int64_t case_file = 0;
  int64_t text = 0;
  int64_t opening = 0;
  int64_t part = 0;
};

// The body of a link as the part wrote it.
std::string as_in_part(std::string body, const PartShift& shift);

}  // namespace simwarden
