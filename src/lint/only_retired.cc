// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "lint/findings.h"

// What no rule uses at all is P144, P152, P164 and P204.
namespace simwarden {
namespace {

struct Uses {
  std::set<uint32_t> slots;
  std::set<std::string> lists;
};

void note_uses(const ConditionSite& site, Uses& uses) {
  const auto slots = site.compiled->slots();
  uses.slots.insert(slots.begin(), slots.end());
  const cel::Ast& ast = site.compiled->ast();
  for (const cel::Expr& expr : ast.nodes) {
    if (expr.kind != cel::ExprKind::call || expr.name != "in_list") continue;
    if (expr.args.empty() || !ast[expr.args[0]].value.is(cel::Tag::string)) {
      continue;
    }
    uses.lists.emplace(ast[expr.args[0]].value.as_string());
  }
}

Uses uses_of(const Reading& reading, bool retired) {
  Uses uses;
  for (const RuleSite& site : reading.rules) {
    if (site.retired() != retired) continue;
    note_uses(site.condition, uses);
    if (site.guard) note_uses(*site.guard, uses);
    if (site.rule->from_score) uses.slots.insert(*site.rule->from_score);
  }
  return uses;
}

class Looker {
 public:
  Looker(const Reading& reading, Findings& findings)
      : reading_(reading),
        findings_(findings),
        live_(uses_of(reading, false)),
        retired_(uses_of(reading, true)) {}

  void look() {
    for (size_t pack = 0; pack < reading_.ruleset.packs.size(); ++pack) {
      look_at_parameters(pack);
      look_at_patterns(pack);
      look_at_windows(pack);
    }
    for (const ListSite& site : reading_.lists) {
      const std::string& name = site.list->name;
      if (live_.lists.contains(name) || !retired_.lists.contains(name))
        continue;
      complain(*site.file, site.root.find("list")->place, "the list " + name);
    }
  }

 private:
  void look_at_parameters(size_t pack) {
    const YamlNode* node = reading_.sources.packs[pack].root.find("parameters");
    if (node == nullptr) return;
    const auto& names = reading_.ruleset.parameter_names;
    for (const YamlNode::Entry& entry : node->entries) {
      const auto at =
          std::lower_bound(names.begin(), names.end(), entry.key.scalar);
      look_at(reading_.ruleset.profile_slot(size_t(at - names.begin())), pack,
              entry.key, "profile.");
    }
  }

  void look_at_patterns(size_t pack) {
    const YamlNode* node = reading_.sources.packs[pack].root.find("patterns");
    if (node == nullptr) return;
    uint32_t slot = reading_.first_pattern_slot(pack);
    for (const YamlNode::Entry& entry : node->entries) {
      look_at(slot++, pack, entry.key, "patterns.");
    }
  }

  void look_at_windows(size_t pack) {
    const YamlNode* node = reading_.sources.packs[pack].root.find("windows");
    if (node == nullptr) return;
    size_t window = 0;
    for (size_t i = 0; i < pack; ++i) {
      window += reading_.ruleset.packs[i].windows.size();
    }
    for (const YamlNode::Entry& entry : node->entries) {
      look_at(reading_.ruleset.window_slot(window++), pack, entry.key,
              "windows.");
    }
  }

  void look_at(uint32_t slot, size_t pack, const YamlNode& name,
               const char* before) {
    if (live_.slots.contains(slot) || !retired_.slots.contains(slot)) return;
    complain(reading_.sources.packs[pack].file, name.place,
             before + name.scalar);
  }

  void complain(const SourceText& file, Place place, const std::string& what) {
    findings_.add(file, place, fmt::format("only retired rules use {}", what));
  }

  const Reading& reading_;
  Findings& findings_;
  Uses live_;
  Uses retired_;
};

}  // namespace

namespace looks {

void only_retired(const Reading& reading, Findings& findings) {
  Looker(reading, findings).look();
}

}  // namespace looks
}  // namespace simwarden
