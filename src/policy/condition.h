// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/run/program.h"
#include "cel/syntax/bounds.h"
#include "cel/value/environment.h"
#include "notation/yaml.h"
#include "policy/pack.h"

// A condition as it stands in a pack -> one CEL text -> a program.
//
//   all_of:                                    (request.reason == "lost") &&
//     - request.reason: lost              ->   (request.fee.amount > 10.0)
//     - request.fee.amount > 10.0
//
// Every byte of the CEL text knows the byte of the YAML file that it came
// from, so that the compiler's carets land in the file. Grammar:
//
//   condition = text | block
//   block     = { entry+ }                     all entries must hold
//   entry     = ("all_of" | "any_of" | "none_of") : [ condition+ ]
//             | "at_least" : { n: NUMBER, of: [ condition+ ] }
//             | FACT [ "|" OPERATOR ] : value | [ value+ ]
namespace simwarden {

inline constexpr int kBlockDepthMax = 8;  // more, nobody can read
// at_least writes its items out more than once; this ends the growth.
inline constexpr size_t kConditionBytesMax = cel::kSourceBytesMax;

// CEL text with the file's byte for each of its bytes and for its end.
struct ConditionText {
  std::string text;
  std::vector<size_t> offsets;
};

// Null with issues when the node is no condition, or a part of it does not
// compile; each mistake is shown once.
std::optional<ConditionText> render_condition(YamlReader& reader,
                                              const YamlNode& node,
                                              const cel::Environment& facts);

// As above, and compiled. Null with issues.
std::optional<Condition> read_condition(YamlReader& reader,
                                        const YamlNode& node,
                                        const cel::Environment& facts);

}  // namespace simwarden
