// SPDX-License-Identifier: Apache-2.0
#include "rollout/condition_pair.h"

#include <map>
#include <set>

#include "cel/run/program.h"
#include "policy/pack_environment.h"
#include "policy/parameters.h"

namespace simwarden {
namespace {

// Never run: it only has to be one and the same function in both.
cel::Function any_list() {
  cel::Function function = in_list_signature();
  function.run = [](std::span<const cel::Value>, cel::Scratch&) {
    return cel::Value::of_bool(false);
  };
  return function;
}

struct Names {
  std::map<std::string, const cel::Type*> parameters;
  std::set<std::string> patterns;
  std::map<std::string, const cel::Type*> windows;

  void collect(const Ruleset& ruleset) {
    for (const Pack& pack : ruleset.packs) {
      for (const Parameter& each : pack.parameters) {
        const cel::Type* type = parameter_type(each.type);
        const auto known = parameters.emplace(each.name, type);
        // Of two types: neither side's conditions are taken for the other's.
        if (known.first->second != type) known.first->second = cel::dyn_type();
      }
      for (const PatternSet& set : pack.patterns) patterns.insert(set.name);
      for (const DeclaredWindow& window : pack.windows) {
        const cel::Type* type = window_type(window.window.kind);
        const auto known = windows.emplace(window.name, type);
        if (known.first->second != type) known.first->second = cel::dyn_type();
        windows.emplace(kLateWindow, cel::bool_type());
      }
    }
  }
};

cel::Environment with_names(cel::Environment made, const Names& names,
                            uint32_t slot) {
  for (const auto& [name, type] : names.parameters) {
    made.add(cel::Variable{
        "profile." + name, type ? type : cel::dyn_type(), slot++, {}});
  }
  for (const std::string& name : names.patterns) {
    made.add(cel::Variable{"patterns." + name, cel::bool_type(), slot++, {}});
  }
  for (const auto& [name, type] : names.windows) {
    made.add(cel::Variable{"windows." + name, type, slot++, {}});
  }
  made.add(any_list());
  return made;
}

}  // namespace

ConditionPair::ConditionPair(const FactSchema& schema, const Ruleset& before,
                             const Ruleset& after) {
  Names names;
  names.collect(before);
  names.collect(after);
  request_ =
      with_names(schema.environment(Kind::request), names, schema.slots());
  message_ =
      with_names(schema.environment(Kind::message), names, schema.slots());
}

bool ConditionPair::are_one(std::string_view asks, std::string_view before,
                            std::string_view after) const {
  const cel::Environment& facts = asks == "message" ? message_ : request_;
  const cel::CompileOptions options{.result = cel::bool_type()};
  Issues unheard;
  const auto a = cel::compile(before, facts, {}, unheard, options);
  const auto b = cel::compile(after, facts, {}, unheard, options);
  return a && b && cel::are_one_part(*a, *b);
}

}  // namespace simwarden
