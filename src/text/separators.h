// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace simwarden {

// What people set between all letters of a word though it may be a letter
// itself: "异丨地丨补丨卡" (data/separators.tsv). Between few letters it may be
// a spelling.
bool is_separator(char32_t c);

}  // namespace simwarden
