// SPDX-License-Identifier: Apache-2.0
#include "record/person.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "diag/ascii.h"
#include "text/views.h"

namespace simwarden {
namespace {

std::string as_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

std::string person_key(std::string_view name) {
  const std::string folded = fold_letters(name);
  std::string key;
  for (const char c : trimmed(folded)) {
    const bool blank_again = c == ' ' && key.ends_with(' ');
    if (!blank_again) key += c;
  }
  return key;
}

bool same_person(std::string_view a, std::string_view b) {
  return a == b || person_key(a) == person_key(b);
}

std::vector<std::string> spellings_of(std::string_view name) {
  const std::string key = person_key(name);
  const auto text = icu::UnicodeString::fromUTF8(key);
  icu::UnicodeString capital = text;
  icu::UnicodeString capitals = text;
  return {std::string(name), key,
          as_utf8(capital.toTitle(nullptr, icu::Locale::getRoot())),
          as_utf8(capitals.toUpper(icu::Locale::getRoot()))};
}

}  // namespace simwarden
