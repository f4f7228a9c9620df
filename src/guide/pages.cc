// SPDX-License-Identifier: Apache-2.0
#include "guide/pages.h"

#include <algorithm>

#include <fmt/format.h>

#include "guide/markdown.h"

namespace simwarden {
namespace {

void add_pack(const GuideInput& input, const Pack& pack,
              std::vector<Page>& pages) {
  pages.push_back({pack_path(pack.name), pack_page(input, pack)});
  for (const auto& [family, title] : pack.families) {
    pages.push_back(
        {family_path(pack.name, family), family_page(input, pack, family)});
  }
  for (const Rule& rule : pack.rules) {
    pages.push_back({rule_path(rule.id), rule_page(input, pack, rule)});
  }
  for (const PatternSet& set : pack.patterns) {
    pages.push_back(
        {pattern_path(pack.name, set.name), pattern_page(input, pack, set)});
  }
}

// The languages of the texts, `first` before the others.
std::vector<std::string> languages_of(const Localised& texts,
                                      const std::string& first) {
  std::vector<std::string> languages;
  for (const auto& [language, text] : texts) languages.push_back(language);
  std::stable_partition(languages.begin(), languages.end(),
                        [&](const std::string& l) { return l == first; });
  return languages;
}

}  // namespace

std::vector<Page> write_guide(const GuideInput& input) {
  std::vector<Page> pages{{"index.md", index_page(input)}};
  for (const Pack& pack : input.ruleset.packs) add_pack(input, pack, pages);
  for (const auto& [name, profile] : input.ruleset.profiles) {
    pages.push_back({profile_path(name), profile_page(input, profile)});
  }
  for (const auto& [name, list] : input.ruleset.lists) {
    pages.push_back({list_path(name), list_page(input, name, *list)});
  }
  for (const auto& [name, control] : input.ruleset.controls) {
    pages.push_back({control_path(name), control_page(input, control)});
  }
  for (const std::string language : {"en", "zh"}) {
    pages.push_back(
        {awareness_path(language), awareness_page(input, language)});
  }
  std::sort(pages.begin(), pages.end(),
            [](const Page& a, const Page& b) { return a.path < b.path; });
  return pages;
}

std::string pack_path(const std::string& pack) {
  return fmt::format("packs/{}.md", pack);
}
std::string family_path(const std::string& pack, const std::string& family) {
  return fmt::format("families/{}/{}.md", pack, family);
}
std::string rule_path(const std::string& id) {
  return fmt::format("rules/{}.md", id);
}
std::string pattern_path(const std::string& pack, const std::string& set) {
  return fmt::format("patterns/{}/{}.md", pack, set);
}
std::string profile_path(const std::string& name) {
  return fmt::format("profiles/{}.md", name);
}
std::string list_path(const std::string& name) {
  return fmt::format("lists/{}.md", name);
}
std::string control_path(const std::string& name) {
  return fmt::format("controls/{}.md", name);
}
std::string awareness_path(const std::string& language) {
  return fmt::format("awareness.{}.md", language);
}

std::string rule_links(const std::set<std::string>& ids,
                       std::string_view from) {
  std::string out;
  for (const std::string& id : ids) {
    if (!out.empty()) out += ", ";
    out += md_link(md_text(id), relative_link(from, rule_path(id)));
  }
  return out;
}

std::string language_name(const std::string& code) {
  if (code == "en") return "English";
  return code == "zh" ? "中文" : md_text(code);
}

std::string localised_list(const Localised& texts, const std::string& first) {
  std::string out;
  for (const std::string& language : languages_of(texts, first)) {
    out += fmt::format("- {}: {}\n", language_name(language),
                       md_text(texts.at(language)));
  }
  return out.empty() ? out : out + "\n";
}

std::string value_text(const ParameterValue& value) {
  struct Writer {
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(int64_t i) const { return fmt::format("{}", i); }
    std::string operator()(double d) const { return fmt::format("{}", d); }
    std::string operator()(const std::string& s) const {
      return s.empty() ? "''" : s;
    }
    std::string operator()(const std::vector<std::string>& list) const {
      return fmt::format("[{}]", fmt::join(list, ", "));
    }
  };
  return std::visit(Writer{}, value);
}

Declared find_parameter(const Ruleset& ruleset, std::string_view name) {
  for (const Pack& pack : ruleset.packs) {
    for (const Parameter& parameter : pack.parameters) {
      if (parameter.name == name) return {&pack, &parameter};
    }
  }
  return {};
}

std::set<uint32_t> slots_of(const Rule& rule) {
  std::set<uint32_t> slots;
  const auto add = [&slots](const Condition& condition) {
    if (condition.program == nullptr) return;
    const auto read = condition.program->slots();
    slots.insert(read.begin(), read.end());
  };
  add(rule.condition);
  if (rule.applies) add(*rule.applies);
  if (rule.from_score) slots.insert(*rule.from_score);
  return slots;
}

std::string source_text(const std::string& source,
                        const std::string& confidence) {
  if (source.empty()) return "not given";
  if (confidence.empty()) return md_text(source);
  return fmt::format("{} ({})", md_text(source), md_text(confidence));
}

std::set<std::string> rules_serving(const Ruleset& ruleset,
                                    const std::string& reference) {
  std::set<std::string> ids;
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      const auto& named = rule.controls;
      const bool serves =
          std::find(named.begin(), named.end(), reference) != named.end();
      if (serves) ids.insert(rule.id);
    }
  }
  return ids;
}

}  // namespace simwarden
