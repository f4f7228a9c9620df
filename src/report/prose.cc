// SPDX-License-Identifier: Apache-2.0
#include "report/prose.h"

#include <fmt/format.h>

#include "report/words.h"

namespace simwarden {

std::vector<ProseRun> prose_runs(std::string_view text) {
  std::vector<ProseRun> runs;
  const auto add = [&](std::string_view run, bool code) {
    if (!run.empty()) runs.push_back({run, code});
  };
  while (true) {
    const size_t open = text.find('`');
    const size_t close =
        open == text.npos ? text.npos : text.find('`', open + 1);
    if (close == text.npos) break;
    add(text.substr(0, open), false);
    add(text.substr(open + 1, close - open - 1), true);
    text.remove_prefix(close + 1);
  }
  add(text, false);
  return runs;
}

std::string below_title(const Document& document) {
  std::string out = document.subtitle;
  const auto add = [&](std::string_view id, const std::string& text) {
    if (text.empty()) return;
    out += " · " + fmt::format(fmt::runtime(word(document.language, id)), text);
  };
  add("compared_with", document.compared_with);
  add("as_of", document.generated_at);
  return out;
}

}  // namespace simwarden
