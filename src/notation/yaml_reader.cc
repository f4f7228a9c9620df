// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diag/ascii.h"
#include "notation/plain_scalar.h"
#include "notation/yaml.h"

namespace simwarden {
namespace {

// The 5 of {default: 1,5}.
bool is_behind_comma(const YamlNode::Entry& entry) {
  const std::string& key = entry.key.scalar;
  return entry.value.type == YamlNode::Type::null && !key.empty() &&
         std::all_of(key.begin(), key.end(), is_digit);
}

std::string_view what_is(const YamlNode& node) {
  switch (node.type) {
    case YamlNode::Type::null: return "nothing";
    case YamlNode::Type::sequence: return "a list";
    case YamlNode::Type::mapping: return "a mapping";
    case YamlNode::Type::scalar: break;
  }
  if (node.quoted) return "a text";
  switch (plain_kind(node.scalar)) {
    case PlainKind::null: return "nothing";
    case PlainKind::boolean: return "a bool";
    case PlainKind::integer:
    case PlainKind::number: return "a number";
    case PlainKind::text: break;
  }
  return "a text";
}

std::string help_with(std::string_view word,
                      const std::vector<std::string>& known) {
  std::string help = did_you_mean(word, known);
  if (help.empty()) {
    help = fmt::format("known here: {}", fmt::join(known, ", "));
  }
  return help;
}

// "Branch #0977" is "Branch" and a comment.
void check_end(YamlReader& reader, const YamlNode& text) {
  if (text.quoted || text.scalar.empty() || text.offsets.empty()) return;
  const std::string_view file = reader.file().text();
  const size_t last = text.offsets.size() > text.scalar.size()
                          ? text.offsets[text.scalar.size() - 1]
                          : text.offsets.back();
  const size_t sign = file.find_first_not_of(' ', last + 1);
  if (sign == std::string_view::npos || sign + 1 >= file.size()) return;
  const char next = file[sign + 1];
  const bool goes_on = is_ascii_letter(next) || is_digit(next) || next == '{';
  if (file[sign] != '#' || !goes_on) return;
  reader.issues().add(
      reader.file().issue("Y116", reader.file().place_at(sign),
                          "the text ends here: # begins a comment", {},
                          "write the whole text in quotes; before a comment, "
                          "a blank behind the #"));
}

}  // namespace

bool is_text(const YamlNode& node) {
  return node.type == YamlNode::Type::scalar &&
         (node.quoted || plain_kind(node.scalar) == PlainKind::text);
}

void YamlReader::complain(const YamlNode& at, std::string code,
                          std::string message, std::string label,
                          std::string help) {
  issues_.add(file_.issue(std::move(code), at.place, std::move(message),
                          std::move(label), std::move(help)));
}

bool YamlReader::keys(const YamlNode& node,
                      const std::vector<std::string>& known,
                      const Elsewhere& elsewhere) {
  if (node.type != YamlNode::Type::mapping) {
    complain(node, "Y120",
             fmt::format("a mapping is expected, not {}", what_is(node)), {},
             fmt::format("keys known here: {}", fmt::join(known, ", ")));
    return false;
  }
  const auto is_one_of = [](const auto& keys, const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  bool good = true;
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string& key = entry.key.scalar;
    if (is_one_of(known, key)) continue;
    good = false;
    std::string help = help_with(key, known);
    if (is_one_of(elsewhere.keys, key)) help = elsewhere.help;
    if (is_behind_comma(entry)) help = "a number has a point, as in 1.5";
    complain(entry.key, "Y121", fmt::format("unknown key {}", key), {},
             std::move(help));
  }
  return good;
}

bool YamlReader::accept_text(const YamlNode& value, std::string_view name,
                             std::string_view form) {
  if (is_text(value)) {
    check_end(*this, value);
    return true;
  }
  if (value.type != YamlNode::Type::scalar) {
    complain(value, "Y123",
             fmt::format("{} is {}, a text is expected", name, what_is(value)),
             {}, std::string(form));
  } else {
    complain(value, "Y124",
             fmt::format("{} is {}, a text is expected", name, what_is(value)),
             {},
             form.empty() ? fmt::format("write '{}' in quotes", value.scalar)
                          : std::string(form));
  }
  return false;
}

std::optional<std::string> YamlReader::optional_text(const YamlNode& node,
                                                     std::string_view key,
                                                     std::string_view form) {
  const YamlNode* value = node.find(key);
  if (value == nullptr || !accept_text(*value, key, form)) return std::nullopt;
  return value->scalar;
}

std::string YamlReader::text(const YamlNode& node, std::string_view key,
                             std::string_view form) {
  if (!require(node, key)) return {};
  return optional_text(node, key, form).value_or("");
}

bool YamlReader::require(const YamlNode& node, std::string_view key) {
  if (node.type != YamlNode::Type::mapping) return false;
  if (node.find(key) != nullptr) return true;
  complain(node, "Y122", fmt::format("the key {} is missing", key));
  return false;
}

std::optional<double> YamlReader::optional_number(const YamlNode& node,
                                                  std::string_view key) {
  const YamlNode* value = node.find(key);
  if (value == nullptr) return std::nullopt;
  if (value->type == YamlNode::Type::scalar && !value->quoted) {
    const PlainKind kind = plain_kind(value->scalar);
    if (kind == PlainKind::integer || kind == PlainKind::number) {
      return plain_number(value->scalar);
    }
  }
  complain(*value, "Y125",
           fmt::format("{} is {}, a number is expected", key, what_is(*value)));
  return std::nullopt;
}

std::vector<std::string> YamlReader::optional_texts(const YamlNode& node,
                                                    std::string_view key) {
  const YamlNode* value = node.find(key);
  if (value == nullptr) return {};
  if (value->type != YamlNode::Type::sequence) {
    complain(*value, "Y126",
             fmt::format("{} is {}, a list is expected", key, what_is(*value)),
             {}, fmt::format("{}: [one, two]", key));
    return {};
  }
  std::vector<std::string> texts;
  for (const YamlNode& item : value->items) {
    if (accept_text(item, fmt::format("an item of {}", key))) {
      texts.push_back(item.scalar);
    }
  }
  return texts;
}

std::string YamlReader::choice(const YamlNode& node, std::string_view key,
                               const std::vector<std::string>& allowed,
                               std::string_view otherwise) {
  const YamlNode* value = node.find(key);
  if (value == nullptr && !otherwise.empty()) return std::string(otherwise);
  const std::string among = fmt::format("one of {}", fmt::join(allowed, ", "));
  const std::string word = text(node, key, among);
  const bool good =
      value == nullptr || !is_text(*value) ||
      std::find(allowed.begin(), allowed.end(), word) != allowed.end();
  if (good) return word;
  std::string help = did_you_mean(word, allowed);
  if (!help.empty()) help += ' ';
  complain(*value, "Y127", fmt::format("{} cannot be {}", key, word), {},
           help + among);
  return std::string(otherwise);
}

}  // namespace simwarden
