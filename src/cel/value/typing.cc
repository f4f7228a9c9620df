// SPDX-License-Identifier: Apache-2.0
#include "cel/value/typing.h"

#include <utility>
#include <vector>

// Gradual: dyn goes with everything and is checked at run time. Types nest as
// deep as expressions and schemas do, so recursion here is bounded by those.
namespace cel {
namespace {

using Parts = std::vector<const Type*>;

std::string_view name_without_parts(const Type* type) {
  const std::string_view name = type->name;
  return name.substr(0, name.find('('));
}

// The same with other parts.
const Type* rebuilt(const Type* type, Parts parts) {
  switch (type->kind) {
    case TypeKind::list: return list_type(parts[0]);
    case TypeKind::map: return map_type(parts[0], parts[1]);
    case TypeKind::optional: return optional_type(parts[0]);
    case TypeKind::type: return type_type_of(parts[0]);
    case TypeKind::opaque:
      return opaque_type(name_without_parts(type), std::move(parts));
    default: return type;
  }
}

template <typename Change>
const Type* with_parts(const Type* type, Change change) {
  if (type->parts.empty()) return type;
  Parts parts;
  for (const Type* part : type->parts) parts.push_back(change(part));
  return parts == type->parts ? type : rebuilt(type, std::move(parts));
}

// Two lists, two maps, two tuples of three.
bool same_shape(const Type* a, const Type* b) {
  return a->kind == b->kind && !a->parts.empty() &&
         a->parts.size() == b->parts.size() &&
         (a->kind != TypeKind::opaque ||
          name_without_parts(a) == name_without_parts(b));
}

bool alike(const Type* a, const Type* b, bool numbers_alike) {
  if (a == b || is_dyn(a) || is_dyn(b)) return true;
  if (numbers_alike && is_number_type(a) && is_number_type(b)) return true;
  // Which type it is shows at run time: type(x) == int is asked for that.
  if (a->kind == TypeKind::type) return b->kind == TypeKind::type;
  if (!same_shape(a, b)) return false;
  for (size_t i = 0; i < a->parts.size(); ++i) {
    if (!alike(a->parts[i], b->parts[i], numbers_alike)) return false;
  }
  return true;
}

bool may_stand_for(const Type* parameter, const Type* actual) {
  if (parameter->name == "N") return is_number_type(actual);
  if (parameter->name != "O") return true;
  return is_ordered_type(actual) && !is_number_type(actual);
}

}  // namespace

std::string with_article(const Type* type) {
  const std::string& name = settle(type)->name;
  if (type == null_type()) return "null";
  const bool vowel = name.starts_with('i') || name.starts_with('o');
  return (vowel ? "an " : "a ") + name;
}

bool is_number_type(const Type* type) {
  return type->kind == TypeKind::integer || type->kind == TypeKind::uinteger ||
         type->kind == TypeKind::number;
}

bool is_ordered_type(const Type* type) {
  switch (type->kind) {
    case TypeKind::boolean:
    case TypeKind::string:
    case TypeKind::bytes:
    case TypeKind::timestamp:
    case TypeKind::duration: return true;
    default: return is_number_type(type);
  }
}

const Type* settle(const Type* type) {
  if (type == free_type()) return dyn_type();
  return with_parts(type, settle);
}

namespace {

// [duration('1h'), null] is a list of durations: CEL lets null stand for what
// was a message once. At run time it is null and no duration.
bool takes_null(const Type* type) {
  switch (type->kind) {
    case TypeKind::timestamp:
    case TypeKind::duration:
    case TypeKind::object:
    case TypeKind::optional:
    case TypeKind::opaque: return true;
    default: return false;
  }
}

}  // namespace

const Type* join(const Type* a, const Type* b) {
  if (a == b || b == free_type()) return a;
  if (a == free_type()) return b;
  if (a == null_type() && takes_null(b)) return b;
  if (b == null_type() && takes_null(a)) return a;
  if (!same_shape(a, b)) return dyn_type();
  size_t i = 0;
  return with_parts(
      a, [&](const Type* part) { return join(part, b->parts[i++]); });
}

bool overlaps(const Type* a, const Type* b) {
  return alike(a, b, false);
}
bool comparable(const Type* a, const Type* b) {
  return alike(a, b, true);
}

bool accepts(const Type* formal, const Type* actual, Bindings& bindings) {
  if (formal->kind == TypeKind::parameter) {
    const bool numbers = formal->name == "N";
    if (!is_dyn(actual) && !may_stand_for(formal, actual)) return false;
    const auto [bound, fresh] = bindings.try_emplace(formal, actual);
    if (fresh) return true;
    if (!numbers && !overlaps(bound->second, actual)) return false;
    bound->second = join(bound->second, actual);
    return true;
  }
  if (is_dyn(formal) || is_dyn(actual) || formal == actual) return true;
  if (formal == type_type()) return actual->kind == TypeKind::type;
  if (!same_shape(formal, actual)) return false;
  for (size_t i = 0; i < formal->parts.size(); ++i) {
    if (!accepts(formal->parts[i], actual->parts[i], bindings)) return false;
  }
  return true;
}

const Type* substitute(const Type* formal, const Bindings& bindings) {
  if (formal->kind == TypeKind::parameter) {
    const auto bound = bindings.find(formal);
    return bound == bindings.end() ? free_type() : bound->second;
  }
  return with_parts(
      formal, [&](const Type* part) { return substitute(part, bindings); });
}

const Type* type_named(std::string_view name) {
  const Type* const types[] = {
      null_type(),      bool_type(),     int_type(),          uint_type(),
      double_type(),    string_type(),   bytes_type(),        timestamp_type(),
      duration_type(),  type_type(),     ip_type(),           cidr_type(),
      bare_list_type(), bare_map_type(), bare_optional_type()};
  if (name == "google.protobuf.Timestamp") return timestamp_type();
  if (name == "google.protobuf.Duration") return duration_type();
  for (const Type* type : types) {
    if (type->name == name) return type;
  }
  return nullptr;
}

}  // namespace cel
