// SPDX-License-Identifier: Apache-2.0
#include "document/field.h"

#include <algorithm>
#include <string>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "document/listed.h"

namespace simwarden {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// The first word, or what stands in quotes there; takes it away.
std::string_view take_word(std::string_view& words) {
  words = trimmed(words, kBlanks);
  if (words.starts_with('"')) {
    words.remove_prefix(1);
    const std::string_view word = words.substr(0, words.find('"'));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    return word;
  }
  const std::string_view word = words.substr(0, words.find_first_of(kBlanks));
  words.remove_prefix(word.size());
  return word;
}

}  // namespace

bool is_address(std::string_view target) {
  return target.find("://") != target.npos || target.starts_with("\\\\") ||
         target.starts_with("mailto:") || target.starts_with("tel:");
}

bool is_local(std::string_view target) {
  constexpr std::string_view kDisk = "file:///";
  return target.starts_with('#') || target.starts_with("..") ||
         (target.starts_with(kDisk) &&
          target.substr(kDisk.size()).substr(0, 2).ends_with(':'));
}

bool keep_link(std::string_view target, DocumentBudget& budget,
               std::vector<std::string>& links) {
  if (target.empty() || is_local(target)) return true;
  if (budget.links == 0) return false;
  --budget.links;
  links.emplace_back(cut(target, kDocumentTargetBytesMax));
  return true;
}

FieldReading read_field(std::string_view words) {
  const std::string name = small_letters(take_word(words));
  constexpr std::string_view kRuns[] = {"dde", "ddeauto"};
  constexpr std::string_view kLeads[] = {"hyperlink", "includepicture",
                                         "includetext", "import", "link"};
  FieldReading field;
  field.runs = is_one_of(kRuns, name);
  if (!is_one_of(kLeads, name)) return field;
  while (!(words = trimmed(words, kBlanks)).empty()) {
    const bool quoted = words.starts_with('"');
    const std::string_view word = take_word(words);
    if (!quoted && word.starts_with('\\') && !is_address(word)) {
      // A place in the document, a hint, a window.
      constexpr std::string_view kWithWord[] = {"\\l", "\\o", "\\t"};
      if (is_one_of(kWithWord, word)) take_word(words);
      continue;
    }
    if (name != "hyperlink" && !is_address(word)) continue;
    field.target = word;
    return field;
  }
  return field;
}

}  // namespace simwarden
