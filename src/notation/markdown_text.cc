// SPDX-License-Identifier: Apache-2.0
#include "notation/markdown_text.h"

#include <algorithm>

#include "diag/ascii.h"

namespace simwarden {
namespace {

// The signs that make a bare link, GFM 6.9: the colon of "http://" and the dot
// of "www.".
bool makes_link(std::string_view text, size_t at) {
  if (text[at] == ':') return text.substr(at).starts_with("://");
  constexpr size_t kWww = 3;
  return text[at] == '.' && at >= kWww &&
         same_letters(text.substr(at - kWww, kWww), "www");
}

// The sign of a mail address. No escape hides it from who looks for addresses
// in what has been read; a comment parts the text there. "pack@1.0.0" is none.
bool is_address(std::string_view text, size_t at) {
  const auto is_part = [&](size_t i) {
    return i < text.size() &&
           (is_ascii_letter(text[i]) || is_digit(text[i]) ||
            std::string_view(".+-_").find(text[i]) != std::string_view::npos);
  };
  if (text[at] != '@' || at == 0 || !is_part(at - 1)) return false;
  size_t end = at + 1;
  while (is_part(end)) ++end;
  const std::string_view host = text.substr(at + 1, end - at - 1);
  return std::any_of(host.begin(), host.end(), is_ascii_letter);
}

}  // namespace

bool is_markdown(char c) {
  return std::string_view("\\`*_[]<>#|~&").find(c) != std::string_view::npos;
}

std::string markdown_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (is_address(text, at)) out += "<!-- -->";
    if (is_markdown(text[at]) || makes_link(text, at)) out += '\\';
    out += text[at];
  }
  return out;
}

}  // namespace simwarden
