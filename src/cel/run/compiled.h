// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/check/checker.h"
#include "cel/check/compared_choices.h"
#include "cel/run/lowering.h"
#include "cel/run/program.h"
#include "cel/syntax/ast.h"

// What compile() makes. It keeps the tree and its notes, so that a Suite can
// build the expression once more together with others.
namespace cel {

class Compiled final : public Program {
 public:
  explicit Compiled(std::string_view text) : source_(text) {}

  // False when there are mistakes; all are in `complaints`, which must have
  // been made for source().
  bool build(const Environment& environment, const CompileOptions& options,
             Complaints& complaints);

  Value evaluate(Activation& facts, Scratch& scratch) const override;
  std::span<const uint32_t> slots() const override { return slots_; }
  const Type* type() const override { return type_; }
  const Cost& cost() const override { return cost_; }
  Outcomes without(uint32_t slot) const override;
  Outcomes outcomes() const override;
  // See outcomes.h. REQUIRES: the whole is a chain of && or ||.
  bool can_differ(
      std::optional<uint32_t> absent,
      const std::function<bool(std::span<const Value>)>& wanted) const;
  bool can_answer(
      const std::function<bool(std::span<const Value>)>& wanted) const;
  std::string_view source() const override { return source_; }

  const Ast& ast() const { return ast_; }
  const Notes& notes() const { return notes_; }
  // What each part is worth, by ExprId, where that is known.
  const std::vector<std::optional<Value>>& constants() const {
    return lowered_.constants;
  }
  const std::vector<PartNumber>& numbers() const { return numbers_; }
  const std::vector<ComparedChoices>& compared() const { return compared_; }
  bool folds() const { return folds_; }

 private:
  std::string source_;
  Ast ast_;            // views of source_
  Notes notes_;        // by the nodes of ast_
  Scratch constants_;  // outlives the nodes, which refer to it
  Lowered lowered_;
  std::vector<PartNumber> numbers_;
  std::vector<uint32_t> slots_;
  std::vector<ComparedChoices> compared_;
  const Type* type_ = nullptr;
  Cost cost_;
  bool folds_ = true;    // CompileOptions::fold
  uint32_t places_ = 0;  // of kept values
};

// REQUIRES: compile() made the program.
const Compiled& compiled_of(const Program& program);

}  // namespace cel
