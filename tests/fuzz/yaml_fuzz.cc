// SPDX-License-Identifier: Apache-2.0
// Any bytes as YAML. What was accepted is without issues, every byte of a
// scalar has its place in the file, and the tree can be written as JSON.
#include "fuzz/input.h"
#include "notation/json_text.h"
#include "notation/yaml.h"

using namespace simwarden;

namespace {

void check_places(const YamlNode& node, const SourceText& file) {
  if (node.type == YamlNode::Type::scalar) {
    CHECK(node.offsets.size() == node.scalar.size() + 1, "one more: the end");
  }
  for (size_t i = 0; i < node.offsets.size(); ++i) {
    CHECK(node.offsets[i] <= file.text().size(), "inside the file");
    CHECK(i == 0 || node.offsets[i - 1] <= node.offsets[i], "in order");
  }
  for (const YamlNode& item : node.items) check_places(item, file);
  for (const YamlNode::Entry& entry : node.entries) {
    check_places(entry.key, file);
    check_places(entry.value, file);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const SourceText file("fuzz.yaml", std::string(fuzz::as_text(data, size)));
  Issues issues;
  const auto tree = parse_yaml(file, issues);
  CHECK(tree.has_value() != issues.has_errors(), "a tree or a reason");
  Issues more;
  const auto salvaged = salvage_yaml(file, more);
  CHECK(render(issues) == render(more), "salvaging sees the same mistakes");
  if (salvaged) check_places(*salvaged, file);
  if (tree) {
    CHECK(to_json(*tree) == to_json(*salvaged), "the same tree");
  }
  return 0;
}
