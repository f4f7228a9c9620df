// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

// The labels of what is drawn for a person, of a verdict, a run or a replay, in
// the language of the reasons: English and Chinese.
namespace simwarden {

// `english` in the language; itself where the language has no such label.
std::string_view drawn_word(std::string_view english,
                            std::string_view language);

// The same with its places filled in.
template <typename... Values>
std::string drawn(std::string_view language, std::string_view english,
                  const Values&... values) {
  return fmt::format(fmt::runtime(drawn_word(english, language)), values...);
}

}  // namespace simwarden
