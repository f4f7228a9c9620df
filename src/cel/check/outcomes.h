// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cel/check/checker.h"
#include "cel/check/numbering.h"
#include "cel/check/outlook.h"

// Which answers a condition can give at all, whatever the record holds. Its
// comparisons with constants are tried out on the values that make a
// difference (a choice, a number below, at or above a constant); what cannot
// be looked into counts as free to be true or false. So an answer that is
// called impossible is impossible, while some impossible ones are not noticed.
namespace cel {

// An expression and what is known of it; all by reference.
struct Known {
  const Ast& ast;
  const Notes& notes;
  const std::vector<PartNumber>& numbers;
  const std::vector<std::optional<Value>>& constants;  // by ExprId
};

// A search that is longer takes every answer for possible.
inline constexpr uint32_t kTriesMax = 4000;
// So many different parts are looked into; more are for no person to read.
inline constexpr size_t kUnknownsMax = 64;

// Of a bool expression. Facts are there, unless has() asks whether they are;
// the fact `absent` is not.
Outcomes outcomes_of(const Known& known, std::optional<uint32_t> absent = {});

// Whether the operands of the whole, a chain of && or ||, can answer something
// that `wanted` says yes to: true, false, or null for no answer, in their
// order. It is not asked where the first two answer the same.
using Difference = std::function<bool(std::span<const Value>)>;
bool can_differ(const Known& known, std::optional<uint32_t> absent,
                const Difference& wanted);
// Likewise of two conditions joined by && over every record: each fact may be
// not recorded, and what is worked out may fail. Two answers that are the same
// are asked about too.
// REQUIRES: the whole is a chain of two.
bool can_answer(const Known& known, const Difference& wanted);

// What no record changes about the answers of a condition.
enum class Constancy : uint8_t {
  varies,
  never_true,
  always_true,
  // True, or not recorded, of a condition that asks nowhere with has() about
  // what is not: "reason != 'lost' || reason != 'stolen'".
  never_false,
};
std::string_view name_of(Constancy found);  // "never true" …
// Of a part, which can stand in a loop; over every record.
// REQUIRES: the part is a bool.
Constancy constancy_of(const Known& known, ExprId part);

// The operands that keep the whole from ever being true (of a &&) or false (of
// a ||); the whole itself when it is something else.
// REQUIRES: outcomes_of() says that it never is.
std::vector<ExprId> decisive_operands(const Known& known);

}  // namespace cel
