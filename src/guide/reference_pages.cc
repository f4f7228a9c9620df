// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "guide/markdown.h"
#include "guide/pages.h"

// Profiles, lists, obligations, and the advice for subscribers.
namespace simwarden {
namespace {

// Of a longer list only the beginning: nobody reads it on a page.
constexpr size_t kEntriesShownMax = 2000;

std::string head_table(
    const std::vector<std::pair<std::string, std::string>>& rows) {
  MarkdownTable table({"", ""});
  for (const auto& [name, value] : rows) {
    if (!value.empty()) table.row({name, md_text(value)});
  }
  return table.text();
}

std::string back(const std::string& self) {
  return md_link("All pages", relative_link(self, "index.md")) + "\n";
}

std::string clause_rules(const GuideInput& input, const Control& control,
                         const Clause& clause, const std::string& self) {
  if (!clause.not_checkable.empty()) {
    return "not checkable: " +
           md_text(in_language(clause.not_checkable, input.language));
  }
  const auto ids =
      rules_serving(input.ruleset, control.name + "/" + clause.name);
  return ids.empty() ? "no rule yet" : rule_links(ids, self);
}

std::string_view awareness_title(bool chinese) {
  return chinese ? "防范提示" : "Advice for subscribers";
}

}  // namespace

std::string profile_page(const GuideInput& input, const Profile& profile) {
  const std::string self = profile_path(profile.name);
  std::string out = fmt::format("# {}: {}\n\n", md_text(profile.name),
                                md_text(profile.title));
  const Thresholds& t = profile.thresholds;
  out += head_table({{"status", profile.status},
                     {"country", profile.country},
                     {"thresholds", fmt::format("review {}, hold {}, refuse {}",
                                                t.review, t.hold, t.refuse)},
                     {"note", profile.note}});
  MarkdownTable table(
      {"parameter", "value", "default", "what it says", "source"});
  for (const Parameter& set : profile.parameters) {
    const Declared declared = find_parameter(input.ruleset, set.name);
    if (declared.parameter == nullptr) continue;
    if (declared.parameter->value == set.value) continue;
    table.row({md_link(md_text(set.name),
                       relative_link(self, pack_path(declared.pack->name) +
                                               "#parameters")),
               md_code(value_text(set.value)),
               md_code(value_text(declared.parameter->value)),
               md_text(declared.parameter->doc),
               source_text(set.source, set.confidence)});
  }
  out += "## What differs from the defaults\n\n";
  out += table.empty() ? "Nothing.\n\n" : table.text();
  return out + back(self);
}

std::string list_page(const GuideInput&, const std::string& name,
                      const NamedList& list) {
  const std::string self = list_path(name);
  std::string out =
      fmt::format("# {}: {}\n\n", md_text(name), md_text(list.title));
  out += head_table({{"of", list.of},
                     {"status", list.status},
                     {"version", list.version},
                     {"checked", list.checked},
                     {"source", list.source},
                     {"adds to", list.adds_to},
                     {"plain file", list.entries_from},
                     {"values", fmt::format("{}", list.keys.size())}});
  MarkdownTable table(
      {"value", "stands for", "country", "operator", "source", "checked"});
  const size_t shown = std::min(list.entries.size(), kEntriesShownMax);
  for (size_t i = 0; i < shown; ++i) {
    const ListEntry& entry = list.entries[i];
    table.row({md_code((entry.suffix ? "*." : "") + entry.value),
               entry.stands_for.empty() ? "" : md_code(entry.stands_for),
               md_text(entry.country), md_text(entry.owner),
               entry.source.empty()
                   ? ""
                   : source_text(entry.source, entry.confidence),
               md_text(entry.checked)});
  }
  out += table.text();
  if (shown < list.entries.size()) {
    out += fmt::format("… and {} more.\n\n", list.entries.size() - shown);
  }
  return out + back(self);
}

std::string control_page(const GuideInput& input, const Control& control) {
  const std::string self = control_path(control.name);
  std::string out =
      fmt::format("# {}: {}\n\n", md_text(control.name),
                  md_text(in_language(control.title, input.language)));
  out += head_table(
      {{"issuer", control.issuer},
       {"country", control.country},
       {"kind", control.kind},
       {"status", control.status},
       {"version", control.version},
       {"checked", control.checked},
       {"source", fmt::format("{} ({})", control.source, control.confidence)},
       {"note", control.note}});
  MarkdownTable table({"clause", "title", "duty", "rules", "source"});
  for (const Clause& clause : control.clauses) {
    table.row({md_text(clause.name),
               md_text(in_language(clause.title, input.language)),
               md_text(in_language(clause.duty, input.language)),
               clause_rules(input, control, clause, self),
               source_text(clause.source, clause.confidence)});
  }
  out += "## Clauses\n\n" + table.text();
  const auto whole = rules_serving(input.ruleset, control.name);
  if (!whole.empty()) {
    out += fmt::format("Rules that name the instrument as a whole: {}\n\n",
                       rule_links(whole, self));
  }
  return out + back(self);
}

std::string awareness_page(const GuideInput& input,
                           const std::string& language) {
  std::string out = fmt::format("# {}\n\n", awareness_title(language == "zh"));
  for (const Pack& pack : input.ruleset.packs) {
    const auto advice = input.advice.find(pack.name);
    if (advice == input.advice.end()) continue;
    for (const auto& [family, texts] : advice->second) {
      const std::string path = family_path(pack.name, family);
      const auto title = pack.families.find(family);
      if (title == pack.families.end()) continue;
      out += fmt::format(
          "- {} ({})\n", md_text(in_language(texts, language)),
          md_link(md_text(in_language(title->second, language)), path));
    }
  }
  out += "\n";
  return out + back(awareness_path(language));
}

}  // namespace simwarden
