// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

// Texts that policy authors give in several languages.
namespace simwarden {

// One text per language; "en" is always there.
using Localised = std::map<std::string, std::string>;

// The text in that language, or in English where there is none; empty where
// neither is.
template <typename Text>
const Text& in_language(const std::map<std::string, Text>& texts,
                        std::string_view language = "en") {
  auto found = texts.find(std::string(language));
  if (found == texts.end()) found = texts.find("en");
  static const Text none;
  return found == texts.end() ? none : found->second;
}

}  // namespace simwarden
