// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "cel/value/environment.h"
#include "cel/value/typing.h"
#include "diag/check.h"

// Types are interned so that equal types are equal pointers. The table only
// grows, and only while a schema is being built or an expression compiled: a
// compiled expression nests types at most as deep as itself.
namespace cel {
namespace {

// map(T, T) of map(T, T) of … names itself without end: what is bigger than
// any type that a person would write is dyn, and checked at run time.
constexpr size_t kTypeNameBytesMax = 512;

const Type* bounded(const Type* part) {
  return part->name.size() > kTypeNameBytesMax ? dyn_type() : part;
}

class TypeTable {
 public:
  const Type* intern(Type type) {
    const std::lock_guard lock(mutex_);
    auto& held = types_[type.name];
    if (!held) held = std::make_unique<const Type>(std::move(type));
    return held.get();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<const Type>> types_;
};

TypeTable& table() {
  static TypeTable types;
  return types;
}

const Type* simple(TypeKind kind, const char* name) {
  return table().intern({kind, name, nullptr, nullptr, {}});
}

bool same_fields(const std::vector<TypeField>& a,
                 const std::vector<TypeField>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const TypeField& x, const TypeField& y) {
                      return x.name == y.name && x.type == y.type;
                    });
}

}  // namespace

#define SIMPLE_TYPE(function, kind, name)                         \
  const Type* function() {                                        \
    static const Type* const type = simple(TypeKind::kind, name); \
    return type;                                                  \
  }
SIMPLE_TYPE(dyn_type, dyn, "dyn")
SIMPLE_TYPE(null_type, null, "null_type")
SIMPLE_TYPE(bool_type, boolean, "bool")
SIMPLE_TYPE(int_type, integer, "int")
SIMPLE_TYPE(uint_type, uinteger, "uint")
SIMPLE_TYPE(double_type, number, "double")
SIMPLE_TYPE(string_type, string, "string")
SIMPLE_TYPE(bytes_type, bytes, "bytes")
SIMPLE_TYPE(timestamp_type, timestamp, "timestamp")
SIMPLE_TYPE(duration_type, duration, "duration")
SIMPLE_TYPE(type_type, type, "type")
SIMPLE_TYPE(ip_type, ip, "net.IP")
SIMPLE_TYPE(cidr_type, cidr, "net.CIDR")
SIMPLE_TYPE(free_type, dyn, "_")
SIMPLE_TYPE(bare_list_type, list, "list")
SIMPLE_TYPE(bare_map_type, map, "map")
SIMPLE_TYPE(bare_optional_type, optional, "optional_type")
#undef SIMPLE_TYPE

const Type* list_type(const Type* element) {
  element = bounded(element);
  return table().intern({TypeKind::list,
                         fmt::format("list({})", element->name),
                         element,
                         nullptr,
                         {},
                         {element}});
}

const Type* map_type(const Type* key, const Type* value) {
  key = bounded(key);
  value = bounded(value);
  return table().intern({TypeKind::map,
                         fmt::format("map({}, {})", key->name, value->name),
                         value,
                         key,
                         {},
                         {key, value}});
}

const Type* optional_type(const Type* element) {
  element = bounded(element);
  return table().intern({TypeKind::optional,
                         fmt::format("optional_type({})", element->name),
                         element,
                         nullptr,
                         {},
                         {element}});
}

const Type* type_type_of(const Type* named) {
  named = bounded(named);
  return table().intern({TypeKind::type,
                         fmt::format("type({})", named->name),
                         nullptr,
                         nullptr,
                         {},
                         {named}});
}

const Type* opaque_type(std::string_view name, std::vector<const Type*> parts) {
  for (const Type*& part : parts) part = bounded(part);
  std::vector<std::string_view> names;
  names.reserve(parts.size());
  for (const Type* part : parts) names.push_back(part->name);
  const std::string whole =
      parts.empty() ? std::string(name)
                    : fmt::format("{}({})", name, fmt::join(names, ", "));
  return table().intern(
      {TypeKind::opaque, whole, nullptr, nullptr, {}, std::move(parts)});
}

const Type* parameter_type(std::string name) {
  return table().intern(
      {TypeKind::parameter, std::move(name), nullptr, nullptr, {}});
}

const Type* type_value(const Type* type) {
  if (type->kind == TypeKind::list) return bare_list_type();
  if (type->kind == TypeKind::map) return bare_map_type();
  if (type->kind == TypeKind::optional) return bare_optional_type();
  return type;
}

const Type* object_type(std::string name,
                        const std::vector<TypeField>& fields) {
  const Type* type = table().intern(
      {TypeKind::object, std::move(name), nullptr, nullptr, fields});
  CHECK(type->kind == TypeKind::object && same_fields(type->fields, fields),
        "an object type has one meaning in a process");
  return type;
}

}  // namespace cel
