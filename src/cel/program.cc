// SPDX-License-Identifier: Apache-2.0
#include "cel/program.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cel/checker.h"
#include "cel/complaints.h"
#include "cel/lowering.h"
#include "cel/parser.h"
#include "cel/typing.h"

namespace cel {
namespace {

class Compiled final : public Program {
 public:
  Compiled(std::string_view source) : source_(source) {}

  Scratch& constants() { return constants_; }
  void fill(Lowered lowered, const Type* type, uint32_t locals) {
    lowered_ = std::move(lowered);
    type_ = type;
    locals_ = locals;
  }

  Value evaluate(Activation& facts, Scratch& scratch) const override {
    scratch.begin_evaluation();
    const std::span<Value> places =
        scratch.values(locals_ + lowered_.cached_facts);
    Frame frame{facts, scratch, places.data(), places.data() + locals_};
    return lowered_.root->run(frame);
  }
  std::span<const uint32_t> slots() const override { return lowered_.slots; }
  const Type* type() const override { return type_; }
  uint64_t cost() const override { return lowered_.cost; }
  std::string_view source() const override { return source_; }

 private:
  std::string source_;
  Scratch constants_;  // outlives the nodes, which refer to it
  Lowered lowered_;
  const Type* type_ = nullptr;
  uint32_t locals_ = 0;
};

// An expression that says the same of every record is a mistake, when it is
// meant to be a condition.
void check_constant(const Ast& ast, const Lowered& lowered,
                    const CompileOptions& options, Complaints& complaints) {
  if (!lowered.constant || !options.result || !options.checked) return;
  const Expr& root = ast[ast.root];
  const std::string text = to_text(*lowered.constant);
  complaints.add({kConstant,
                  {root.begin, root.end},
                  fmt::format("the condition is always {}", text),
                  "depends on no fact",
                  "compare a fact with something"});
}

}  // namespace

std::unique_ptr<const Program> compile(std::string_view source,
                                       const Environment& environment,
                                       const Origin& origin,
                                       simwarden::Issues& issues,
                                       const CompileOptions& options) {
  Complaints complaints(source, origin, issues);
  Ast ast;
  if (!parse(source, ast, complaints, options.macros)) return nullptr;
  const Notes notes = check(ast, environment, options, complaints);
  if (complaints.count() > 0) return nullptr;
  auto program = std::make_unique<Compiled>(source);
  Lowered lowered =
      lower(ast, notes, options, program->constants(), complaints);
  check_constant(ast, lowered, options, complaints);
  if (complaints.count() > 0) return nullptr;
  program->fill(std::move(lowered), settle(notes[ast.root].type), notes.locals);
  return program;
}

}  // namespace cel
