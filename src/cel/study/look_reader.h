// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "cel/run/compiled.h"
#include "cel/study/look.h"

// Which parts of a condition a look can take in.
namespace cel {

std::optional<Scale> scale_of(const Type* type);

class LookReader {
 public:
  // Keeps both by reference.
  LookReader(const Compiled& program, const StatesOf& states)
      : ast_(program.ast()),
        notes_(program.notes()),
        constants_(program.constants()),
        states_(states) {}

  // The elements of a list are looked at, by the variable of its loop.
  void enter(uint32_t list, uint32_t local) {
    list_ = list;
    local_ = local;
  }
  void leave() { list_ = kNoSlot; }
  bool is_in_loop() const { return list_ != kNoSlot; }

  // The slot of a fact as it is, or of a member of the element in hand.
  std::optional<uint32_t> plain_fact(ExprId id) const;
  // REQUIRES: a select or a has().
  std::optional<uint32_t> member(const Expr& expr) const;
  // What has a place on a scale.
  std::optional<Look> look_of(ExprId id) const;
  // Reads settings and nothing else.
  bool is_setting(ExprId id) const;

 private:
  std::optional<Look> look_counted(const Expr& expr) const;
  std::optional<Look> look_between(const Expr& expr) const;
  std::optional<Look> look_got(const Expr& expr) const;

  const Ast& ast_;
  const Notes& notes_;
  const std::vector<std::optional<Value>>& constants_;
  const StatesOf& states_;
  uint32_t list_ = kNoSlot;
  uint32_t local_ = 0;
};

}  // namespace cel
