// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>

#include <fmt/format.h>

#include "lint/findings.h"

// Which languages a pack owes is for its authors to say; they have said it by
// writing some of its texts in them. English is the loader's business (P132).
namespace simwarden {
namespace {

constexpr std::string_view kTexts[] = {"reason", "remedy"};

std::set<std::string> languages_of(const YamlNode& text) {
  if (text.type != YamlNode::Type::mapping) return {"en"};
  std::set<std::string> languages;
  for (const YamlNode::Entry& entry : text.entries) {
    languages.insert(entry.key.scalar);
  }
  return languages;
}

std::set<std::string> languages_of_pack(const Reading& reading, size_t pack) {
  std::set<std::string> languages;
  for (const RuleSite& site : reading.rules) {
    if (site.pack != pack) continue;
    for (const std::string_view key : kTexts) {
      const YamlNode* text = site.node->find(key);
      if (text != nullptr) languages.merge(languages_of(*text));
    }
  }
  return languages;
}

}  // namespace

namespace looks {

void one_language(const Reading& reading, Findings& findings) {
  std::vector<std::set<std::string>> spoken;
  for (size_t pack = 0; pack < reading.ruleset.packs.size(); ++pack) {
    spoken.push_back(languages_of_pack(reading, pack));
  }
  for (const RuleSite& site : reading.rules) {
    if (!site.runs()) continue;
    for (const std::string_view key : kTexts) {
      const YamlNode* text = site.node->find(key);
      if (text == nullptr) continue;
      const std::set<std::string> here = languages_of(*text);
      for (const std::string& language : spoken[site.pack]) {
        if (here.contains(language)) continue;
        findings.add(reading.file_of(site), text->place,
                     fmt::format("the {} of {} is not given in {}", key,
                                 site.rule->id, language));
      }
    }
  }
}

}  // namespace looks
}  // namespace simwarden
