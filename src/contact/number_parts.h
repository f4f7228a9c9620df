// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contact/scene.h"

namespace simwarden {

// Digits that stand together in a text.
struct NumberPart {
  Range range;
  std::string digits;
};
// A text with more numbers is a list.
inline constexpr size_t kNumberPartsMax = 12;

// "Bag $202, coat $555, shipping $0172, read them left to right": the first
// telephone number that neighbours of `parts` make, where the text says to put
// them together, in the order that it tells; or all of them, where it says to
// read nothing but figures. One of them begins with a zero, as no price does,
// or a call is asked for.
std::optional<NumberPart> join_parts(const Scene& scene,
                                     const std::vector<NumberPart>& parts);

}  // namespace simwarden
