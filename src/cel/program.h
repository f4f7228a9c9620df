// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.h"
#include "cel/value.h"
#include "diag/issue.h"

// source text -> parse -> check -> Program -> evaluate.
//
//   simwarden::Issues issues;
//   auto program = cel::compile("request.fee.amount > 10.0", env, {}, issues);
//   if (!program) ... // issues say why, all of them
//   cel::Value v = program->evaluate(activation, scratch);
namespace cel {

// Where the values of variables come from. Called at most once for a slot in
// one evaluation of one program, unless it is cheap to ask again.
class Activation {
 public:
  virtual ~Activation() = default;
  // The value of a variable; `missing` when it was not recorded.
  virtual Value fact(uint32_t slot, Scratch& scratch) = 0;
};

// A bound on the work of one evaluation, from the text of the expression and
// the extents of its facts.
struct Cost {
  uint64_t steps = 0;  // comparisons of two numbers, about
  // The smallest part in which more than half of them are spent.
  std::string dominant;
  uint64_t dominant_steps = 0;
};

// The answers that a condition can give: true, false, or none because a fact
// is missing or something fails.
struct Outcomes {
  bool yes = true;
  bool no = true;
  bool nothing = true;
};

// An immutable compiled expression. Safe for concurrent use by many threads,
// each with its own Scratch and Activation.
class Program {
 public:
  virtual ~Program() = default;
  // Never throws; bounded by the Scratch's budget.
  virtual Value evaluate(Activation& facts, Scratch& scratch) const = 0;
  // The slots that the expression can read, sorted, each once.
  virtual std::span<const uint32_t> slots() const = 0;
  // The type that the checker found.
  virtual const Type* type() const = 0;
  // What it can cost at worst.
  virtual const Cost& cost() const = 0;
  // What it can still say when that fact is not recorded, whatever the others
  // hold. REQUIRES: type() is bool.
  virtual Outcomes without(uint32_t slot) const = 0;
  // What it can say when every fact is recorded that has() does not ask about.
  // REQUIRES: type() is bool.
  virtual Outcomes outcomes() const = 0;
  // The text that was compiled.
  virtual std::string_view source() const = 0;
};

// True when both are the same expression but for its layout, brackets, quotes
// and comments, so that they say the same over any facts (numbering.h). False
// proves nothing. REQUIRES: compile() made both, against one Environment.
bool are_one_part(const Program& a, const Program& b);

// Bounds of an expression. Beyond them it is program code, not a condition.
inline constexpr size_t kSourceBytesMax = 8192;
inline constexpr uint32_t kDepthMax = 64;       // nesting; also our recursion
inline constexpr size_t kNodesMax = 4096;       // of the syntax tree
inline constexpr uint32_t kLoopNestingMax = 3;  // all() in map() in exists()
// Steps of the worst record: about a tenth of a second.
inline constexpr uint64_t kCostMax = 20'000'000;

struct CompileOptions {
  // The type the expression must have; null takes any. With a type, an
  // expression that is constant, or has a constant part that always fails
  // (duration('48 hours')), is an error too.
  const Type* result = nullptr;
  // False: type mistakes and unknown names are error values of evaluation.
  bool checked = true;
  // False: constant parts are worked out at each evaluation.
  bool fold = true;
  // False: has, all, map … are functions like any other, and unknown.
  bool macros = true;
  // True: outcomes() and without() know the choices of facts. REQUIRES then:
  // the environment outlives the program.
  bool keeps_choices = false;
  // Names are looked for in this namespace first ("a.b": a.b.x, a.x, x).
  std::string container = {};
};

// Where an expression stands inside a bigger text, so that issues point into
// the YAML file: position i of the expression is position places[i] of the
// file. `file` REQUIRES to outlive the call only.
struct Origin {
  const simwarden::SourceText* file = nullptr;  // null: the expression itself
  // Byte offset in `file` of each byte of the expression, one more for its
  // end. Empty: the expression is the whole file.
  std::vector<size_t> offsets;
};

// Null when there are errors; all of them are added to `issues`, codes C101
// to C121. Keeps nothing of the environment but its functions' code (copied)
// and its types.
std::unique_ptr<const Program> compile(std::string_view source,
                                       const Environment& environment,
                                       const Origin& origin,
                                       simwarden::Issues& issues,
                                       const CompileOptions& options = {});

}  // namespace cel
