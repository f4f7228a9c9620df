// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "policy/pack.h"

// A rule's reason as a person reads it: its words with the record's facts in
// them, everything masked.
namespace simwarden {

// "The document was presented as {…}." with what `bench` looks at.
std::string fill_in(const Template& parts, Bench& bench, cel::Scratch& scratch,
                    std::string_view language);

// A value of ours (derived facts, parameters) as text; strings without
// quotes, everything with its numbers and codes masked.
std::string shown(const cel::Value& value);
// The value of a fact. The end of a window of `since` is no distance from
// anything: "none known within 2160h".
std::string shown_at(uint32_t slot, const cel::Value& value, const Bench& bench,
                     std::string_view language = "en");

}  // namespace simwarden
