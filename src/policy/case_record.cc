// SPDX-License-Identifier: Apache-2.0
#include "policy/case_record.h"

#include <algorithm>

namespace simwarden {
namespace {

YamlNode::Entry* entry_of(YamlNode& mapping, std::string_view key) {
  for (YamlNode::Entry& entry : mapping.entries) {
    if (entry.key.scalar == key) return &entry;
  }
  return nullptr;
}

YamlNode::Entry& entry_made(YamlNode& mapping, std::string_view key) {
  mapping.type = YamlNode::Type::mapping;
  if (YamlNode::Entry* known = entry_of(mapping, key)) return *known;
  YamlNode::Entry made;
  made.key.type = YamlNode::Type::scalar;
  made.key.scalar = std::string(key);
  mapping.entries.push_back(std::move(made));
  return mapping.entries.back();
}

}  // namespace

bool is_too_deep(std::string_view name) {
  return std::count(name.begin(), name.end(), '.') >= kYamlDepthMax;
}

bool lay_over(YamlNode& record, std::string_view name, const YamlNode& value) {
  if (is_too_deep(name)) return false;
  YamlNode* at = &record;
  while (true) {
    const bool open =
        at->type == YamlNode::Type::mapping || at->type == YamlNode::Type::null;
    if (!open) return false;
    const size_t dot = name.find('.');
    at = &entry_made(*at, name.substr(0, dot)).value;
    if (dot == std::string_view::npos) break;
    name.remove_prefix(dot + 1);
  }
  *at = value;
  return true;
}

bool take_away(YamlNode& record, std::string_view name) {
  YamlNode* at = &record;
  while (true) {
    const size_t dot = name.find('.');
    YamlNode::Entry* entry = entry_of(*at, name.substr(0, dot));
    if (entry == nullptr) return false;
    if (dot == std::string_view::npos) {
      at->entries.erase(at->entries.begin() + (entry - at->entries.data()));
      return true;
    }
    at = &entry->value;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace simwarden
