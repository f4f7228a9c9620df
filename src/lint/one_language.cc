// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "lint/findings.h"

// Which languages a pack owes is for its authors to say; they have said it by
// writing some of its texts in them. English is the loader's business (P132).
namespace simwarden {
namespace {

constexpr std::string_view kTexts[] = {"title", "reason", "remedy"};

using Languages = std::set<std::string>;

Languages languages_of(const YamlNode& text) {
  if (text.type != YamlNode::Type::mapping) return {"en"};
  Languages languages;
  for (const YamlNode::Entry& entry : text.entries) {
    languages.insert(entry.key.scalar);
  }
  return languages;
}

// A text that people read, and whose it is.
struct Text {
  const SourceText* file;
  const YamlNode* node;
  std::string name;
  bool owed;  // a rule that does not run owes nothing
};

void collect_families(const PolicySources::OfPack& source,
                      std::vector<Text>& texts) {
  for (const YamlNode::Entry& family : source.root.find("families")->entries) {
    texts.push_back(
        {&source.file, &family.value,
         fmt::format("the title of the family {}", family.key.scalar), true});
  }
}

void collect_texts(const Reading& reading, const RuleSite& site,
                   std::vector<Text>& texts) {
  for (const std::string_view key : kTexts) {
    const YamlNode* text = site.node->find(key);
    if (text == nullptr) continue;
    texts.push_back({&reading.file_of(site), text,
                     fmt::format("the {} of {}", key, site.rule->id),
                     site.runs()});
  }
}

void compare(const std::vector<Text>& texts, Findings& findings) {
  Languages spoken;
  for (const Text& text : texts) spoken.merge(languages_of(*text.node));
  for (const Text& text : texts) {
    if (!text.owed) continue;
    const Languages here = languages_of(*text.node);
    for (const std::string& language : spoken) {
      if (here.contains(language)) continue;
      findings.add(*text.file, text.node->place,
                   fmt::format("{} is not given in {}", text.name, language));
    }
  }
}

}  // namespace

namespace looks {

void one_language(const Reading& reading, Findings& findings) {
  const auto& packs = reading.sources.packs;
  std::vector<std::vector<Text>> texts(packs.size());
  for (size_t i = 0; i < packs.size(); ++i) {
    collect_families(packs[i], texts[i]);
  }
  for (const RuleSite& site : reading.rules) {
    collect_texts(reading, site, texts[site.pack]);
  }
  for (const std::vector<Text>& of_pack : texts) compare(of_pack, findings);
}

}  // namespace looks
}  // namespace simwarden
