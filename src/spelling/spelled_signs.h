// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/prefixes.h"
#include "spelling/respelling.h"

// Signs of addresses and names that are written as words or in brackets:
// "t 点 me/x", "demo[.]com", "demo_x arroba example punto com", "demo 底线 x".
// The words stand in data/sign_words.tsv.
namespace simwarden {

// A word for a sign, or a bracket, stands at `i`.
bool begins_spelled_sign(std::string_view text, size_t i);

// The sign at `i`, a word for one or a bracket around it; what it is written
// anew as is appended to `found`, in order. False when it counts for nothing.
bool read_spelled_sign(std::string_view text, size_t i,
                       std::vector<Respelling>& found);

// The sign that a word at `i` names, '\0' for none.
char sign_told_at(std::string_view text, size_t i);

// Where such a sign may begin.
void add_spelling_beginnings(Prefixes& prefixes, WordBeginnings& words);
// Of these, where a word for a dot may; between spaces, but for ideographs.
void add_dot_beginnings(Prefixes& prefixes);
// The same of a word for an at-sign.
void add_at_beginnings(Prefixes& prefixes);

}  // namespace simwarden
