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

enum class Way : uint8_t { lower, ascii, walk };

// Bytes are looked at without a branch.
Way way_of(std::string_view text) {
  if (text.empty()) return Way::lower;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  if (((bytes[0] | bytes[text.size() - 1]) & 0x80) != 0) return Way::walk;
  uint8_t high = 0;
  for (size_t i = 0; i < text.size(); ++i) high |= bytes[i];
  if ((high & 0x80) != 0) return Way::walk;
  uint8_t escape = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t c = bytes[i];
    escape |= static_cast<uint8_t>((c == '&') | (c == '%') | (c == '='));
  }
  if (escape != 0) return Way::walk;
  uint8_t twice = is_blank(bytes[0]) | is_blank(bytes[text.size() - 1]);
  for (size_t i = 1; i < text.size(); ++i) {
    twice |= static_cast<uint8_t>(is_blank(bytes[i]) & is_blank(bytes[i - 1]));
  }
  return twice != 0 ? Way::ascii : Way::lower;
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
  Views views;
  see(text, views);
  return views;
}

void see(std::string_view text, Views& views) {
  const std::string_view shown = shown_part(text);
  views.forget();
  views.raw = text;
  views.cut = shown.size() != text.size();
  switch (way_of(shown)) {
    case Way::lower:
      views.plain.text.assign(shown);
      lower(views.plain.text);
      break;
    case Way::ascii: see_ascii(shown, views); break;
    case Way::walk:
      if (!see_in_one_walk(shown, views)) views = see_step_by_step(text);
      break;
  }
}

}  // namespace simwarden
