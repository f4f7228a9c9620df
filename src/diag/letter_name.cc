// SPDX-License-Identifier: Apache-2.0
#include "diag/letter_name.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace simwarden {
namespace {

// "Cyrillic"; "" for signs that all scripts share.
std::string script_name(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &error);
  if (U_FAILURE(error) || script <= USCRIPT_INHERITED) return {};
  return uscript_getName(script);
}

}  // namespace

std::string letter_name(std::string_view character) {
  UChar32 c = 0;
  int32_t at = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(character.data()), at,
                  static_cast<int32_t>(character.size()), c);
  const std::string point = fmt::format("U+{:04X}", static_cast<uint32_t>(c));
  if (!u_isgraph(c)) return point;
  const std::string script = script_name(c);
  const std::string_view shown = c == 0xFFFD ? "\uFFFD" : character;
  return fmt::format("{} ({}{}{})", shown, point, script.empty() ? "" : ", ",
                     script);
}

}  // namespace simwarden
