// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace simwarden {

struct DrawnLabel {
  std::string_view english;
  std::string_view chinese;
};

// drawn_word() looks in these behind those of a single verdict.
std::span<const DrawnLabel> labels_of_runs();

}  // namespace simwarden
