// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/environment.h"

// A condition in plain words, as Markdown.
//
//   has(request.channel.type) && request.channel.type in ['dealer', 'kiosk']
//   `request.channel.type` is recorded and is one of `dealer`, `kiosk`
//
// What has no words of its own (a regular expression, arithmetic) is shown as
// it is written: nothing is left out.
namespace simwarden {

// How names that are not facts are shown, as Markdown.
struct Vocabulary {
  const cel::Environment* facts = nullptr;  // types of facts; may be null
  // "profile.min_factors" -> "`min_factors` of the profile (2)"; gets the name
  // without "profile.", "patterns."; the name of a list.
  std::function<std::string(std::string_view)> parameter;
  std::function<std::string(std::string_view)> pattern_set;
  std::function<std::string(std::string_view)> list;
};

// A clause, and those that it speaks about: "all of these hold".
struct Phrase {
  std::string text;
  std::vector<Phrase> parts;
};

// REQUIRES: `source` compiles as a condition.
Phrase condition_in_words(std::string_view source, const Vocabulary& words);

// As a sentence, or as one with a nested list below; ends in a line break.
std::string print_phrase(const Phrase& phrase);

}  // namespace simwarden
