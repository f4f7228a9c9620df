// SPDX-License-Identifier: Apache-2.0
#include "guide/advice.h"

#include <algorithm>

#include <fmt/format.h>

#include "notation/yaml.h"
#include "policy/folders.h"
#include "policy/names.h"

namespace simwarden {
namespace {

constexpr char kAdviceFile[] = "advice.yaml";

void check_family(YamlReader& reader, const YamlNode& key, const Pack& pack) {
  if (pack.families.contains(key.scalar)) return;
  std::vector<std::string> names;
  for (const auto& entry : pack.families) names.push_back(entry.first);
  reader.complain(
      key, "G101",
      fmt::format("the pack {} has no family {}", pack.name, key.scalar), {},
      did_you_mean(key.scalar, names));
}

Advice read_advice(YamlReader& reader, const YamlNode& root, const Pack& pack) {
  Advice advice;
  if (root.type != YamlNode::Type::mapping) {
    reader.keys(root, {});
    return advice;
  }
  for (const YamlNode::Entry& entry : root.entries) {
    check_family(reader, entry.key, pack);
    advice[entry.key.scalar] = localised_texts(reader, root, entry.key.scalar);
  }
  return advice;
}

}  // namespace

Result<Advice> load_advice(const PolicyFiles& files, const Pack& pack,
                           Issues& issues) {
  const auto names = files.list(pack.folder);
  if (!names) return names.error();
  if (std::find(names->begin(), names->end(), kAdviceFile) == names->end()) {
    return Advice{};
  }
  const std::string path = join_path(pack.folder, kAdviceFile);
  auto text = files.read(path);
  if (!text) return text.error();
  const SourceText file(path, std::move(*text));
  const auto root = salvage_yaml(file, issues);
  if (!root) return Advice{};
  YamlReader reader(file, issues);
  return read_advice(reader, *root, pack);
}

}  // namespace simwarden
