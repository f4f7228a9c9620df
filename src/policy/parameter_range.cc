// SPDX-License-Identifier: Apache-2.0
#include "policy/parameter_range.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace simwarden {
namespace {

bool is_number_type(std::string_view type) {
  return type == "int" || type == "double";
}
bool is_text_type(std::string_view type) {
  return type == "string" || type == "list(string)";
}

void refuse_for_type(YamlReader& reader, const YamlNode& declared,
                     std::string_view key, std::string_view of) {
  const YamlNode* node = declared.find(key);
  if (node == nullptr) return;
  reader.complain(*node, "P206", fmt::format("{} is for {}", key, of), {},
                  "leave it out, or give the parameter another type");
}

bool complain(YamlReader& reader, const YamlNode& node,
              const Parameter& parameter, std::string_view value) {
  const ParameterRange& range = parameter.range;
  std::string help = did_you_mean(value, range.choices);
  if (!help.empty()) help += ' ';
  reader.complain(node, "P159",
                  fmt::format("{} cannot be {}", parameter.name, value), {},
                  help + range_text(range));
  return false;
}

bool has(const std::vector<std::string>& choices, const std::string& text) {
  return choices.empty() ||
         std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool is_within(const ParameterRange& range, double value) {
  return (!range.least || value >= *range.least) &&
         (!range.most || value <= *range.most);
}

}  // namespace

ParameterRange read_range(YamlReader& reader, const YamlNode& declared,
                          std::string_view type) {
  ParameterRange range;
  if (is_text_type(type)) {
    range.choices = reader.optional_texts(declared, "choices");
  } else {
    refuse_for_type(reader, declared, "choices", "a text or a list of texts");
  }
  if (!is_number_type(type)) {
    refuse_for_type(reader, declared, "least", "a number");
    refuse_for_type(reader, declared, "most", "a number");
    return range;
  }
  range.least = reader.optional_number(declared, "least");
  range.most = reader.optional_number(declared, "most");
  if (range.least && range.most && *range.least > *range.most) {
    reader.complain(*declared.find("least"), "P206",
                    "least is more than most: no value is left");
  }
  return range;
}

bool check_range(YamlReader& reader, const YamlNode& node,
                 const Parameter& parameter, const ParameterValue& value) {
  const ParameterRange& range = parameter.range;
  if (const auto* text = std::get_if<std::string>(&value)) {
    return has(range.choices, *text) ||
           complain(reader, node, parameter, *text);
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    bool good = true;
    for (size_t i = 0; i < texts->size(); ++i) {
      if (has(range.choices, (*texts)[i])) continue;
      good = complain(reader, node.items[i], parameter, (*texts)[i]);
    }
    return good;
  }
  const auto* whole = std::get_if<int64_t>(&value);
  const auto* number = std::get_if<double>(&value);
  if (whole == nullptr && number == nullptr) return true;
  return is_within(range, number ? *number : static_cast<double>(*whole)) ||
         complain(reader, node, parameter, node.scalar);
}

std::string range_text(const ParameterRange& range) {
  if (!range.choices.empty()) {
    return fmt::format("one of {}", fmt::join(range.choices, ", "));
  }
  if (range.least && range.most) {
    return fmt::format("from {} to {}", *range.least, *range.most);
  }
  if (range.least) return fmt::format("{} or more", *range.least);
  return range.most ? fmt::format("at most {}", *range.most) : "";
}

}  // namespace simwarden
