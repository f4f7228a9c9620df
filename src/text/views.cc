// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <unicode/utf8.h>

#include "text/pieces.h"

// Most messages are ASCII, and for these folding is lower case: short loops
// over bytes that compilers turn into vector instructions, and no map at all.
// Others are walked (walk.cc); what a walk cannot say goes step by step over
// code points (pieces.h).
namespace simwarden {
namespace {

uint8_t is_blank(uint8_t c) {
  return static_cast<uint8_t>((c == ' ') | (uint8_t(c - '\t') < 5));
}

// ASCII without & % = and with white space that is single. Bytes are looked at
// without a branch.
bool is_simple(std::string_view text) {
  if (text.empty()) return true;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  if (((bytes[0] | bytes[text.size() - 1]) & 0x80) != 0) return false;
  uint8_t high = 0;
  uint8_t other = is_blank(bytes[0]) | is_blank(bytes[text.size() - 1]);
  for (size_t i = 0; i < text.size(); ++i) high |= bytes[i];
  if ((high & 0x80) != 0) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t c = bytes[i];
    other |= static_cast<uint8_t>((c == '&') | (c == '%') | (c == '='));
  }
  for (size_t i = 1; i < text.size(); ++i) {
    other |= static_cast<uint8_t>(is_blank(bytes[i]) & is_blank(bytes[i - 1]));
  }
  return other == 0;
}

// Every white space to " ", every capital to its small letter.
void lower(std::string& text) {
  for (char& c : text) {
    const auto byte = static_cast<uint8_t>(c);
    const bool capital = uint8_t(byte - 'A') < 26;
    const bool blank = uint8_t(byte - '\t') < 5;
    const uint8_t small = byte | static_cast<uint8_t>(capital ? 0x20 : 0);
    c = static_cast<char>(blank ? ' ' : small);
  }
}

// The part of the text that is shown; never half a character.
std::string_view shown_part(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  auto end = static_cast<int32_t>(kTextBytesMax);
  U8_SET_CP_START(reinterpret_cast<const uint8_t*>(text.data()), 0, end);
  return text.substr(0, static_cast<size_t>(end));
}

}  // namespace

Views see_step_by_step(std::string_view text) {
  const std::string_view shown = shown_part(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  views.plain = write_collapsed(read_steps(shown, views.disguise), shown);
  return views;
}

Views see(std::string_view text) {
  const std::string_view shown = shown_part(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  if (is_simple(shown)) {
    views.plain.text.assign(shown);
    lower(views.plain.text);
    return views;
  }
  if (!see_in_one_walk(shown, views)) views = see_step_by_step(text);
  return views;
}

}  // namespace simwarden
