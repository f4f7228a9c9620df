// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/placed_signs.h"

// Whether a host is meant where a word for a dot stands between two words:
// "demo-x punto com", not "ponto com sabor", "the dot com bubble".
namespace simwarden {

// How much must mark a host, by the word for its dot: one in another script
// than the host is no prose; "dot" stands before words too; "ponto com" is
// prose. `telling`: the label in front is no word of prose.
bool is_dot_meant(std::string_view text, const Sign& dot, bool telling);

// A dot with a space on both sides: "demoshop . net", but not
// "a loja . com frete".
bool is_apart_dot(std::string_view text, const Sign& dot);

}  // namespace simwarden
