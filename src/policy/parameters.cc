// SPDX-License-Identifier: Apache-2.0
#include "policy/parameters.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "notation/plain_scalar.h"
#include "policy/names.h"
#include "policy/parameter_range.h"

namespace simwarden {
namespace {

const std::vector<std::string>& types() {
  static const std::vector<std::string> kTypes = {"bool", "int", "double",
                                                  "string", "list(string)"};
  return kTypes;
}

bool is_plain(const YamlNode& node, PlainKind kind) {
  return node.type == YamlNode::Type::scalar && !node.quoted &&
         plain_kind(node.scalar) == kind;
}

std::optional<int64_t> integer_of(const YamlNode& node) {
  if (!is_plain(node, PlainKind::integer)) return std::nullopt;
  std::string_view digits = node.scalar;
  const int base = digits.starts_with("0x")   ? 16
                   : digits.starts_with("0o") ? 8
                                              : 10;
  if (base != 10) digits.remove_prefix(2);
  if (digits[0] == '+') digits.remove_prefix(1);
  int64_t value = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(),
                                   value, base);
  if (end.ec != std::errc() || end.ptr != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return value;
}

std::optional<ParameterValue> value_of(const YamlNode& node,
                                       std::string_view type) {
  if (type == "bool" && is_plain(node, PlainKind::boolean)) {
    return ParameterValue((node.scalar[0] | 0x20) == 't');
  }
  if (type == "int") {
    if (const auto integer = integer_of(node)) return ParameterValue(*integer);
  }
  if (type == "double" && (is_plain(node, PlainKind::integer) ||
                           is_plain(node, PlainKind::number))) {
    return ParameterValue(plain_number(node.scalar));
  }
  if (type == "string" && is_text(node)) return ParameterValue(node.scalar);
  if (type == "list(string)" && node.type == YamlNode::Type::sequence) {
    std::vector<std::string> texts;
    for (const YamlNode& item : node.items) {
      if (!is_text(item)) return std::nullopt;
      texts.push_back(item.scalar);
    }
    return ParameterValue(std::move(texts));
  }
  return std::nullopt;
}

std::string_view example_of(std::string_view type) {
  if (type == "bool") return "true or false";
  if (type == "int") return "a whole number such as 3";
  if (type == "double") return "a number such as 2.5";
  if (type == "string") return "a text; in quotes when it looks like a number";
  return "a list of texts: [one, two]";
}

ParameterDraft read_parameter(YamlReader& reader,
                              const YamlNode::Entry& entry) {
  ParameterDraft draft;
  draft.place = entry.key.place;
  draft.parameter.name = entry.key.scalar;
  check_name(reader, entry.key, '_');
  const YamlNode& node = entry.value;
  reader.keys(node, {"type", "default", "choices", "least", "most", "doc",
                     "source", "confidence", "lint"});
  if (node.type != YamlNode::Type::mapping) return draft;
  Parameter& made = draft.parameter;
  made.type = reader.choice(node, "type", types());
  made.range = read_range(reader, node, made.type);
  made.doc = reader.text(node, "doc");
  made.source = reader.optional_text(node, "source").value_or("");
  made.confidence = reader.choice(node, "confidence", confidences(), "default");
  check_excuses(reader, node);
  if (reader.require(node, "default") && parameter_type(made.type)) {
    const YamlNode& written = *node.find("default");
    draft.value_at = written.place;
    auto value = read_value_of(reader, written, made);
    if (value) made.value = std::move(*value);
  }
  return draft;
}

}  // namespace

const cel::Type* parameter_type(std::string_view name) {
  if (name == "bool") return cel::bool_type();
  if (name == "int") return cel::int_type();
  if (name == "double") return cel::double_type();
  if (name == "string") return cel::string_type();
  if (name == "list(string)") return cel::list_type(cel::string_type());
  return nullptr;
}

std::optional<ParameterValue> read_parameter_value(YamlReader& reader,
                                                   const YamlNode& node,
                                                   std::string_view type) {
  if (parameter_type(type) == nullptr) return std::nullopt;
  auto value = value_of(node, type);
  if (!value) {
    reader.complain(node, "P150", fmt::format("not a value of type {}", type),
                    {}, std::string(example_of(type)));
  }
  return value;
}

std::optional<ParameterValue> read_value_of(YamlReader& reader,
                                            const YamlNode& node,
                                            const Parameter& parameter) {
  auto value = read_parameter_value(reader, node, parameter.type);
  if (value && check_range(reader, node, parameter, *value)) return value;
  return std::nullopt;
}

std::vector<ParameterDraft> read_parameters(YamlReader& reader,
                                            const YamlNode& pack) {
  const YamlNode* node = pack.find("parameters");
  if (node == nullptr) return {};
  std::vector<ParameterDraft> drafts;
  if (node->type != YamlNode::Type::mapping) {
    reader.complain(*node, "Y120", "parameters is not a mapping", {},
                    "name: {type: int, default: 2, doc: …}");
    return drafts;
  }
  for (const YamlNode::Entry& entry : node->entries) {
    drafts.push_back(read_parameter(reader, entry));
  }
  return drafts;
}

cel::Value to_cel(const ParameterValue& value, cel::Scratch& scratch) {
  if (const auto* b = std::get_if<bool>(&value)) return cel::Value::of_bool(*b);
  if (const auto* i = std::get_if<int64_t>(&value)) {
    return cel::Value::of_int(*i);
  }
  if (const auto* d = std::get_if<double>(&value)) {
    return cel::Value::of_number(*d);
  }
  if (const auto* s = std::get_if<std::string>(&value)) {
    return cel::Value::of_string(*s);
  }
  const auto& texts = *std::get_if<std::vector<std::string>>(&value);
  const std::span<cel::Value> items = scratch.values(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    items[i] = cel::Value::of_string(texts[i]);
  }
  return scratch.make_list(items);
}

}  // namespace simwarden
