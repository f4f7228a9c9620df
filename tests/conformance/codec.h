// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cel/value/environment.h"
#include "cel/value/scratch.h"
#include "cel/value/value.h"
#include "conformance/tree.h"

// The values and types of cel.expr.Value and cel.expr.Type, as ours. What
// needs protobuf is nullopt or null.
namespace conformance {

// Lives in `keep`.
std::optional<cel::Value> read_value(const Tree& tree, cel::Scratch& keep);
const cel::Type* read_type(const Tree& tree);

// "list(int)", "null", "timestamp": the spelling of both the cases' type key
// and of cel-go.
std::string type_text(const cel::Type* type);

// Alike to the kind: 1 is not 1u, NaN is NaN, maps in any order.
bool same(const cel::Value& a, const cel::Value& b);

}  // namespace conformance
