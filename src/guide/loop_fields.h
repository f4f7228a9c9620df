// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace simwarden {

// What a condition asks of the elements of lists that it goes through: list
// and field, {"request.auth.factors", "result"}.
// REQUIRES: `source` compiles as a condition.
std::set<std::pair<std::string, std::string>> loop_fields(
    std::string_view source);

}  // namespace simwarden
