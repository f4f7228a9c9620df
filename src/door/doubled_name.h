// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include <simdjson.h>

namespace simwarden {

// The first name that an object gives twice: of two readers one would believe
// the first and one the last. Nullopt when there is none, for what is no object
// too.
std::optional<std::string> doubled_name(
    const simdjson::simdjson_result<simdjson::dom::element>& object);

}  // namespace simwarden
