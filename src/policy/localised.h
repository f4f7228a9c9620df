// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "diag/ascii.h"

// Texts that policy authors give in several languages.
namespace simwarden {

// One text per language; "en" is always there.
using Localised = std::map<std::string, std::string>;

// "es" of "es-MX".
inline std::string_view language_of(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_"));
}

// Regions are written in any case, and behind either sign: "pt_br".
inline bool is_same_tag(std::string_view a, std::string_view b) {
  const size_t size = language_of(a).size();
  return language_of(a) == language_of(b) && a.size() == b.size() &&
         same_letters(a.substr(std::min(size + 1, a.size())),
                      b.substr(std::min(size + 1, b.size())));
}

// Where the text in a language stands: that of its region, then the language's
// ("es-MX", "es"; RFC 4647, 3.4), then another region's ("pt" reads "pt-BR"),
// then the English one. texts.end() where none is.
template <typename Text>
auto find_in_language(const std::map<std::string, Text>& texts,
                      std::string_view tag) {
  const auto find = [&](auto fits) {
    return std::find_if(texts.begin(), texts.end(),
                        [&](const auto& text) { return fits(text.first); });
  };
  while (true) {
    const auto found =
        find([&](const auto& of) { return is_same_tag(of, tag); });
    if (found != texts.end()) return found;
    const size_t dash = tag.find_last_of("-_");
    if (dash == tag.npos) break;
    tag = tag.substr(0, dash);
  }
  const auto found =
      find([&](const auto& of) { return language_of(of) == tag; });
  return found == texts.end() ? texts.find("en") : found;
}

template <typename Text>
const Text& in_language(const std::map<std::string, Text>& texts,
                        std::string_view language = "en") {
  const auto found = find_in_language(texts, language);
  static const Text none;
  return found == texts.end() ? none : found->second;
}

}  // namespace simwarden
