// SPDX-License-Identifier: Apache-2.0
#include "cel/run/part.h"

#include "cel/run/compiled.h"
#include "cel/run/lowering.h"

namespace cel {

Part::Part(const Compiled& program, ExprId id)
    : locals_(program.notes().locals) {
  // Nothing is shared, so that no part has a place to be kept at.
  Numbering numbering;
  const auto numbers = numbering.add(program.ast(), program.notes());
  root_ = lower({.ast = program.ast(),
                 .notes = program.notes(),
                 .numbering = numbering,
                 .numbers = numbers,
                 .root = id},
                {.fold = program.folds()}, constants_, nullptr)
              .root;
}

Value Part::evaluate(Activation& facts, Scratch& scratch) const {
  scratch.begin_evaluation();
  const std::span<Value> locals = scratch.values(locals_);
  Frame frame{facts, scratch, locals.data(), {}};
  return root_->run(frame);
}

}  // namespace cel
