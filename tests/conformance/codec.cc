// SPDX-License-Identifier: Apache-2.0
#include "conformance/codec.h"

#include <cmath>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "cel/value/times.h"
#include "cel/value/typing.h"

namespace conformance {
namespace {

using cel::Tag;
using cel::Value;

using Values = std::vector<Value>;

std::optional<Values> read_all(const std::vector<const Tree*>& trees,
                               cel::Scratch& keep) {
  Values values;
  for (const Tree* tree : trees) {
    const auto value = tree ? read_value(*tree, keep) : std::nullopt;
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

std::optional<Value> read_map(const Tree& tree, cel::Scratch& keep) {
  std::vector<const Tree*> keys;
  std::vector<const Tree*> values;
  for (const Tree* entry : tree.all("entries")) {
    keys.push_back(entry->find("key"));
    values.push_back(entry->find("value"));
  }
  const auto read_keys = read_all(keys, keep);
  const auto read_values = read_all(values, keep);
  if (!read_keys || !read_values) return std::nullopt;
  return keep.make_map(*read_keys, *read_values);
}

int64_t number_of(const Tree& tree, std::string_view name) {
  return std::strtoll(tree.text_of(name).c_str(), nullptr, 10);
}

// google.protobuf.Any of the two messages that are CEL values themselves.
std::optional<Value> read_object(const Tree& tree) {
  const std::string url = "type.googleapis.com/google.protobuf.";
  const std::string json_url = tree.text_of("@type");
  const std::string json_text = tree.text_of("value");
  if (json_url == url + "Timestamp") return cel::read_timestamp(json_text);
  if (json_url == url + "Duration") return cel::read_duration(json_text);
  if (const Tree* time = tree.find("[" + url + "Timestamp]")) {
    return Value::of_timestamp(
        number_of(*time, "seconds"),
        static_cast<uint32_t>(number_of(*time, "nanos")));
  }
  if (const Tree* span = tree.find("[" + url + "Duration]")) {
    return Value::of_duration(number_of(*span, "seconds") *
                                  cel::kNanosPerSecond +
                              number_of(*span, "nanos"));
  }
  return std::nullopt;
}

std::optional<Value> read_named(const std::string& name, const Tree& tree,
                                cel::Scratch& keep) {
  const char* text = tree.text.c_str();
  if (name == "null_value") return Value();
  if (name == "bool_value") return Value::of_bool(tree.text == "true");
  if (name == "int64_value")
    return Value::of_int(std::strtoll(text, nullptr, 0));
  if (name == "uint64_value") {
    return Value::of_uint(std::strtoull(text, nullptr, 0));
  }
  if (name == "double_value")
    return Value::of_number(std::strtod(text, nullptr));
  if (name == "string_value") return keep.make_string(tree.text);
  if (name == "bytes_value") return keep.make_bytes(tree.text);
  if (name == "map_value") return read_map(tree, keep);
  if (name == "object_value") return read_object(tree);
  if (name == "list_value") {
    const auto items = read_all(tree.all("values"), keep);
    return items ? std::optional(keep.make_list(*items)) : std::nullopt;
  }
  if (name == "type_value") {
    const cel::Type* named = cel::type_named(tree.text);
    return named ? std::optional(Value::of_type(named)) : std::nullopt;
  }
  return std::nullopt;
}

const cel::Type* read_primitive(const std::string& name) {
  if (name == "BOOL") return cel::bool_type();
  if (name == "INT64") return cel::int_type();
  if (name == "UINT64") return cel::uint_type();
  if (name == "DOUBLE") return cel::double_type();
  if (name == "STRING") return cel::string_type();
  return name == "BYTES" ? cel::bytes_type() : nullptr;
}

// The two messages that are types of CEL.
const cel::Type* read_time_type(const std::string& name) {
  if (name == "TIMESTAMP" || name == "google.protobuf.Timestamp") {
    return cel::timestamp_type();
  }
  const bool duration =
      name == "DURATION" || name == "google.protobuf.Duration";
  return duration ? cel::duration_type() : nullptr;
}

const cel::Type* part(const Tree& tree, std::string_view name) {
  const Tree* inner = tree.find(name);
  return inner ? read_type(*inner) : cel::dyn_type();
}

const cel::Type* read_abstract(const Tree& tree) {
  std::vector<const cel::Type*> parts;
  for (const Tree* parameter : tree.all("parameter_types")) {
    parts.push_back(read_type(*parameter));
    if (!parts.back()) return nullptr;
  }
  const std::string name = tree.text_of("name");
  if (name == "optional_type" && parts.size() == 1) {
    return cel::optional_type(parts[0]);
  }
  return cel::opaque_type(name, std::move(parts));
}

bool same_lists(std::span<const Value> a, std::span<const Value> b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

bool same_maps(const cel::Map& a, const cel::Map& b) {
  if (a.size != b.size) return false;
  for (uint32_t i = 0; i < a.size; ++i) {
    uint32_t other = 0;
    while (other < b.size && !same(a.keys[i], b.keys[other])) ++other;
    if (other == b.size || !same(a.values[i], b.values[other])) return false;
  }
  return true;
}

}  // namespace

std::optional<Value> read_value(const Tree& tree, cel::Scratch& keep) {
  if (tree.fields.size() != 1) return std::nullopt;
  return read_named(tree.fields[0].name, tree.fields[0].value, keep);
}

const cel::Type* read_type(const Tree& tree) {
  if (tree.fields.size() != 1) return nullptr;
  const auto& [name, inner] = tree.fields[0];
  if (name == "primitive") return read_primitive(inner.text);
  if (name == "dyn") return cel::dyn_type();
  if (name == "null") return cel::null_type();
  if (name == "type_param") return cel::parameter_type(inner.text);
  if (name == "abstract_type") return read_abstract(inner);
  if (name == "type") return cel::type_type();
  if (name == "well_known" || name == "message_type") {
    return read_time_type(inner.text);
  }
  if (name == "list_type") {
    const cel::Type* element = part(inner, "elem_type");
    return element ? cel::list_type(element) : nullptr;
  }
  if (name == "map_type") {
    const cel::Type* key = part(inner, "key_type");
    const cel::Type* value = part(inner, "value_type");
    return key && value ? cel::map_type(key, value) : nullptr;
  }
  return nullptr;
}

std::string type_text(const cel::Type* type) {
  std::string text = type->name;
  for (size_t at; (at = text.find("null_type")) != std::string::npos;) {
    text.replace(at, 9, "null");
  }
  return text;
}

bool same(const Value& a, const Value& b) {
  if (a.tag() != b.tag()) return false;
  switch (a.tag()) {
    case Tag::null: return true;
    case Tag::boolean: return a.as_bool() == b.as_bool();
    case Tag::integer: return a.as_int() == b.as_int();
    case Tag::uinteger: return a.as_uint() == b.as_uint();
    case Tag::number:
      return a.as_number() == b.as_number() ||
             (std::isnan(a.as_number()) && std::isnan(b.as_number()));
    case Tag::string:
    case Tag::bytes: return a.as_string() == b.as_string();
    case Tag::list: return same_lists(a.as_list(), b.as_list());
    case Tag::map: return same_maps(a.as_map(), b.as_map());
    default: return to_text(a) == to_text(b);
  }
}

}  // namespace conformance
