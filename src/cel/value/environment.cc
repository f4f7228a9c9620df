// SPDX-License-Identifier: Apache-2.0
#include "cel/value/environment.h"

#include <utility>

#include "diag/check.h"

namespace cel {

void Environment::add(Variable variable) {
  const bool fresh =
      by_name_.try_emplace(variable.name, variables_.size()).second;
  CHECK(fresh, "a fact is declared once");
  variables_.push_back(std::move(variable));
}

void Environment::add(Function function) {
  functions_.push_back(std::make_shared<const Function>(std::move(function)));
}

void Environment::explain(std::string group, std::string why) {
  explained_.insert_or_assign(std::move(group), std::move(why));
}

const std::string* Environment::explained(std::string_view group) const {
  const auto found = explained_.find(group);
  return found == explained_.end() ? nullptr : &found->second;
}

const Variable* Environment::find(std::string_view dotted_name) const {
  const auto found = by_name_.find(dotted_name);
  return found == by_name_.end() ? nullptr : &variables_[found->second];
}

std::shared_ptr<const Function> Environment::find_function(
    std::string_view name) const {
  for (const auto& function : functions_) {
    if (function->name == name) return function;
  }
  return nullptr;
}

bool Environment::is_prefix(std::string_view dotted_name) const {
  const std::string prefix = std::string(dotted_name) + ".";
  const auto found = by_name_.lower_bound(prefix);
  return found != by_name_.end() && found->first.starts_with(prefix);
}

std::vector<std::string> Environment::variable_names() const {
  std::vector<std::string> names;
  names.reserve(by_name_.size());
  for (const auto& entry : by_name_) names.push_back(entry.first);
  return names;
}

}  // namespace cel
