// SPDX-License-Identifier: Apache-2.0
#include "spelling/pictured.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/look_around.h"
#include "text/pictures.h"

namespace simwarden {
namespace {

bool is_enclosed(char32_t c) {
  const bool circled = c >= 0x24B6 && c <= 0x24E9;
  return circled || (c >= 0x1F130 && c <= 0x1F189);
}

// Behind the enclosed letters that begin at `i`; `i` for too many.
size_t enclosed_end(std::string_view raw, size_t i) {
  constexpr size_t kLettersMax = 2;
  size_t end = i;
  for (size_t n = 0; n <= kLettersMax; ++n) {
    const CodePoint p = code_point_at(raw, end);
    if (!is_enclosed(p.c)) return end;
    end += p.size;
  }
  return i;
}

// "demo88", "demo_x", and no host: "\u24E5ideo1.example".
bool is_glued_name(std::string_view t, size_t i) {
  size_t end = i;
  while (is_name_char(at(t, end))) ++end;
  const std::string_view name = t.substr(i, end - i);
  return name.find_first_of("0123456789_") != name.npos &&
         !is_one_of(at(t, end), ".-/@:");
}

void add_service(const View& plain, std::string_view raw, Span written,
                 std::vector<Respelling>& to) {
  constexpr std::array<std::string_view, 7> kServices = {"v",  "q",  "vx", "wx",
                                                         "vv", "tg", "qq"};
  const Span shown = plain.shown(written);
  const auto service =
      std::string_view(plain.text).substr(shown.begin, shown.size());
  const bool glued = is_glued_name(plain.text, shown.end) &&
                     !is_name_char(before(plain.text, shown.begin)) &&
                     is_ascii(at(raw, written.end));
  if (!glued || !is_one_of(service, kServices)) return;
  to.push_back(
      {shown.begin, shown.end, std::string(service) + ":", How::turned});
}

}  // namespace

std::vector<Respelling> respelled_pictures(const View& plain,
                                           std::string_view raw) {
  std::vector<Respelling> found;
  for (PicturedWord& word : pictured_words(raw)) {
    const Span shown = plain.shown(word.span);
    if (shown.size() == 0) continue;
    found.push_back({shown.begin, shown.end, std::move(word.word), How::as_is});
  }
  return found;
}

std::vector<Respelling> circled_services(const View& plain,
                                         std::string_view raw) {
  // The first bytes of all such letters.
  constexpr std::array<std::string_view, 5> kLeads = {
      "\xE2\x92", "\xE2\x93", "\xF0\x9F\x84", "\xF0\x9F\x85", "\xF0\x9F\x86"};
  std::vector<Respelling> found;
  for (const std::string_view lead : kLeads) {
    size_t done = 0;
    for (size_t i = raw.find(lead); i != raw.npos; i = raw.find(lead, done)) {
      done = i + lead.size();
      if (is_enclosed(code_point_before(raw, i).c)) continue;
      const size_t end = enclosed_end(raw, i);
      if (end == i) continue;
      add_service(plain, raw,
                  {static_cast<uint32_t>(i), static_cast<uint32_t>(end)},
                  found);
      done = end;
    }
  }
  return found;
}

}  // namespace simwarden
