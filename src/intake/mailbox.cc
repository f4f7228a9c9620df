// SPDX-License-Identifier: Apache-2.0
#include "intake/mailbox.h"

#include <algorithm>

#include "diag/ascii.h"

namespace simwarden {
namespace {

constexpr std::string_view kFrom = "From ";

// "From demo@mail.example Mon Mar  2 10:15:30 2026": any text with a time of
// the day in it, "From -" of Mozilla, or an address alone. Bodies have lines
// with "From " that were never quoted.
bool is_separator(std::string_view line) {
  constexpr size_t kLineMax = kMailSeparatorBytesMax / 2;
  if (!line.starts_with(kFrom) || line.size() > kLineMax) {
    return false;
  }
  std::string_view rest = line.substr(kFrom.size());
  rest = rest.substr(0, rest.find_last_not_of(" \r") + 1);
  const bool one_word = rest.find(' ') == rest.npos;
  if (rest == "-" || (one_word && rest.find('@') != rest.npos)) return true;
  for (size_t i = kFrom.size() + 2; i + 2 < line.size(); ++i) {
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i + 1]) &&
        is_digit(line[i + 2])) {
      return true;
    }
  }
  return false;
}

bool is_behind_empty_line(std::string_view bytes, size_t at) {
  const std::string_view before = bytes.substr(0, at);
  return before.ends_with("\n\n") || before.ends_with("\n\r\n");
}

// "Subject: …"
bool is_header_line(std::string_view line) {
  const size_t colon = line.find(':');
  return colon != line.npos && colon > 0 &&
         line.substr(0, colon).find_first_of(" \t") == line.npos;
}

}  // namespace

bool is_mailbox(std::string_view bytes) {
  return bytes.starts_with(kFrom) &&
         is_separator(bytes.substr(0, bytes.find('\n')));
}

size_t lines_before_mailbox(std::string_view bytes) {
  const size_t begin = bytes.find_first_not_of("\r\n");
  return begin != bytes.npos && is_mailbox(bytes.substr(begin)) ? begin : 0;
}

// Some programs write no empty line between mails: then a header must follow.
size_t cut_mail(std::string_view rest, bool at_end) {
  for (size_t feed = rest.find("\nFrom "); feed != rest.npos;
       feed = rest.find("\nFrom ", feed + 1)) {
    const size_t at = feed + 1;
    const size_t end = std::min(rest.find('\n', at), rest.size());
    const size_t next_end = std::min(rest.find('\n', end + 1), rest.size());
    const bool may_be_cut_short =
        next_end == rest.size() && rest.size() - at < kMailSeparatorBytesMax;
    if (may_be_cut_short && !at_end) return 0;
    if (!is_separator(rest.substr(at, end - at))) continue;
    const std::string_view next =
        rest.substr(std::min(end + 1, rest.size()), next_end - end);
    if (is_behind_empty_line(rest, at) || is_header_line(next)) return at;
  }
  return at_end ? rest.size() : 0;
}

std::string unwrapped_mail(std::string_view mail) {
  if (is_mailbox(mail)) {
    mail.remove_prefix(std::min(mail.find('\n'), mail.size() - 1) + 1);
  }
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
