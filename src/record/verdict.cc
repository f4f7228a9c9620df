// SPDX-License-Identifier: Apache-2.0
#include "record/verdict.h"

namespace simwarden {

std::string_view name_of(Outcome outcome) {
  constexpr std::string_view kNames[] = {"hit", "clear", "not_applicable",
                                         "undetermined", "waived"};
  return kNames[size_t(outcome)];
}

}  // namespace simwarden
