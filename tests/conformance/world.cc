// SPDX-License-Identifier: Apache-2.0
#include "conformance/world.h"

#include <utility>

#include "conformance/codec.h"

namespace conformance {
namespace {

constexpr cel::Fault kNoValue{"no value is bound"};
constexpr cel::Fault kNoCode{"a function without code"};

}  // namespace

World::World(const Tree& test) {
  const std::string expr = test.text_of("expr");
  for (const Tree* declaration : test.all("type_env")) {
    // Some cases declare more than they use.
    const std::string name = declaration->text_of("name");
    if (expr.find(name.substr(name.rfind('.') + 1)) == std::string::npos) {
      continue;
    }
    read_declaration(*declaration);
  }
  for (const Tree* entry : test.all("bindings")) read_binding(*entry);
}

void World::read_declaration(const Tree& declaration) {
  const std::string name = declaration.text_of("name");
  if (const Tree* function = declaration.find("function")) {
    return read_function(name, *function);
  }
  const Tree* ident = declaration.find("ident");
  const Tree* type = ident ? ident->find("type") : nullptr;
  const cel::Type* read = type ? read_type(*type) : nullptr;
  if (!read) {
    problem_ = "a variable of a protobuf type: " + name;
  } else {
    declare(name, read);
  }
}

void World::read_function(const std::string& name, const Tree& function) {
  const auto overloads = function.all("overloads");
  if (overloads.size() != 1 || overloads[0]->is_true("is_instance_function")) {
    problem_ = "a host has functions of one overload only: " + name;
    return;
  }
  cel::Function made;
  made.name = name;
  for (const Tree* param : overloads[0]->all("params")) {
    made.params.push_back(read_type(*param));
    if (!made.params.back()) problem_ = "a parameter of a protobuf type";
  }
  const Tree* result = overloads[0]->find("result_type");
  made.result = result ? read_type(*result) : nullptr;
  if (!made.result) problem_ = "a result of a protobuf type";
  if (problem_.empty()) declare(std::move(made));
}

void World::declare(cel::Function function) {
  function.run = [](std::span<const cel::Value>, cel::Scratch&) {
    return cel::Value::of_error(&kNoCode);
  };
  environment_.add(std::move(function));
}

void World::read_binding(const Tree& entry) {
  const std::string name = entry.text_of("key");
  const Tree* bound = entry.find("value");
  const Tree* written = bound ? bound->find("value") : nullptr;
  const auto value = written ? read_value(*written, keep_) : std::nullopt;
  if (!value) {
    problem_ = "a value of protobuf: " + name;
  } else {
    bind(name, *value);
  }
}

void World::declare(const std::string& name, const cel::Type* type) {
  const auto slot = static_cast<uint32_t>(environment_.variables().size());
  environment_.add(cel::Variable{name, type, slot, {}});
}

void World::bind(const std::string& name, const cel::Value& value) {
  if (!environment_.find(name)) declare(name, cel::dyn_type());
  values_[environment_.find(name)->slot] = value;
}

cel::Value World::fact(uint32_t slot, cel::Scratch&) {
  const auto found = values_.find(slot);
  return found == values_.end() ? cel::Value::of_error(&kNoValue)
                                : found->second;
}

std::string ask_suite(const cel::Program& program, World& world) {
  const cel::Program* const twice[] = {&program, &program};
  const auto suite = cel::Suite::make(twice);
  cel::Suite::Round round(*suite);
  cel::Scratch scratch;
  const std::string first = to_text(suite->evaluate(0, world, round, scratch));
  const std::string again = to_text(suite->evaluate(1, world, round, scratch));
  return first == again ? first : first + ", then " + again;
}

}  // namespace conformance
