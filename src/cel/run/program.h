// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "cel/check/compile_options.h"
#include "cel/check/outlook.h"
#include "cel/syntax/origin.h"
#include "cel/value/environment.h"
#include "cel/value/value.h"
#include "diag/issue.h"

// source text -> parse -> check -> Program -> evaluate.
//
//   simwarden::Issues issues;
//   auto program = cel::compile("request.fee.amount > 10.0", env, {}, issues);
//   if (!program) ... // issues say why, all of them
//   cel::Value v = program->evaluate(activation, scratch);
namespace cel {

// Where the values of variables come from. A slot may be asked for more than
// once in one evaluation (of a Suite: for one record), and then the answers
// must be the same; what they refer to must live until the Scratch is cleared.
// Asked by the thread that evaluates.
class Activation {
 public:
  virtual ~Activation() = default;
  // The value of a variable; `missing` when it was not recorded.
  virtual Value fact(uint32_t slot, Scratch& scratch) = 0;
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

// Null when there are errors; all of them are added to `issues`, codes C101
// to C121. Keeps nothing of the environment but its functions (shared) and
// its types, unless options.keeps_choices.
std::unique_ptr<const Program> compile(std::string_view source,
                                       const Environment& environment,
                                       const Origin& origin,
                                       simwarden::Issues& issues,
                                       const CompileOptions& options = {});

}  // namespace cel
