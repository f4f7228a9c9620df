// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/pieces.h"

// Most messages are ASCII, and for these folding is lower case and single
// spaces: a short loop, and no offsets at all when nothing changed. Anything
// else goes step by step over code points (pieces.h).
namespace simwarden {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

// Without entities: what it says is what it has.
bool is_plain_ascii(std::string_view text) {
  if (!is_ascii(text)) return false;
  for (size_t i = text.find('&'); i != text.npos; i = text.find('&', i + 1)) {
    if (begins_entity(text.substr(i))) return false;
  }
  return true;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

void push(View& view, char c, uint32_t begin, uint32_t end) {
  view.text.push_back(c);
  view.begins.push_back(begin);
  view.ends.push_back(end);
}

void resize(View& view, size_t size) {
  view.text.resize(size);
  view.begins.resize(size);
  view.ends.resize(size);
}

View plain_of_ascii(std::string_view text) {
  View view;
  resize(view, text.size());
  const auto size = static_cast<uint32_t>(text.size());
  size_t out = 0;
  const auto put = [&](char c, uint32_t begin, uint32_t end) {
    view.text[out] = c;
    view.begins[out] = begin;
    view.ends[out] = end;
    ++out;
  };
  for (uint32_t i = 0; i < size;) {
    uint32_t end = i;
    while (end < size && is_space(text[end])) ++end;
    if (end == i) {
      put(lower(text[i]), i, i + 1);
      ++i;
      continue;
    }
    if (i != 0 && end != size) put(' ', i, end);
    i = end;
  }
  resize(view, out);
  return view;
}

constexpr std::array<bool, 128> kSqueezed = [] {
  std::array<bool, 128> kept{};
  for (size_t c = 'a'; c <= 'z'; ++c) kept[c] = true;
  for (const char c : std::string_view("0123456789@./:+#$*-_")) {
    kept[static_cast<size_t>(c)] = true;
  }
  return kept;
}();

// Letters, digits, and the marks that belong to letters.
bool is_squeezed(UChar32 c) {
  if (c < 0x80) return kSqueezed[static_cast<size_t>(c)];
  if (u_isalnum(c) != 0) return true;
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

View squeeze(const View& plain) {
  View view;
  resize(view, plain.text.size());
  size_t out = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(plain.text.data());
  const auto size = static_cast<int32_t>(plain.text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0 && !is_squeezed(c)) continue;
    for (auto k = static_cast<size_t>(begin); k < static_cast<size_t>(at);
         ++k) {
      view.text[out] = plain.text[k];
      view.begins[out] = plain.begins[k];
      view.ends[out] = plain.ends[k];
      ++out;
    }
  }
  resize(view, out);
  return view;
}

// A view of ASCII that changed nothing needs no map.
void drop_identity(View& view, std::string_view text) {
  if (view.text != text || !is_plain_ascii(text)) return;
  view.begins = {};
  view.ends = {};
}

View encode(const Pieces& pieces) {
  View view;
  view.text.reserve(pieces.size() * 2);
  view.begins.reserve(pieces.size() * 2);
  view.ends.reserve(pieces.size() * 2);
  for (const Piece& p : pieces) {
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(p.c));
    for (int32_t i = 0; i < size; ++i) {
      push(view, static_cast<char>(bytes[i]), p.begin, p.end);
    }
  }
  return view;
}

Views finish(std::string_view shown, Views views) {
  views.squeezed = squeeze(views.plain);
  drop_identity(views.squeezed, shown);
  drop_identity(views.plain, shown);
  return views;
}

// The part of the text that is shown; never half a character.
std::string_view shown_part(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  auto end = static_cast<int32_t>(kTextBytesMax);
  U8_SET_CP_START(reinterpret_cast<const uint8_t*>(text.data()), 0, end);
  return text.substr(0, static_cast<size_t>(end));
}

}  // namespace

Span View::original(size_t begin, size_t end) const {
  if (begins.empty()) {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  begin = std::min(begin, begins.size());
  end = std::min(end, begins.size());
  if (begin >= end) {
    const uint32_t at = begin < begins.size() ? begins[begin] : ends.back();
    return {at, at};
  }
  return {begins[begin], ends[end - 1]};
}

Views see_step_by_step(std::string_view text) {
  const std::string_view shown = shown_part(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  Pieces pieces = decode(shown, views.disguise);
  count_disguises(pieces, views.disguise);
  drop_invisible(pieces);
  pieces = fold(read_emoji(pieces));
  // A Latin letter may compose with a mark that its double had.
  if (unmask_words(pieces, views.disguise)) pieces = fold(pieces);
  simplify(pieces);
  views.plain = encode(collapse_spaces(pieces));
  return finish(shown, std::move(views));
}

std::string fold_letters(std::string_view text) {
  Disguise ignored;
  Pieces pieces = decode(text, ignored);
  drop_invisible(pieces);
  return encode(collapse_spaces(fold(read_emoji(pieces)))).text;
}

Views see(std::string_view text) {
  const std::string_view shown = shown_part(text);
  if (!is_plain_ascii(shown)) return see_step_by_step(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  views.plain = plain_of_ascii(shown);
  return finish(shown, std::move(views));
}

}  // namespace simwarden
