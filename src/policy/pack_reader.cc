// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_reader.h"

#include <fmt/format.h>

#include "policy/names.h"
#include "policy/side_by_side.h"

namespace simwarden {
namespace {

class DeclarationReader {
 public:
  DeclarationReader(PackDraft& draft, Issues& issues)
      : draft_(draft), reader_(draft.file, issues) {}

  void read() {
    const YamlNode& root = *draft_.root;
    reader_.keys(root, {"pack", "version", "asks", "title", "families",
                        "parameters", "patterns", "windows", "rules"});
    if (root.type != YamlNode::Type::mapping) return;
    read_head(root);
    read_families(root);
    draft_.parameters = read_parameters(reader_, root);
    for (const ParameterDraft& parameter : draft_.parameters) {
      draft_.pack.parameters.push_back(parameter.parameter);
    }
    draft_.patterns = read_patterns(reader_, root);
    for (const PatternDraft& pattern : draft_.patterns) {
      draft_.pack.patterns.push_back(pattern.set);
    }
    if (draft_.pack.asks == "request" && !draft_.patterns.empty()) {
      reader_.issues().add(draft_.file.issue(
          "P141", draft_.patterns.front().place,
          "requests have no text that patterns could look at", {},
          "ask for messages, or use matches() on a fact"));
    }
  }

 private:
  void read_head(const YamlNode& root) {
    Pack& pack = draft_.pack;
    pack.name = reader_.text(root, "pack");
    if (const YamlNode* name = root.find("pack")) {
      draft_.place = name->place;
      check_name(reader_, *name, '-');
      check_folder(*name);
    }
    constexpr char kForm[] = "MAJOR.MINOR.PATCH, such as 1.0.0";
    pack.version = reader_.text(root, "version", kForm);
    const YamlNode* version = root.find("version");
    if (version != nullptr && is_text(*version) && !is_version(pack.version)) {
      reader_.complain(*version, "P104",
                       fmt::format("{} is not a version", pack.version), {},
                       kForm);
    }
    pack.asks = kind_asked(root);
    pack.title = reader_.text(root, "title");
  }

  std::string kind_asked(const YamlNode& root) {
    const YamlNode* asks = root.find("asks");
    if (asks == nullptr || asks->type != YamlNode::Type::sequence) {
      return reader_.choice(root, "asks", {"request", "message"});
    }
    reader_.complain(*asks, "Y123", "asks is a list, a text is expected", {},
                     "a pack asks one kind of record, request or message: "
                     "write a pack for each");
    return {};
  }

  void check_folder(const YamlNode& name) {
    const std::string& path = draft_.pack.folder;
    const std::string base = path.substr(path.rfind('/') + 1);
    const bool unnamed = base.empty() || base == "." || base == "..";
    if (unnamed || base == name.scalar || name.scalar.empty()) return;
    reader_.complain(
        name, "P102",
        fmt::format("the pack {} stands in the folder {}", name.scalar, base),
        {}, "pack and folder have one name");
  }

  void read_families(const YamlNode& root) {
    if (!reader_.require(root, "families")) return;
    const YamlNode& families = *root.find("families");
    if (families.type != YamlNode::Type::mapping) {
      reader_.complain(families, "Y120", "families is not a mapping", {},
                       "name: title");
      return;
    }
    for (const YamlNode::Entry& entry : families.entries) {
      check_name(reader_, entry.key, '_');
      draft_.pack.families[entry.key.scalar] =
          localised_texts(reader_, families, entry.key.scalar);
    }
  }

  PackDraft& draft_;
  YamlReader reader_;
};

}  // namespace

bool PackDraft::could_be_read() const {
  return root && root->type == YamlNode::Type::mapping;
}

PackDraft read_declarations(SourceText file, const std::string& folder,
                            Issues& issues) {
  PackDraft draft{std::move(file), std::nullopt, {}, {}, {}, {}, {}};
  draft.pack.folder = folder;
  draft.root = salvage_yaml(draft.file, issues);
  if (draft.root) DeclarationReader(draft, issues).read();
  return draft;
}

void read_pack_windows(PackDraft& draft, const cel::Environment& facts,
                       uint32_t schema_slots, Issues& issues) {
  if (!draft.could_be_read()) return;
  YamlReader reader(draft.file, issues);
  const WindowContext context{&facts, schema_slots, draft.pack.asks};
  for (WindowDraft& made : read_windows(reader, *draft.root, context)) {
    draft.pack.windows.push_back(std::move(made.window));
    draft.windows.push_back(made.place);
  }
}

void read_rules(PackDraft& draft, const RuleContext& context, Issues& issues) {
  if (!draft.could_be_read()) return;
  YamlReader reader(draft.file, issues);
  if (!reader.require(*draft.root, "rules")) return;
  const YamlNode& rules = *draft.root->find("rules");
  if (rules.type != YamlNode::Type::sequence || rules.items.empty()) {
    reader.complain(rules, "P115", "a pack needs a list of rules");
    return;
  }
  RuleContext known = context;
  const YamlNode* families = draft.root->find("families");
  const bool declared =
      families != nullptr && families->type == YamlNode::Type::mapping;
  if (!declared) known.families = nullptr;
  draft.pack.rules.resize(rules.items.size());
  side_by_side(rules.items.size(), issues, [&](size_t i, Issues& said) {
    YamlReader own(draft.file, said);
    draft.pack.rules[i] = read_rule(own, rules.items[i], known);
  });
}

}  // namespace simwarden
