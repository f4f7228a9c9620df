// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// A sign inside a name that the text itself explains: "demo*x (stars for _)",
// "demo#example.org, #换成@", "@demo☆x, the star is an underscore".
namespace simwarden {

// A star or "#" between two letters or digits at `i`: few texts have one.
bool may_be_told_sign(std::string_view text, size_t i);

// What it is written anew as, when the text says so close behind the name.
bool read_told_sign(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
