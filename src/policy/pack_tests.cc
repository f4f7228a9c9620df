// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_tests.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "notation/json_text.h"
#include "notation/plain_scalar.h"
#include "notation/yaml.h"
#include "policy/case_record.h"
#include "policy/folders.h"
#include "policy/pack_reader.h"
#include "policy/parameters.h"
#include "policy/window_reader.h"

namespace simwarden {
namespace {

// What the cases of a pack prove about one rule.
struct Proof {
  bool hits = false;
  bool does_not = false;
};

class CaseReader {
 public:
  // `ruleset` null: the pack is not loaded, and nobody knows what it names.
  CaseReader(const SourceText& file, const Pack& pack, const Ruleset* ruleset,
             Issues& issues)
      : reader_(file, issues), pack_(pack), ruleset_(ruleset) {
    for (const Rule& rule : pack.rules) rule_ids_.push_back(rule.id);
  }

  std::vector<PackCase> read(const YamlNode& root) {
    reader_.keys(root, {"base", "cases", "survivors"});
    if (root.type != YamlNode::Type::mapping) return {};
    read_bases(root);
    std::vector<PackCase> cases;
    if (!reader_.require(root, "cases")) return cases;
    const YamlNode& list = *root.find("cases");
    if (list.type != YamlNode::Type::sequence) {
      reader_.complain(list, "Y126", "cases is not a list");
      return cases;
    }
    for (const YamlNode& item : list.items) {
      if (item.type == YamlNode::Type::mapping) {
        cases.push_back(read_case(item));
      } else {
        reader_.keys(item, {"name", "base", "expect"});
      }
    }
    return cases;
  }

  std::vector<Excuse> read_survivors(const YamlNode& root) {
    if (root.type != YamlNode::Type::mapping) return {};
    return read_excuses(reader_, root, ruleset_ ? &pack_ : nullptr);
  }

  const std::map<std::string, Proof>& proofs() const { return proofs_; }

 private:
  void read_bases(const YamlNode& root) {
    bases_ = root.find("base");
    if (bases_ == nullptr) return;
    if (bases_->type != YamlNode::Type::mapping) {
      reader_.complain(*bases_, "Y120", "base is not a mapping", {},
                       "name: {kind: request, …}");
      bases_ = nullptr;
      return;
    }
    for (const YamlNode::Entry& entry : bases_->entries) {
      look_for_lost_plus(entry.value);
      if (entry.value.type == YamlNode::Type::mapping) continue;
      reader_.complain(
          entry.value, "Y120",
          fmt::format("the base {} is not a mapping", entry.key.scalar));
    }
  }

  // +447700900123 is a number to YAML. No other one is written so.
  void look_for_lost_plus(const YamlNode& node) {
    constexpr size_t kDigitsMin = 7;
    std::vector<const YamlNode*> open = {&node};
    while (!open.empty()) {
      const YamlNode& at = *open.back();
      open.pop_back();
      for (const YamlNode& item : at.items) open.push_back(&item);
      for (const auto& entry : at.entries) open.push_back(&entry.value);
      const std::string& value = at.scalar;
      if (at.quoted || value.size() <= kDigitsMin || value[0] != '+') continue;
      if (plain_kind(value) != PlainKind::integer) continue;
      reader_.complain(at, "P199",
                       fmt::format("{} is a number without its +", value), {},
                       fmt::format("write '{}' in quotes", value));
    }
  }

  PackCase read_case(const YamlNode& node) {
    reader_.keys(node, {"name", "base", "with", "without", "text", "profile",
                        "earlier", "windows", "expect"});
    for (const char* key : {"with", "earlier"}) {
      if (const YamlNode* said = node.find(key)) look_for_lost_plus(*said);
    }
    PackCase made;
    made.file = reader_.file().name();
    made.place = node.place;
    made.name = reader_.text(node, "name");
    if (const YamlNode* name = node.find("name")) {
      made.place = name->place;
      if (!names_.insert(made.name).second) {
        reader_.complain(*name, "P179",
                         fmt::format("there is another case {}", made.name));
      }
    }
    made.recipe = recipe_of(node);
    made.record_json = to_json(made.recipe.record);
    read_profile(node, made);
    read_earlier(node, made);
    read_windows_of(node, made);
    if (reader_.require(node, "expect"))
      read_expect(*node.find("expect"), made);
    return made;
  }

  void read_profile(const YamlNode& node, PackCase& made) {
    made.profile = reader_.optional_text(node, "profile").value_or("generic");
    if (!ruleset_ || ruleset_->profile(made.profile) != nullptr) return;
    std::vector<std::string> names;
    for (const auto& entry : ruleset_->profiles) names.push_back(entry.first);
    const YamlNode* at = node.find("profile");
    reader_.complain(at == nullptr ? node : *at, "P175",
                     fmt::format("there is no profile {}", made.profile), {},
                     did_you_mean(made.profile, names, reader_.issues()));
  }

  // A record like the case's own, or like another base, but for what is said.
  void read_earlier(const YamlNode& node, PackCase& made) {
    const YamlNode* list = node.find("earlier");
    if (list == nullptr) return;
    if (list->type != YamlNode::Type::sequence) {
      reader_.complain(*list, "Y126", "earlier is not a list", {},
                       "- {with: {created_at: …}, times: 5}");
      return;
    }
    for (const YamlNode& item : list->items) {
      reader_.keys(item, {"base", "with", "without", "text", "times"});
      if (item.type != YamlNode::Type::mapping) continue;
      const double times = reader_.optional_number(item, "times").value_or(1);
      const double left = double(kEarlierRecordsMax - made.earlier.size());
      if (times < 1 || times > left || times != double(int64_t(times))) {
        reader_.complain(item, "P189",
                         fmt::format("times is a whole number, and a case has "
                                     "at most {} earlier records",
                                     kEarlierRecordsMax));
        continue;
      }
      const bool other = item.find("base") != nullptr;
      const std::string json =
          to_json(record_of(item, other ? nullptr : &made.recipe.record));
      made.earlier.insert(made.earlier.end(), size_t(times), json);
    }
  }

  void read_windows_of(const YamlNode& node, PackCase& made) {
    const YamlNode* given = node.find("windows");
    if (given == nullptr) return;
    if (given->type != YamlNode::Type::mapping) {
      reader_.complain(*given, "Y120", "windows is not a mapping", {},
                       "agent_swaps_1h: 6");
      return;
    }
    if (!ruleset_) return;
    for (const YamlNode::Entry& entry : given->entries) {
      const auto value = window_value(entry);
      if (value) made.windows.emplace(entry.key.scalar, *value);
    }
  }

  std::optional<ParameterValue> window_value(const YamlNode::Entry& entry) {
    std::vector<std::string> names;
    for (const DeclaredWindow& window : pack_.windows) {
      names.push_back(window.name);
      if (window.name != entry.key.scalar) continue;
      const WindowKind kind = window.window.kind;
      if (kind != WindowKind::since) {
        const bool part = kind == WindowKind::share;
        return read_parameter_value(reader_, entry.value,
                                    part ? "double" : "int");
      }
      const auto span = span_of(entry.value.scalar, window.window.span);
      if (span) return ParameterValue(*span);
      reader_.complain(entry.value, "P202",
                       fmt::format("{} is not a span up to {}",
                                   entry.value.scalar, window.over));
      return std::nullopt;
    }
    reader_.complain(entry.key, "P188",
                     fmt::format("the pack {} has no window {}", pack_.name,
                                 entry.key.scalar),
                     {},
                     did_you_mean(entry.key.scalar, names, reader_.issues()));
    return std::nullopt;
  }

  CaseRecipe recipe_of(const YamlNode& node) {
    CaseRecipe recipe;
    recipe.record = record_of(node);
    const auto scalar = [&](const char* key) {
      const YamlNode* found = node.find(key);
      return found && found->type == YamlNode::Type::scalar
                 ? std::optional(found->scalar)
                 : std::nullopt;
    };
    recipe.base = scalar("base");
    recipe.text = scalar("text");
    if (const YamlNode* with = node.find("with")) recipe.with = with->entries;
    if (const YamlNode* figures = node.find("windows")) {
      recipe.windows = figures->entries;
    }
    if (const YamlNode* without = node.find("without")) {
      for (const YamlNode& name : without->items) {
        recipe.without.push_back(name.scalar);
      }
    }
    return recipe;
  }

  YamlNode record_of(const YamlNode& node, const YamlNode* like = nullptr) {
    YamlNode record;
    record.type = YamlNode::Type::mapping;
    if (like != nullptr) record = *like;
    if (const YamlNode* base = base_of(node)) record = *base;
    if (const YamlNode* text = node.find("text")) {
      if (reader_.accept_text(*text, "text")) lay_over(record, "text", *text);
    }
    if (const YamlNode* with = node.find("with")) lay_all(record, *with);
    if (const YamlNode* without = node.find("without")) {
      reader_.optional_texts(node, "without");
      for (const YamlNode& name : without->items) {
        if (!is_text(name) || take_away(record, name.scalar)) continue;
        reader_.complain(name, "P176",
                         fmt::format("the record has no {}", name.scalar));
      }
    }
    if (record.find("kind") == nullptr) add_kind(record);
    return record;
  }

  const YamlNode* base_of(const YamlNode& node) {
    const auto name = reader_.optional_text(node, "base");
    if (!name) return nullptr;
    const YamlNode* base = bases_ == nullptr ? nullptr : bases_->find(*name);
    if (base != nullptr) {
      return base->type == YamlNode::Type::mapping ? base : nullptr;
    }
    std::vector<std::string> names;
    if (bases_ != nullptr) {
      for (const auto& entry : bases_->entries) {
        names.push_back(entry.key.scalar);
      }
    }
    reader_.complain(*node.find("base"), "P174",
                     fmt::format("there is no base {}", *name), {},
                     did_you_mean(*name, names, reader_.issues()));
    return nullptr;
  }

  void lay_all(YamlNode& record, const YamlNode& with) {
    if (with.type != YamlNode::Type::mapping) {
      reader_.complain(with, "Y120", "with is not a mapping", {},
                       "channel.type: dealer");
      return;
    }
    for (const YamlNode::Entry& entry : with.entries) {
      const std::string& name = entry.key.scalar;
      if (lay_over(record, name, entry.value)) continue;
      reader_.complain(
          entry.key, "P176",
          is_too_deep(name)
              ? fmt::format("nested deeper than {}", kYamlDepthMax)
              : fmt::format("a part of {} is a value already", name));
    }
  }

  // Packs ask for one kind, so a case need not say it.
  void add_kind(YamlNode& record) const {
    YamlNode::Entry kind;
    kind.key.type = YamlNode::Type::scalar;
    kind.key.scalar = "kind";
    kind.value = kind.key;
    kind.value.scalar = pack_.asks;
    record.entries.insert(record.entries.begin(), std::move(kind));
  }

  void read_expect(const YamlNode& node, PackCase& made) {
    if (!reader_.keys(
            node, {"action", "hit", "clear", "not_applicable", "undetermined",
                   "failed", "not_recorded", "invalid", "only"}) &&
        node.type != YamlNode::Type::mapping) {
      return;
    }
    if (node.entries.empty()) {
      reader_.complain(node, "P177",
                       "a case that expects nothing proves nothing");
    }
    if (node.find("action") != nullptr) {
      const std::string action =
          reader_.choice(node, "action", {"pass", "review", "hold", "refuse"});
      if (!action.empty()) made.action = action;
    }
    made.hit = rules(node, "hit");
    made.clear = rules(node, "clear");
    made.not_applicable = rules(node, "not_applicable");
    made.undetermined = rules(node, "undetermined");
    made.failed = rules(node, "failed");
    made.not_recorded = reader_.optional_texts(node, "not_recorded");
    made.invalid = reader_.optional_texts(node, "invalid");
    if (node.find("only") != nullptr) made.only = rules(node, "only");
    check_contradictions(node, made);
    note_proofs(made);
  }

  // Texts of a list that must be ids of the pack's rules.
  std::vector<std::string> rules(const YamlNode& node, std::string_view key) {
    std::vector<std::string> ids = reader_.optional_texts(node, key);
    const YamlNode* list = node.find(key);
    if (list == nullptr || !ruleset_) return ids;
    for (const YamlNode& item : list->items) {
      if (!is_text(item)) continue;
      const bool known = std::find(rule_ids_.begin(), rule_ids_.end(),
                                   item.scalar) != rule_ids_.end();
      if (known) {
        check_not_retired(item);
        continue;
      }
      reader_.complain(
          item, "P171",
          fmt::format("the pack {} has no rule {}", pack_.name, item.scalar),
          {}, did_you_mean(item.scalar, rule_ids_, reader_.issues()));
    }
    return ids;
  }

  // A retired rule is asked of no record.
  void check_not_retired(const YamlNode& item) {
    for (const Rule& rule : pack_.rules) {
      if (rule.id != item.scalar || rule.status != RuleStatus::retired) {
        continue;
      }
      reader_.complain(
          item, "P171", fmt::format("{} is retired: no case asks it", rule.id),
          fmt::format("{}/pack.yaml:{}", pack_.folder, rule.place.line),
          "take it out of the case");
    }
  }

  void check_contradictions(const YamlNode& node, const PackCase& made) {
    std::map<std::string, std::string_view> outcome;
    const auto put = [&](const std::vector<std::string>& ids,
                         std::string_view word) {
      for (const std::string& id : ids) {
        const auto known = outcome.emplace(id, word);
        if (known.second || known.first->second == word) continue;
        reader_.complain(node, "P178",
                         fmt::format("{} is expected to be {} and {}", id,
                                     known.first->second, word));
      }
    };
    put(made.hit, "hit");
    if (made.only) put(*made.only, "hit");
    put(made.clear, "clear");
    put(made.not_applicable, "not_applicable");
    put(made.undetermined, "undetermined");
    for (const std::string& id : made.failed) {
      const auto known = outcome.find(id);
      if (known == outcome.end() || known->second == "hit" ||
          known->second == "undetermined") {
        continue;
      }
      reader_.complain(
          node, "P178",
          fmt::format("{} is expected to be {} and failed", id, known->second));
    }
    if (!made.only) return;
    for (const std::string& id : made.hit) {
      const auto& only = *made.only;
      if (std::find(only.begin(), only.end(), id) != only.end()) continue;
      reader_.complain(node, "P178",
                       fmt::format("{} hits but is not among only", id));
    }
  }

  void note_proofs(const PackCase& made) {
    for (const std::string& id : made.hit) proofs_[id].hits = true;
    for (const auto* ids :
         {&made.clear, &made.not_applicable, &made.undetermined}) {
      for (const std::string& id : *ids) proofs_[id].does_not = true;
    }
    if (!made.only) return;
    for (const std::string& id : rule_ids_) {
      const bool hits = std::find(made.only->begin(), made.only->end(), id) !=
                        made.only->end();
      (hits ? proofs_[id].hits : proofs_[id].does_not) = true;
    }
  }

  YamlReader reader_;
  const Pack& pack_;
  const Ruleset* ruleset_;
  const YamlNode* bases_ = nullptr;
  std::vector<std::string> rule_ids_;
  std::set<std::string> names_;
  std::map<std::string, Proof> proofs_;
};

// Only rules that run can be shown to hit.
bool needs_proof(const Rule& rule) {
  return rule.status == RuleStatus::active || rule.status == RuleStatus::shadow;
}

void check_proofs(const Pack& pack, const std::map<std::string, Proof>& proofs,
                  const SourceText& pack_file, Issues& issues) {
  for (const Rule& rule : pack.rules) {
    if (!needs_proof(rule)) continue;
    const auto found = proofs.find(rule.id);
    const Proof proof = found == proofs.end() ? Proof{} : found->second;
    if (!proof.hits) {
      issues.add(pack_file.issue(
          "P172", rule.place,
          fmt::format("no case in tests.yaml shows that {} hits", rule.id)));
    }
    if (!proof.does_not) {
      issues.add(pack_file.issue(
          "P173", rule.place,
          fmt::format("no case in tests.yaml shows that {} does not hit",
                      rule.id)));
    }
  }
}

// The cases of one pack: its tests.yaml, when it is there.
Status open_file(const PolicyFiles& files, const std::string& folder,
                 PackCases& made, Issues& issues) {
  const std::string path = join_path(folder, "tests.yaml");
  const auto names = files.list(folder);
  if (!names) return names.error();
  if (std::find(names->begin(), names->end(), "tests.yaml") == names->end()) {
    issues.add(issue_of_path("P170", path, "there is no such file",
                             "every rule is proven by cases"));
    return Done{};
  }
  auto text = files.read(path);
  if (!text) return text.error();
  made.file = std::make_shared<const SourceText>(path, std::move(*text));
  return Done{};
}

Status load_pack(const PolicyFiles& files, const Ruleset& ruleset,
                 const Pack& pack, std::pair<PackCases*, Issues*> to) {
  Issues& issues = *to.second;
  PackCases& made = *to.first;
  const std::string pack_path = join_path(pack.folder, "pack.yaml");
  auto pack_text = files.read(pack_path);
  if (!pack_text) return pack_text.error();
  made.pack_file =
      std::make_shared<const SourceText>(pack_path, std::move(*pack_text));
  Status opened = open_file(files, pack.folder, made, issues);
  if (!opened || !made.file) return opened;
  const auto root = salvage_yaml(*made.file, issues);
  if (!root) return Done{};
  CaseReader reader(*made.file, pack, &ruleset, issues);
  made.cases = reader.read(*root);
  made.excuses = reader.read_survivors(*root);
  const YamlNode* cases = root->find("cases");
  if (cases == nullptr || cases->type != YamlNode::Type::sequence)
    return Done{};
  check_proofs(pack, reader.proofs(), *made.pack_file, issues);
  return Done{};
}

Status load_alone(const PolicyFiles& files, const std::string& folder,
                  PackCases& made, Issues& issues) {
  Status opened = open_file(files, folder, made, issues);
  if (!opened || !made.file) return opened;
  const std::string pack_path = join_path(folder, "pack.yaml");
  auto pack_text = files.read(pack_path);
  if (!pack_text) return pack_text.error();
  Issues told_already;
  const Pack pack =
      read_declarations(SourceText(pack_path, *pack_text), folder, told_already)
          .pack;
  made.pack = pack.name;
  const auto root = salvage_yaml(*made.file, issues);
  if (!root) return Done{};
  CaseReader reader(*made.file, pack, nullptr, issues);
  made.cases = reader.read(*root);
  made.excuses = reader.read_survivors(*root);
  if (pack.asks != "request" && pack.asks != "message") made.cases.clear();
  return Done{};
}

}  // namespace

Result<std::vector<PackCases>> load_cases(const PolicyFiles& files,
                                          const Ruleset& ruleset,
                                          Issues& issues) {
  std::vector<PackCases> all;
  for (const Pack& pack : ruleset.packs) {
    all.push_back({.pack = pack.name});
    const Status loaded =
        load_pack(files, ruleset, pack, {&all.back(), &issues});
    if (!loaded) return loaded.error();
  }
  return all;
}

Result<std::vector<PackCases>> load_cases_alone(
    const PolicyFiles& files, const std::vector<std::string>& paths,
    Issues& issues) {
  Issues told_already;
  const auto folders = find_packs(files, paths, told_already);
  if (!folders) return folders.error();
  std::vector<PackCases> all;
  for (const PackFolder& folder : *folders) {
    all.emplace_back();
    const Status loaded = load_alone(files, folder.path, all.back(), issues);
    if (!loaded) return loaded.error();
  }
  return all;
}

}  // namespace simwarden
