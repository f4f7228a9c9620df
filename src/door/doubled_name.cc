// SPDX-License-Identifier: Apache-2.0
#include "door/doubled_name.h"

#include <set>

namespace simwarden {

std::optional<std::string> doubled_name(
    const simdjson::simdjson_result<simdjson::dom::element>& object) {
  simdjson::dom::object members;
  if (object.get_object().get(members)) return std::nullopt;
  std::set<std::string_view> names;
  for (const auto& [name, value] : members) {
    if (!names.insert(name).second) return std::string(name);
  }
  return std::nullopt;
}

}  // namespace simwarden
