// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_environment.h"

#include <optional>
#include <span>

#include <fmt/format.h>

#include "policy/parameters.h"

namespace simwarden {
namespace {

using Complaint = cel::Function::Complaint;

std::optional<Complaint> complain_about_list(
    ListsInSight& sight, const std::optional<cel::Value>& name) {
  if (!name || !name->is(cel::Tag::string)) {
    return Complaint{0, "the list must be named by a constant text",
                     "in_list('official_domains', …)"};
  }
  const std::string wanted(name->as_string());
  {
    const std::lock_guard lock(sight.mutex);
    sight.asked.insert(wanted);
  }
  if (sight.lists.contains(wanted)) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& entry : sight.lists) names.push_back(entry.first);
  std::string help = did_you_mean(wanted, names);
  if (help.empty()) {
    help = fmt::format(
        "looked for lists/{}.yaml in the pack, beside it and "
        "beside the other policies that are named",
        wanted);
  }
  return Complaint{0, fmt::format("there is no list {}", wanted),
                   std::move(help)};
}

cel::Function in_list(const std::shared_ptr<ListsInSight>& sight) {
  cel::Function function = in_list_signature();
  function.check = [sight](std::span<const std::optional<cel::Value>> values)
      -> std::optional<Complaint> {
    if (auto about = complain_about_list(*sight, values[0])) return about;
    const auto& value = values[1];
    if (!value || value->is(cel::Tag::string)) return std::nullopt;
    return Complaint{1, "only a text can be in a list", ""};
  };
  function.run = [sight](std::span<const cel::Value> values,
                         cel::Scratch& scratch) {
    if (!values[1].is(cel::Tag::string)) {
      return scratch.make_error("only a text can be in a list");
    }
    // Compiled programs name known lists only; evaluation never changes them.
    const ListsInSight& lists = *sight;
    const auto found = lists.lists.find(values[0].as_string());
    if (found == lists.lists.end()) return scratch.make_error("no such list");
    return cel::Value::of_bool(found->second->contains(values[1].as_string()));
  };
  return function;
}

void add_patterns(cel::Environment& made, const PackScope& scope) {
  uint32_t slot = scope.first_pattern_slot;
  for (const PatternSet& set : *scope.patterns) {
    made.add(
        cel::Variable{"patterns." + set.name, cel::bool_type(), slot++, {}});
  }
}

void add_windows(cel::Environment& made, const PackScope& scope) {
  if (scope.windows->empty()) return;
  uint32_t slot = scope.first_window_slot;
  for (const DeclaredWindow& window : *scope.windows) {
    // One that is called so has its own issue already.
    if (window.name == kLateWindow) {
      ++slot;
      continue;
    }
    made.add(cel::Variable{
        "windows." + window.name, window_type(window.window.kind), slot++, {}});
  }
  made.add(cel::Variable{fmt::format("windows.{}", kLateWindow),
                         cel::bool_type(),
                         scope.late_slot,
                         {}});
}

}  // namespace

namespace {

// Whoever asks for what a pack has none of is told that, not what else there
// is.
void explain_absent(cel::Environment& made, const PackScope& scope) {
  if (scope.parameters->empty()) {
    made.explain("profile", "no parameter is declared: parameters: at the top");
  }
  const bool message = made.is_prefix("message");
  if (!message) {
    made.explain("message",
                 "the pack is about requests; one about messages says "
                 "asks: message");
    made.explain("patterns", "patterns are for packs with asks: message");
  } else {
    made.explain("request",
                 "the pack is about messages; one about requests says "
                 "asks: request");
    if (scope.patterns == nullptr || scope.patterns->empty()) {
      made.explain("patterns",
                   scope.patterns == nullptr
                       ? "a window asks for facts, parameters and lists alone"
                       : "no pattern is declared: patterns: at the top");
    }
  }
  if (scope.windows == nullptr) {
    made.explain("windows",
                 "a window asks for facts, parameters and lists "
                 "alone, and for no other window");
  } else if (scope.windows->empty()) {
    made.explain("windows", "no window is declared: windows: at the top");
  }
}

}  // namespace

const cel::Type* window_type(WindowKind kind) {
  switch (kind) {
    case WindowKind::count:
    case WindowKind::distinct: return cel::int_type();
    case WindowKind::share: return cel::double_type();
    case WindowKind::since: return cel::duration_type();
  }
  return cel::dyn_type();
}

cel::Function in_list_signature() {
  cel::Function function;
  function.name = "in_list";
  function.params = {cel::string_type(), cel::dyn_type()};
  function.result = cel::bool_type();
  return function;
}

cel::Environment pack_environment(const cel::Environment& facts,
                                  const PackScope& scope) {
  cel::Environment made = facts;
  uint32_t slot = scope.first_parameter_slot;
  for (const auto& entry : *scope.parameters) {
    const cel::Type* type = parameter_type(entry.second.type);
    // A parameter of an unknown type has its own issue already.
    made.add(cel::Variable{"profile." + entry.first,
                           type == nullptr ? cel::dyn_type() : type, slot++,
                           entry.second.range.choices});
  }
  if (scope.patterns) add_patterns(made, scope);
  if (scope.windows) add_windows(made, scope);
  explain_absent(made, scope);
  made.add(in_list(scope.lists));
  return made;
}

cel::ManualSection pack_manual() {
  return {"Lists of the pack",
          {{"in_list",
            {"in_list(string, string) -> bool"},
            "Whether a list that is named by a constant text has the entry, "
            "written in whatever way the list allows.",
            "in_list('official_domains', 'Operator.Example')",
            "true"}}};
}

}  // namespace simwarden
