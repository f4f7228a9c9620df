// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

// Texts that say nearly the same words: sent out with other links, names and
// sums, or passed on with a line in front.
namespace simwarden {

// For each text the index of an earlier one that it is a near copy of, or its
// own: of all phrases of both (phrases.h) four in five are in both, of few all.
// A text without any is nobody's copy. A copy may be missed, seldom: MinHash in
// bands (Broder 1997) finds what is compared. Linear in the texts.
std::vector<size_t> near_copies(std::span<const std::string_view> plain);

}  // namespace simwarden
