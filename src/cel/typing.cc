// SPDX-License-Identifier: Apache-2.0
#include "cel/typing.h"

// Gradual: dyn goes with everything and is checked at run time. Types nest as
// deep as expressions and schemas do, so recursion here is bounded by those.
namespace cel {
namespace {

// Rebuilds a list, map or optional with other parts.
const Type* rebuilt(const Type* type, const Type* key, const Type* element) {
  switch (type->kind) {
    case TypeKind::list: return list_type(element);
    case TypeKind::map: return map_type(key, element);
    case TypeKind::optional: return optional_type(element);
    default: return type;
  }
}

bool has_parts(const Type* type) {
  return type->element != nullptr;
}

bool alike(const Type* a, const Type* b, bool numbers_alike) {
  if (a == b || is_dyn(a) || is_dyn(b)) return true;
  if (numbers_alike && is_number_type(a) && is_number_type(b)) return true;
  if (a->kind != b->kind || !has_parts(a)) return false;
  if (a->key && !alike(a->key, b->key, numbers_alike)) return false;
  return alike(a->element, b->element, numbers_alike);
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
  if (!has_parts(type)) return type;
  const Type* key = type->key ? settle(type->key) : nullptr;
  return rebuilt(type, key, settle(type->element));
}

const Type* join(const Type* a, const Type* b) {
  if (a == b || b == free_type()) return a;
  if (a == free_type()) return b;
  if (a->kind != b->kind || !has_parts(a)) return dyn_type();
  const Type* key = a->key ? join(a->key, b->key) : nullptr;
  return rebuilt(a, key, join(a->element, b->element));
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
    const bool ordered = formal->name == "O";
    if (!is_dyn(actual) && ((numbers && !is_number_type(actual)) ||
                            (ordered && !is_ordered_type(actual)))) {
      return false;
    }
    const auto [bound, fresh] = bindings.try_emplace(formal, actual);
    if (fresh) return true;
    if (!numbers && !overlaps(bound->second, actual)) return false;
    bound->second = join(bound->second, actual);
    return true;
  }
  if (is_dyn(formal) || is_dyn(actual) || formal == actual) return true;
  if (formal->kind != actual->kind || !has_parts(formal)) return false;
  if (formal->key && !accepts(formal->key, actual->key, bindings)) {
    return false;
  }
  return accepts(formal->element, actual->element, bindings);
}

const Type* substitute(const Type* formal, const Bindings& bindings) {
  if (formal->kind == TypeKind::parameter) {
    const auto bound = bindings.find(formal);
    return bound == bindings.end() ? free_type() : bound->second;
  }
  if (!has_parts(formal)) return formal;
  const Type* key = formal->key ? substitute(formal->key, bindings) : nullptr;
  return rebuilt(formal, key, substitute(formal->element, bindings));
}

const Type* type_named(std::string_view name) {
  const Type* const types[] = {null_type(),
                               bool_type(),
                               int_type(),
                               uint_type(),
                               double_type(),
                               string_type(),
                               bytes_type(),
                               timestamp_type(),
                               duration_type(),
                               type_type(),
                               ip_type(),
                               cidr_type(),
                               type_value(list_type(dyn_type())),
                               type_value(map_type(dyn_type(), dyn_type())),
                               type_value(optional_type(dyn_type()))};
  if (name == "google.protobuf.Timestamp") return timestamp_type();
  if (name == "google.protobuf.Duration") return duration_type();
  for (const Type* type : types) {
    if (type->name == name) return type;
  }
  return nullptr;
}

}  // namespace cel
