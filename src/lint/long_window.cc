// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "store/retention.h"

namespace simwarden {
namespace looks {

// Events are pseudonyms: they go with the subjects.
void long_window(const Reading& reading, Findings& findings) {
  const auto kept =
      customary_retention().ages[size_t(RetentionClass::subjects)];
  if (!kept) return;
  const int64_t days = reading.as_of - day_before(reading.as_of, *kept);
  for (size_t pack = 0; pack < reading.ruleset.packs.size(); ++pack) {
    const PolicySources::OfPack& source = reading.sources.packs[pack];
    for (const DeclaredWindow& window : reading.ruleset.packs[pack].windows) {
      if (window.window.span <= days * kDay) continue;
      const YamlNode* node =
          source.root.find("windows")->find(window.name)->find("over");
      findings.add(source.file, node->place,
                   fmt::format("windows.{} looks back over {}, and events are "
                               "customarily kept for {}",
                               window.name, window.over, text_of(*kept)));
    }
  }
}

}  // namespace looks
}  // namespace simwarden
