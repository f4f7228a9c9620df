// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cel/value/scratch.h"
#include "cel/value/value.h"

// The syntax tree: nodes in one vector, children by index. Texts are views of
// the source or of `texts`.
namespace cel {

using ExprId = uint32_t;
inline constexpr ExprId kNoExpr = UINT32_MAX;

enum class ExprKind : uint8_t {
  literal,  // value
  ident,    // name; rooted when written with a leading dot
  select,   // args[0] . name
  test,     // has(args[0].name)
  call,     // name(args...); member: args[0].name(args[1]...)
  list,     // args
  map,      // args: key value key value ...
  logic,    // name is && or ||; two or more args
  choose,   // args[0] ? args[1] : args[2]
  loop,     // a macro over args[0]: see Loop
  bind,     // cel.bind(names[0], args[0], args[1])
  broken,   // was complained about already
};

// What a comprehension macro does with each element.
enum class Loop : uint8_t {
  all,
  exists,
  exists_one,
  filter,         // args: range, condition
  map,            // args: range, transform
  map_filter,     // args: range, condition, transform
  transform_map,  // args: range, transform          (two variables)
  transform_map_filter,
  transform_entry,  // args: range, a map      (two variables)
  transform_entry_filter,
  sort_by,       // args: range, key
  opt_map,       // args: an optional, transform
  opt_flat_map,  // likewise; the transform is an optional itself
};

struct Expr {
  ExprKind kind = ExprKind::broken;
  Loop loop = Loop::all;
  bool member = false;  // of a call
  bool rooted = false;
  bool optional = false;  // of a select: e.?name
  uint32_t depth = 1;
  uint32_t loop_nesting = 0;
  // The whole, and the word that names it (operator, function, field).
  size_t begin = 0;
  size_t end = 0;
  size_t word_begin = 0;
  size_t word_end = 0;
  std::string_view name;
  Value value;
  std::vector<std::string_view> names;  // variables of a loop: one or two
  std::vector<ExprId> args;
  // Of a list or map: which elements (by their place in args) are written
  // with ?, and stand there only when their optional holds something.
  std::vector<size_t> maybe;
};

struct Ast {
  std::string_view source;
  std::vector<Expr> nodes;
  ExprId root = kNoExpr;
  Scratch texts;  // unescaped literals

  const Expr& operator[](ExprId id) const { return nodes[id]; }
  // A part as it is written.
  std::string_view text_of(ExprId id) const {
    return source.substr(nodes[id].begin, nodes[id].end - nodes[id].begin);
  }
};

inline bool is_not(const Expr& expr) {
  return expr.kind == ExprKind::call && expr.name == "!";
}
// Of the names of calls.
inline bool is_ordering(std::string_view name) {
  return name == "<" || name == "<=" || name == ">" || name == ">=";
}
// The sign of a comparison as if its two sides were exchanged.
inline std::string_view turned(std::string_view sign) {
  if (sign == "<") return ">";
  if (sign == "<=") return ">=";
  if (sign == ">") return "<";
  return sign == ">=" ? "<=" : sign;
}
inline bool is_equality(std::string_view name) {
  return name == "==" || name == "!=";
}

}  // namespace cel
