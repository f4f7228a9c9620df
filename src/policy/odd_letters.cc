// SPDX-License-Identifier: Apache-2.0
#include "policy/odd_letters.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "diag/letter_name.h"
#include "text/views.h"

namespace simwarden {
namespace {

bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool is_alnum(char c) {
  return is_ascii_letter(c) || is_digit(c);
}

// Hyphen and non-breaking hyphen; dashes between words are dashes.
bool is_hyphen(std::string_view c) {
  return c == "\u2010" || c == "\u2011";
}

// Accents that stand behind their letters, as macOS names files.
bool is_accent(std::string_view c) {
  return c >= "\u0300" && c <= "\u036F" && c.size() == 2;
}

bool mixes_scripts(std::string_view text) {
  return see(text).disguise.mixed_script_words > 0;
}

// The first letter that the word around it is Latin without.
std::optional<OddLetter> mixed_in(std::string_view text) {
  if (!mixes_scripts(text)) return std::nullopt;
  for (size_t i = 0; i < text.size();) {
    const std::string_view c = text.substr(i, code_point_size(text, i));
    const std::string folded = fold_letters(c);
    const std::string alone = see("a" + folded + "a").plain.text;
    const bool like = is_wide(c[0]) && alone.size() == 3;
    if (like) {
      return OddLetter{i, letter_name(c) + " stands among Latin letters",
                       "type the word anew, in Latin letters"};
    }
    i += c.size();
  }
  return std::nullopt;
}

std::optional<OddLetter> odd_sign(std::string_view text) {
  for (size_t i = 1; i < text.size();) {
    const std::string_view c = text.substr(i, code_point_size(text, i));
    const bool follows = is_alnum(text[i - 1]);
    const size_t end = i + c.size();
    if (follows && is_hyphen(c) && end < text.size() && is_alnum(text[end])) {
      return OddLetter{i, letter_name(c) + " is not the hyphen of ASCII",
                       "write -"};
    }
    if (follows && is_accent(c)) {
      return OddLetter{
          i,
          fmt::format("the accent behind {} is a character of "
                      "its own",
                      text[i - 1]),
          fmt::format("write one letter: {}",
                      fold_letters(text.substr(i - 1, end - i + 1)))};
    }
    i = end;
  }
  return std::nullopt;
}

}  // namespace

std::optional<OddLetter> odd_letter(std::string_view text) {
  if (std::none_of(text.begin(), text.end(), is_wide)) return std::nullopt;
  auto mixed = mixed_in(text);
  return mixed ? mixed : odd_sign(text);
}

}  // namespace simwarden
