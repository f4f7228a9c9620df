// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cel/value/environment.h"

// The algebra of types that the checker and the tables of functions use.
namespace cel {

const Type* parameter_type(std::string name);
// The element of [] and {}: whatever the neighbours want. Never leaves the
// checker; settle() makes it dyn.
const Type* free_type();
const Type* settle(const Type* type);
// A type that an expression can name ("int", "list"); null otherwise.
const Type* type_named(std::string_view name);
// The type value that type(x) answers: lists, maps and optionals without what
// they hold.
const Type* type_value(const Type* type);
const Type* bare_list_type();
const Type* bare_map_type();
const Type* bare_optional_type();

// "an int", "a string", for messages.
std::string with_article(const Type* type);

inline bool is_dyn(const Type* type) {
  return type->kind == TypeKind::dyn;
}
bool is_number_type(const Type* type);
// What < compares: numbers, texts, bytes, bools and times.
bool is_ordered_type(const Type* type);

// The narrowest type that holds both; dyn when they are unlike.
const Type* join(const Type* a, const Type* b);
// Some value could be of both types.
bool overlaps(const Type* a, const Type* b);
// Likewise, with all numbers alike: what == and in may compare.
bool comparable(const Type* a, const Type* b);

// What A, B, N and O of a signature stand for in one call. N is any number,
// and mixed numbers are dyn; O is any other type that has an order.
using Bindings = std::map<const Type*, const Type*>;
bool accepts(const Type* formal, const Type* actual, Bindings& bindings);
const Type* substitute(const Type* formal, const Bindings& bindings);

}  // namespace cel
