// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cel/checker.h"
#include "cel/node.h"

// Ast + Notes -> Node tree. Parts that read no fact and no variable are
// worked out here, once.
namespace cel {

struct Lowered {
  NodePtr root;
  std::optional<Value> constant;  // when the whole is one
  std::vector<uint32_t> slots;    // sorted, each once
  uint32_t cached_facts = 0;      // places of Frame::cache
  uint64_t cost = 0;
};

// `constants` keeps the texts and lists that nodes refer to.
Lowered lower(const Ast& ast, const Notes& notes, const CompileOptions& options,
              Scratch& constants, Complaints& complaints);

}  // namespace cel
