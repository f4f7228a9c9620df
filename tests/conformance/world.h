// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "cel/run/program.h"
#include "cel/run/suite.h"
#include "conformance/tree.h"

// What the expression of a case may talk about: its type_env and bindings.
namespace conformance {

class World final : public cel::Activation {
 public:
  explicit World(const Tree& test);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const cel::Environment& environment() const { return environment_; }
  cel::Scratch& keep() { return keep_; }
  // Something that needs protobuf; empty when all could be read.
  const std::string& problem() const { return problem_; }

  // A variable without a value is an error value.
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override;

  void declare(const std::string& name, const cel::Type* type);
  void declare(cel::Function function);
  // Declares it as dyn when it was not declared.
  void bind(const std::string& name, const cel::Value& value);

 private:
  void read_declaration(const Tree& declaration);
  void read_function(const std::string& name, const Tree& function);
  void read_binding(const Tree& entry);

  cel::Environment environment_;
  std::map<uint32_t, cel::Value> values_;
  cel::Scratch keep_;
  std::string problem_;
};

// The answer of a suite that has the program twice, as text: the second time it
// was kept. Both answers when they differ.
std::string ask_suite(const cel::Program& program, World& world);

}  // namespace conformance
