// SPDX-License-Identifier: Apache-2.0
#include "intake/mailbox.h"

#include <algorithm>

namespace simwarden {
namespace {

constexpr std::string_view kFrom = "From ";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "From demo@mail.example Mon Mar  2 10:15:30 2026": any text with a time of
// the day in it. Bodies have lines with "From " that were never quoted.
bool is_separator(std::string_view line) {
  if (!line.starts_with(kFrom) || line.size() > kMailSeparatorBytesMax) {
    return false;
  }
  for (size_t i = kFrom.size() + 2; i + 2 < line.size(); ++i) {
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i + 1]) &&
        is_digit(line[i + 2])) {
      return true;
    }
  }
  return false;
}

// The first "From " behind an empty line, at or behind `at`.
size_t find_candidate(std::string_view bytes, size_t at) {
  for (at = bytes.find("\nFrom ", at); at != bytes.npos;
       at = bytes.find("\nFrom ", at + 1)) {
    const bool bare = at > 0 && bytes[at - 1] == '\n';
    const bool returned =
        at > 1 && bytes[at - 1] == '\r' && bytes[at - 2] == '\n';
    if (bare || returned) return at + 1;
  }
  return bytes.npos;
}

}  // namespace

bool is_mailbox(std::string_view bytes) {
  return is_separator(bytes.substr(0, bytes.find('\n')));
}

size_t cut_mail(std::string_view rest, bool at_end) {
  for (size_t at = find_candidate(rest, 0); at != rest.npos;
       at = find_candidate(rest, at)) {
    const size_t end = rest.find('\n', at);
    if (end == rest.npos && !at_end &&
        rest.size() - at <= kMailSeparatorBytesMax) {
      return 0;
    }
    if (is_separator(rest.substr(at, std::min(end, rest.size()) - at))) {
      return at;
    }
  }
  return at_end ? rest.size() : 0;
}

std::string unwrapped_mail(std::string_view mail, size_t& header_begin) {
  header_begin = 0;
  if (is_mailbox(mail)) {
    header_begin = std::min(mail.find('\n'), mail.size() - 1) + 1;
  }
  mail.remove_prefix(header_begin);
  std::string out;
  out.reserve(mail.size());
  while (!mail.empty()) {
    // A ">" that begins a line.
    const size_t found = mail.find("\n>");
    if (found == mail.npos) break;
    const size_t quote = found + 1;
    const size_t word =
        std::min(mail.find_first_not_of('>', quote), mail.size());
    const bool quoted = mail.substr(word).starts_with(kFrom);
    out.append(mail.substr(0, quote));
    out.append(mail.substr(quote, word - quote - (quoted ? 1 : 0)));
    mail.remove_prefix(word);
  }
  out.append(mail);
  return out;
}

}  // namespace simwarden
