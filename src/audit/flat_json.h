// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Reads back what this program wrote: one flat JSON object without spaces,
// whose keys are plain words. What was changed by hand may be anything; then
// values are empty or 0, never a crash.
namespace simwarden {

// Without its quotes; escapes stay as they are.
std::string_view flat_value(std::string_view object, std::string_view key);
int64_t flat_number(std::string_view object, std::string_view key);

// Changes the number of `key`; nothing when it is not there.
void add_to_number(std::string& object, std::string_view key, int64_t by);

// The first key whose value is not the same in both.
std::string_view changed_key(std::string_view before, std::string_view now);

}  // namespace simwarden
