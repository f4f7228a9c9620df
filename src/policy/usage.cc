// SPDX-License-Identifier: Apache-2.0
#include "policy/usage.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

void collect(const Condition& condition, std::set<uint32_t>& slots) {
  if (condition.program == nullptr) return;
  const auto read = condition.program->slots();
  slots.insert(read.begin(), read.end());
}

void warn(const SourceText& file, std::string code, Place place,
          std::string message, Issues& issues) {
  Issue issue = file.issue(std::move(code), place, std::move(message), {},
                           "use it in a condition, or take it out");
  issue.severity = Severity::warning;
  issues.add(std::move(issue));
}

}  // namespace

std::set<uint32_t> slots_in_use(const Pack& pack) {
  std::set<uint32_t> slots;
  for (const Rule& rule : pack.rules) {
    collect(rule.condition, slots);
    if (rule.applies) collect(*rule.applies, slots);
    if (rule.from_score) slots.insert(*rule.from_score);
  }
  for (const DeclaredWindow& window : pack.windows) {
    if (window.where) collect(*window.where, slots);
    if (window.part) collect(*window.part, slots);
  }
  return slots;
}

void warn_of_unused(const PackDraft& draft, const std::set<uint32_t>& in_use,
                    const DeclaredSlots& slots, Issues& issues) {
  for (size_t i = 0; i < draft.patterns.size(); ++i) {
    if (in_use.contains(slots.first_pattern + static_cast<uint32_t>(i))) {
      continue;
    }
    warn(draft.file, "P144", draft.patterns[i].place,
         fmt::format("no rule uses patterns.{}", draft.patterns[i].set.name),
         issues);
  }
  for (size_t i = 0; i < draft.windows.size(); ++i) {
    if (in_use.contains(slots.first_window + static_cast<uint32_t>(i))) {
      continue;
    }
    warn(draft.file, "P204", draft.windows[i],
         fmt::format("no rule uses windows.{}", draft.pack.windows[i].name),
         issues);
  }
  const std::vector<std::string>& names = *slots.parameter_names;
  for (const ParameterDraft& parameter : draft.parameters) {
    const std::string& name = parameter.parameter.name;
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    const auto index = static_cast<uint32_t>(at - names.begin());
    if (in_use.contains(slots.first_parameter + index)) continue;
    warn(draft.file, "P152", parameter.place,
         fmt::format("no rule uses profile.{}", name), issues);
  }
}

}  // namespace simwarden
