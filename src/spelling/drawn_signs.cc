// SPDX-License-Identifier: Apache-2.0
#include "spelling/drawn_signs.h"

#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr std::array kDrawn = {
    DrawnSign{"·", '.'}, DrawnSign{"•", '.'}, DrawnSign{"‧", '.'},
    DrawnSign{"∙", '.'}, DrawnSign{"⋅", '.'}, DrawnSign{"●", '.'},
    DrawnSign{"◦", '.'}, DrawnSign{"۔", '.'}, DrawnSign{"∕", '/'},
    DrawnSign{"⁄", '/'}, DrawnSign{"╱", '/'}, DrawnSign{"⧸", '/'}};

}  // namespace

std::span<const DrawnSign> all_drawn_signs() {
  return kDrawn;
}

const DrawnSign* drawn_sign_at(std::string_view t, size_t i) {
  constexpr std::string_view kLeads = "\xC2\xDB\xE2";
  if (i >= t.size() || !is_one_of(t[i], kLeads) || !is_alnum(before(t, i))) {
    return nullptr;
  }
  for (const DrawnSign& one : kDrawn) {
    if (!starts_at(t, i, one.text)) continue;
    return is_alnum(at(t, i + one.text.size())) ? &one : nullptr;
  }
  return nullptr;
}

}  // namespace simwarden
