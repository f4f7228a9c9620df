// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "diag/ascii.h"
#include "guide/markdown.h"
#include "guide/pages.h"
#include "policy/parameter_range.h"

// A pack, a family of it, a pattern set of it.
namespace simwarden {
namespace {

// What it says, and what it may be set to: "… One of no, remote, always."
std::string doc_text(const Parameter& parameter) {
  std::string range = range_text(parameter.range);
  if (range.empty()) return parameter.doc;
  if (is_small(range[0])) range[0] = static_cast<char>(range[0] & ~0x20);
  return fmt::format("{} {}.", parameter.doc, range);
}

std::string parameters_table(const Pack& pack) {
  MarkdownTable table({"parameter", "default", "what it says", "source"});
  for (const Parameter& parameter : pack.parameters) {
    table.row({md_code(parameter.name), md_code(value_text(parameter.value)),
               md_text(doc_text(parameter)),
               source_text(parameter.source, parameter.confidence)});
  }
  return table.text();
}

std::string rules_table(const GuideInput& input, const Pack& pack,
                        const std::string& family, const std::string& from) {
  MarkdownTable table(
      {"rule", "title", "kind", "severity", "points", "at least", "status"});
  for (const Rule& rule : pack.rules) {
    if (rule.family != family) continue;
    table.row({rule_links({rule.id}, from),
               md_text(in_language(rule.title, input.language)),
               rule.duty ? "duty" : "sign", rule.severity,
               fmt::format("{}", rule.score), rule.at_least.value_or(""),
               std::string(name_of(rule.status))});
  }
  return table.text();
}

// The rules that ask a set. Sets are numbered through all packs.
std::set<std::string> rules_asking(const Ruleset& ruleset, const Pack& pack,
                                   const PatternSet& wanted) {
  size_t index = 0;
  for (const Pack& before : ruleset.packs) {
    if (before.name == pack.name) break;
    index += before.patterns.size();
  }
  for (const PatternSet& set : pack.patterns) {
    if (set.name == wanted.name) break;
    ++index;
  }
  std::set<std::string> ids;
  for (const Rule& rule : pack.rules) {
    if (slots_of(rule).contains(ruleset.pattern_slot(index))) {
      ids.insert(rule.id);
    }
  }
  return ids;
}

std::string counted_text(const DeclaredWindow& window) {
  switch (window.window.kind) {
    case WindowKind::count: return "how many";
    case WindowKind::distinct: return "different " + md_code(window.of);
    case WindowKind::share: return "share with " + md_code(window.part->source);
    case WindowKind::since: return "time since the last one";
  }
  return {};
}

// Windows are numbered through all packs, like pattern sets.
std::string windows_table(const Ruleset& ruleset, const Pack& pack,
                          const std::string& from) {
  size_t index = 0;
  for (const Pack& before : ruleset.packs) {
    if (before.name == pack.name) break;
    index += before.windows.size();
  }
  MarkdownTable table({"window", "what it says", "figure", "by", "within",
                       "of records with", "given by", "rules"});
  for (const DeclaredWindow& window : pack.windows) {
    const uint32_t slot = ruleset.window_slot(index++);
    std::set<std::string> ids;
    for (const Rule& rule : pack.rules) {
      if (slots_of(rule).contains(slot)) ids.insert(rule.id);
    }
    table.row({md_code(window.name), md_text(window.doc), counted_text(window),
               window.by.empty() ? "all" : md_code(window.by),
               md_text(window.over),
               window.where ? md_code(window.where->source) : "",
               window.given.empty() ? "" : md_code(window.given),
               rule_links(ids, from)});
  }
  return table.text();
}

constexpr std::string_view kViews[] = {
    "the text as it was written",
    "the simplified text: lower case, disguises undone, spaces kept",
    "the squeezed text: the simplified one with only letters, digits and a few "
    "signs"};

}  // namespace

std::string pack_page(const GuideInput& input, const Pack& pack) {
  const std::string self = pack_path(pack.name);
  std::string out = fmt::format(
      "# {}\n\n{}. Version {}; judges {}s; rules: {}. "
      "[All packs]({})\n\n",
      md_text(pack.name), md_text(pack.title), md_text(pack.version), pack.asks,
      pack.rules.size(), relative_link(self, "index.md"));
  for (const auto& [family, title] : pack.families) {
    out += fmt::format(
        "## {}\n\n",
        md_link(md_text(in_language(title, input.language)),
                relative_link(self, family_path(pack.name, family))));
    out += rules_table(input, pack, family, self);
  }
  if (!pack.parameters.empty()) {
    out += "## Parameters\n\n" + parameters_table(pack);
  }
  if (!pack.windows.empty()) {
    out += "## Windows\n\n" + windows_table(input.ruleset, pack, self);
  }
  if (pack.patterns.empty()) return out;
  out += "## Pattern sets\n\n";
  for (const PatternSet& set : pack.patterns) {
    out += fmt::format(
        "- {}: {}\n",
        md_link(md_text(set.name),
                relative_link(self, pattern_path(pack.name, set.name))),
        rule_links(rules_asking(input.ruleset, pack, set), self));
  }
  return out;
}

std::string family_page(const GuideInput& input, const Pack& pack,
                        const std::string& family) {
  const std::string self = family_path(pack.name, family);
  std::string out = fmt::format(
      "# {}\n\nFamily {} of the pack {}.\n\n",
      md_text(in_language(pack.families.at(family), input.language)),
      md_code(family),
      md_link(md_text(pack.name), relative_link(self, pack_path(pack.name))));
  out += rules_table(input, pack, family, self);
  const auto advice = input.advice.find(pack.name);
  if (advice == input.advice.end()) return out;
  const auto lines = advice->second.find(family);
  if (lines == advice->second.end()) return out;
  return out + "## Advice for subscribers\n\n" +
         localised_list(lines->second, input.language);
}

std::string pattern_page(const GuideInput& input, const Pack& pack,
                         const PatternSet& set) {
  const std::string self = pattern_path(pack.name, set.name);
  std::string out = fmt::format(
      "# {}\n\nPattern set of the pack {}. The text matches it when an "
      "expression below (RE2) is found in {}",
      md_text(set.name),
      md_link(md_text(pack.name), relative_link(self, pack_path(pack.name))),
      kViews[size_t(set.view)]);
  if (set.near_contact) {
    out += fmt::format(
        ", within {} characters of a contact that is in no official list",
        *set.near_contact);
  }
  out += ".\n\n";
  out += md_block(fmt::format("{}", fmt::join(set.any, "\n")), "text");
  const auto ids = rules_asking(input.ruleset, pack, set);
  out += fmt::format("## Rules that ask it\n\n{}\n\n",
                     ids.empty() ? "None." : rule_links(ids, self));
  for (const std::string& id : ids) {
    const auto examples = input.examples.find(id);
    if (examples == input.examples.end() || !examples->second.hit) continue;
    const Example& hit = *examples->second.hit;
    out += fmt::format("{} hits: {}\n\n{}", rule_links({id}, self),
                       md_text(hit.name), md_block(hit.text, "text"));
  }
  return out;
}

}  // namespace simwarden
