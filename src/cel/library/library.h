// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/environment.h"
#include "cel/value/function_doc.h"
#include "cel/value/scratch.h"
#include "cel/value/value.h"

// The functions and operators of CEL: one file a family, one row an overload.
// A row is its signature, as the specification writes it, and the code:
//
//   {"string.contains(string) -> bool", contains},   receiver before the dot
//   {"math.abs(int) -> int", abs_int},               a namespace
//   {"_+_(list(A), list(A)) -> list(A)", add_lists}  A: any type
//   {"math.least(N...) -> N", least}                 N: numbers, one or more
//   {"list(O).sort() -> list(O)", sorted}  O: text, bytes, bool, times
//
// The code is called with arguments of exactly these kinds: errors, missing
// values and other kinds never reach it.
namespace re2 {
class RE2;
}

namespace cel {

using Arguments = std::span<const Value>;
using Run = Value (*)(Arguments, Scratch&);
// Of functions whose second argument is an RE2 pattern, always: a constant
// one is made with the expression, any other at each call.
using RunPattern = Value (*)(const re2::RE2&, Arguments, Scratch&);
inline constexpr size_t kPatternPlace = 1;

struct FunctionRow {
  std::string_view signature;
  Run run;  // null: operands are looked at only when needed, by a node
  RunPattern run_pattern = nullptr;
};

// Functions that belong together: one file, one section of the manual.
struct Family {
  std::string_view title;
  std::span<const FunctionRow> rows;
  std::span<const FunctionDoc> docs;  // one for each name, and no more
};

Family arithmetic_functions();
Family ordering_functions();
Family string_functions();
Family string_slice_functions();
Family conversion_functions();
Family time_functions();
Family math_functions();
Family collection_functions();
Family format_functions();
Family encoder_functions();
Family optional_functions();
Family regex_functions();
Family network_functions();
// All of them, in the order of the manual.
std::span<const Family> families();
// Not among them: == && [] and their like, which nodes run and no name finds.
// Their rows have no code.
Family operators();

struct Signature {
  std::string name;
  bool member = false;    // params[0] is the receiver
  bool variadic = false;  // the last parameter may stand again and again
  std::vector<const Type*> params;
  const Type* result = nullptr;
};
std::optional<Signature> read_signature(std::string_view text);

// A set of tags, one bit each: what a parameter takes at run time.
using TagMask = uint32_t;
TagMask mask_of(const Type* type);
inline bool takes(TagMask mask, const Value& value) {
  return (mask >> static_cast<unsigned>(value.tag()) & 1) != 0;
}

struct Overload {
  Signature signature;
  bool takes_count(size_t arguments) const {
    const size_t count = signature.params.size();
    return arguments == count || (signature.variadic && arguments > count);
  }
  std::vector<TagMask> masks;
  Run run = nullptr;
  RunPattern run_pattern = nullptr;
};

// The text behind a time is its zone: time.getHours('Africa/Nairobi').
bool takes_zone(const Overload& overload);

class Library {
 public:
  Library();
  // Null when no function has this name in this style.
  const std::vector<Overload>* find(std::string_view name, bool member) const;
  // Every row, for a test that walks them.
  std::vector<const Overload*> all() const;
  // Names for suggestions, of functions, not of operators.
  const std::vector<std::string>& names() const { return names_; }

 private:
  void add(std::span<const FunctionRow> rows);
  std::map<std::string, std::vector<Overload>, std::less<>> functions_;
  std::map<std::string, std::vector<Overload>, std::less<>> methods_;
  std::vector<std::string> names_;
};
const Library& library();

}  // namespace cel
