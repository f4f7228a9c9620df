// SPDX-License-Identifier: Apache-2.0
#include "mail/header_fields.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "mail/words.h"

namespace simwarden {
namespace {

// The line at the front with its line feed, if it has one.
std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
}

bool is_space_or_tab(char c) {
  return c == ' ' || c == '\t';
}

// A field with the lines that are folded behind it.
std::string_view first_field(std::string_view text) {
  size_t size = first_line(text).size();
  while (size < text.size() && is_space_or_tab(text[size])) {
    size += first_line(text.substr(size)).size();
  }
  return text.substr(0, size);
}

// The name before the colon, which may be empty; nullopt where it is none:
// names hold neither blanks nor control characters.
std::optional<std::string_view> name_of(std::string_view field, size_t colon) {
  if (colon == field.npos) return std::nullopt;
  std::string_view name = field.substr(0, colon);
  while (!name.empty() && is_space_or_tab(name.back())) name.remove_suffix(1);
  constexpr char kDelete = 0x7F;
  const bool other = holds_byte_up_to(' ', name) ||
                     name.find(kDelete) != std::string_view::npos;
  return other ? std::nullopt : std::optional(name);
}

}  // namespace

std::string unfolded(std::string_view value) {
  std::string out(without_blanks(value));
  std::erase_if(out,
                [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return out;
}

namespace {

std::string_view value_of(std::string_view field, size_t colon,
                          HeaderFields& header) {
  const std::string_view value = without_blanks(field.substr(colon + 1));
  // Line ends, NUL, and a few that are nearly as seldom.
  if (!holds_byte_up_to('\r', value)) return value;
  return header.unfolded.emplace_front(unfolded(value));
}

}  // namespace

HeaderFields read_header(std::string_view mail) {
  constexpr std::string_view kContent = "content-";
  constexpr size_t kFew = 16;  // of most mails
  HeaderFields header;
  header.fields.reserve(kFew);
  while (!mail.empty() && !begins_with_empty_line(mail)) {
    const std::string_view field = first_field(mail);
    const size_t colon = field.find(':');
    const auto name = name_of(field, colon);
    if (!name && header.fields.empty()) return header;
    mail.remove_prefix(field.size());
    if (!name) continue;
    header.fields.push_back({*name, value_of(field, colon, header)});
    if (!same_word(name->substr(0, kContent.size()), kContent)) continue;
    header.mime.append(field);
    if (!field.ends_with('\n')) header.mime += '\n';
  }
  if (!mail.empty()) header.body = mail.substr(first_line(mail).size());
  return header;
}

std::string without_leap_second(std::string_view value) {
  std::string text(value);
  const size_t at = text.find(":60");
  const size_t minute = sizeof(":59") - 1;
  const bool is_second =
      at != text.npos && at >= minute && text[at - minute] == ':' &&
      (at + minute == text.size() || !is_digit(text[at + minute]));
  if (is_second) text.replace(at, minute, ":59");
  return text;
}

}  // namespace simwarden
