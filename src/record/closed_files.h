// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace simwarden {

// A file of a message that is known by name and size alone.
struct ClosedFile {
  uint32_t index = 0;    // in `attachments`
  std::string_view why;  // a word of `attachments[].reading`: "encrypted"
};
// None of a request, and none where nobody says how files were read.
std::vector<ClosedFile> closed_files(const Record& record);

// "encrypted=2, too_large=1": how many of each, in the order of their first;
// nothing that a sender has written.
std::string count_closed(const Record& record);

}  // namespace simwarden
