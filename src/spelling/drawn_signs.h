// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

// What is drawn for a sign between the letters of a host ("demo•com"); apart
// from them it parts lists.
namespace simwarden {

struct DrawnSign {
  std::string_view text;
  char sign = '\0';
};

std::span<const DrawnSign> all_drawn_signs();
// The one at `i` that touches letters or figures, or nullptr.
const DrawnSign* drawn_sign_at(std::string_view text, size_t i);

}  // namespace simwarden
