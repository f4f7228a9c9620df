// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cel/check/checker.h"
#include "cel/check/numbering.h"
#include "cel/run/node.h"

// Ast + Notes -> Node tree. Parts that read no fact and no variable are
// worked out here, once; parts that have a place keep their value there.
namespace cel {

// An expression that is to be lowered; all by reference.
struct Lowering {
  const Ast& ast;
  const Notes& notes;
  const Numbering& numbering;  // share() was called
  const std::vector<PartNumber>& numbers;
  // By ExprId: where the answers of a part are noted (atoms.h); null for parts
  // that nobody watches.
  const std::vector<uint8_t*>* watched = nullptr;
  ExprId root = kNoExpr;  // kNoExpr: that of the tree
};

struct Lowered {
  NodePtr root;
  // By ExprId, of the parts that are constant. They live in the Scratch.
  std::vector<std::optional<Value>> constants;
};

// `constants` keeps the texts and lists that nodes refer to. Without
// `complaints` nothing is said about parts that always fail.
Lowered lower(const Lowering& of, const CompileOptions& options,
              Scratch& constants, Complaints* complaints);

// The slots of the facts that it reads, sorted, each once.
std::vector<uint32_t> slots_of(const Ast& ast, const Notes& notes);

}  // namespace cel
