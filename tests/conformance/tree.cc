// SPDX-License-Identifier: Apache-2.0
#include "conformance/tree.h"

#include <utility>

#include <fmt/format.h>

namespace conformance {

Tree Tree::scalar(std::string text) {
  return {false, std::move(text), {}};
}

Tree& Tree::add(std::string name, Tree value) {
  fields.push_back({std::move(name), std::move(value)});
  return fields.back().value;
}

const Tree* Tree::find(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (field == name) return &value;
  }
  return nullptr;
}

std::vector<const Tree*> Tree::all(std::string_view name) const {
  std::vector<const Tree*> found;
  for (const auto& [field, value] : fields) {
    if (field == name) found.push_back(&value);
  }
  return found;
}

std::string Tree::text_of(std::string_view name) const {
  const Tree* field = find(name);
  return field ? field->text : std::string();
}

std::string Tree::one_line() const {
  if (!message) return fmt::format("\"{}\"", text);
  std::string out;
  for (const auto& [name, value] : fields) {
    const std::string inner = value.one_line();
    out += value.message ? fmt::format("{}{{{}}} ", name, inner)
                         : fmt::format("{}:{} ", name, inner);
  }
  return out;
}

}  // namespace conformance
