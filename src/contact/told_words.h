// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "contact/prefixes.h"

// What people say beside an account or a number that they hide
// (data/told_words.tsv).
namespace simwarden {

enum class Told : uint8_t {
  write,
  search,
  is,
  behind,
  reversed,
  leave,
  join,
  call
};

// For windows of a folded text.
const Words& told_words(Told what);

// A word of the row "is" ends where the name at `i` begins.
bool is_told_at(std::string_view t, size_t i);

}  // namespace simwarden
