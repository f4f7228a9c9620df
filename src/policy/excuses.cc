// SPDX-License-Identifier: Apache-2.0
#include "policy/excuses.h"

#include <fmt/format.h>

#include "policy/names.h"

namespace simwarden {
namespace {

class ExcuseReader {
 public:
  ExcuseReader(YamlReader& reader, const Pack* pack)
      : reader_(reader), checks_names_(pack != nullptr) {
    if (!checks_names_) return;
    for (const Rule& rule : pack->rules) known_.push_back(rule.id);
    for (const PatternSet& set : pack->patterns) {
      known_.push_back("patterns." + set.name);
    }
  }

  Excuse read(const YamlNode& node) {
    Excuse made{};
    made.place = node.place;
    const bool good = reader_.keys(node, {"rule", "mutant", "branch", "why"});
    if (!good && node.type != YamlNode::Type::mapping) return made;
    made.of = reader_.text(node, "rule");
    if (const YamlNode* rule = node.find("rule")) check_known(*rule);
    made.why = reader_.text(node, "why");
    const YamlNode* why = node.find("why");
    if (why != nullptr && is_text(*why)) check_said(reader_, *why, "why");
    const YamlNode* mutant = node.find("mutant");
    const YamlNode* branch = node.find("branch");
    if ((mutant == nullptr) == (branch == nullptr)) {
      reader_.complain(node, "P187",
                       "an excuse is for a mutant or for a branch", {},
                       "copy what policy test prints");
      return made;
    }
    made.branch = branch != nullptr;
    made.what = reader_.text(node, made.branch ? "branch" : "mutant");
    made.place = (made.branch ? branch : mutant)->place;
    return made;
  }

 private:
  void check_known(const YamlNode& rule) {
    if (!checks_names_ || !is_text(rule)) return;
    for (const std::string& name : known_) {
      if (name == rule.scalar) return;
    }
    reader_.complain(
        rule, "P186",
        fmt::format("the pack has no rule or pattern set {}", rule.scalar), {},
        did_you_mean(rule.scalar, known_, reader_.issues()));
  }

  YamlReader& reader_;
  bool checks_names_;
  std::vector<std::string> known_;
};

}  // namespace

std::vector<Excuse> read_excuses(YamlReader& reader, const YamlNode& root,
                                 const Pack* pack) {
  std::vector<Excuse> excuses;
  const YamlNode* list = root.find("survivors");
  if (list == nullptr) return excuses;
  if (list->type != YamlNode::Type::sequence) {
    reader.complain(*list, "Y126", "survivors is not a list");
    return excuses;
  }
  ExcuseReader of(reader, pack);
  for (const YamlNode& item : list->items) excuses.push_back(of.read(item));
  return excuses;
}

}  // namespace simwarden
