// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Telephone numbers with something between their figures that is no part of
// them. Each reads the number whose first figures stand at `i`.
namespace simwarden {

// "07X70X0 9X00 1XX23, take out every X": what is to be left out stands between
// the figures at `i` and those behind, three times at least.
bool read_noisy_number(std::string_view text, size_t i, Respelling& out);
// "202xBANANAx555xBANANAx0155, without the fruit": the same twice at least.
bool read_same_noise(std::string_view text, size_t i, Respelling& out);

// "call 077x00x900x123", "call 0a7b7c0d0e9f0g0h1i2j3": behind a word that asks
// for a call, the same letters between all groups, or one between all figures.
bool read_lettered_number(std::string_view text, size_t i, Respelling& out);

// "<b>077</b><i>00</i><b>900</b> …": tags that only dress letters.
bool read_tagged_number(std::string_view text, size_t i, Respelling& out);

// "2 – 0 – 2 ~ 5 / 5 …", "2.0.2.5.5.5.0.1.9.9": ten or eleven figures, each
// alone between signs.
bool read_single_figures(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
