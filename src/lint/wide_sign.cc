// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "diag/wide_signs.h"
#include "lint/findings.h"

// A comma of a Chinese input method in an English text: a slip, and perhaps the
// end of what was meant to be a text of its own ("{en: 'Seen， zh： …'}").
// Behind a Chinese letter it belongs to words that the text cites; curly quotes
// are right in English.
namespace simwarden {
namespace {

constexpr std::string_view kSlips = ",:;()!? ";

bool is_slip(std::string_view text, size_t at) {
  const char sign = narrow_of(text, at);
  if (sign == '\0' || kSlips.find(sign) == std::string_view::npos) return false;
  return at == 0 || text[at - 1] >= 0;
}

const YamlNode* english_of(const YamlNode& text) {
  return text.type == YamlNode::Type::mapping ? text.find("en") : &text;
}

void look_at(const SourceText& file, const YamlNode& text, Findings& findings) {
  const YamlNode* english = english_of(text);
  if (english == nullptr) return;
  for (size_t at = 0; at < english->scalar.size(); ++at) {
    if (!is_slip(english->scalar, at)) continue;
    findings.add(file, file.place_at(english->offsets[at]),
                 fmt::format("{} stands in an English text",
                             wide_sign_name(english->scalar, at)));
    return;
  }
}

}  // namespace

namespace looks {

void wide_sign(const Reading& reading, Findings& findings) {
  for (const PolicySources::OfPack& source : reading.sources.packs) {
    const YamlNode& families = *source.root.find("families");
    for (const YamlNode::Entry& family : families.entries) {
      look_at(source.file, family.value, findings);
    }
  }
  for (const RuleSite& site : reading.rules) {
    for (const std::string_view key : {"title", "reason", "remedy"}) {
      const YamlNode* text = site.node->find(key);
      if (text != nullptr) look_at(reading.file_of(site), *text, findings);
    }
  }
}

}  // namespace looks
}  // namespace simwarden
