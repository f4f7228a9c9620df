// SPDX-License-Identifier: Apache-2.0
#include "kept/kept_tree.h"

#include <algorithm>

#include "diag/check.h"
#include "facts/derived.h"

namespace simwarden {
namespace {

KeptNode& place_of(KeptNode& root, std::string_view name) {
  KeptNode* at = &root;
  while (!name.empty()) {
    const size_t dot = name.find('.');
    const std::string_view step = name.substr(0, dot);
    auto& children = at->children;
    auto found = std::find_if(children.begin(), children.end(),
                              [&](auto& child) { return child.name == step; });
    if (found == children.end()) {
      found = children.insert(children.end(), {.name = std::string(step)});
    }
    at = &*found;
    name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
  }
  return *at;
}

void put(KeptNode& root, std::string_view name, KeptNode::Is is, uint32_t id) {
  KeptNode& node = place_of(root, name);
  CHECK(node.is == KeptNode::Is::object && node.children.empty(),
        "no fact's name begins another's");
  node.is = is;
  node.id = id;
}

void add_members(KeptNode& group_node, const Group& row) {
  for (uint8_t m = 0; m < row.size; ++m) {
    const auto id = static_cast<FieldId>(row.first + m);
    const std::string_view name = field(id).name;
    group_node.children.push_back(
        {.name = std::string(name.substr(name.find("[].") + 3)),
         .is = KeptNode::Is::field,
         .id = id});
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as names have dots
void finish(KeptNode& node) {
  node.key = ",\"" + node.name + "\":";
  std::sort(node.children.begin(), node.children.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (KeptNode& child : node.children) finish(child);
}

KeptNode make(Kind kind) {
  KeptNode root;
  for (size_t i = 0; i < fields().size(); ++i) {
    const Field& row = fields()[i];
    if (row.kind != kind || row.group != kNoGroup) continue;
    put(root, row.name, KeptNode::Is::field, static_cast<uint32_t>(i));
  }
  for (size_t i = 0; i < groups().size(); ++i) {
    const Group& row = groups()[i];
    if (row.kind != kind) continue;
    put(root, row.name, KeptNode::Is::group, static_cast<uint32_t>(i));
    add_members(place_of(root, row.name), row);
  }
  size_t index = 0;
  for (const auto table : {derived_request_facts(), derived_message_facts()}) {
    for (const DerivedFact& row : table) {
      const uint32_t slot = kept_schema().derived_slot(index++);
      if (row.kind != kind || !row.is(kKept)) continue;
      put(root, row.name, KeptNode::Is::derived, slot);
    }
  }
  put(root, kKindKey, KeptNode::Is::kind, 0);
  put(root, kWindowsKey, KeptNode::Is::windows, 0);
  if (kind == Kind::message) {
    put(root, kPatternsKey, KeptNode::Is::patterns, 0);
  }
  finish(root);
  return root;
}

}  // namespace

const FactSchema& kept_schema() {
  static const FactSchema schema;
  return schema;
}

const KeptNode* KeptNode::child(std::string_view wanted) const {
  const auto found = std::lower_bound(
      children.begin(), children.end(), wanted,
      [](const KeptNode& node, std::string_view n) { return node.name < n; });
  return found != children.end() && found->name == wanted ? &*found : nullptr;
}

const KeptNode& kept_tree(Kind kind) {
  static const KeptNode trees[] = {make(Kind::request), make(Kind::message)};
  return trees[size_t(kind)];
}

}  // namespace simwarden
