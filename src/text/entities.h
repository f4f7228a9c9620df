// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

// The named characters of HTML (HTML Standard 13.5; data/html_entities.tsv).
//
//   html_character("period")  // U"."
//
// Any thread.
namespace simwarden {

// "CounterClockwiseContourIntegral".
inline constexpr size_t kEntityNameMax = 31;

// What "&NAME;" stands for, one character or two; empty when it is no name.
std::u32string_view html_character(std::string_view name);

}  // namespace simwarden
