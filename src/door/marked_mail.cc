// SPDX-License-Identifier: Apache-2.0
#include "door/marked_mail.h"

#include <algorithm>
#include <set>

#include "diag/ascii.h"

namespace simwarden {
namespace {

bool begins_so(std::string_view line, std::string_view prefix) {
  return same_letters(line.substr(0, prefix.size()), prefix);
}

std::string_view first_line(std::string_view rest) {
  const size_t feed = rest.find('\n');
  return rest.substr(0, feed == rest.npos ? rest.size() : feed + 1);
}

bool is_empty_line(std::string_view line) {
  return line == "\n" || line == "\r\n";
}

}  // namespace

size_t header_end(std::string_view mail) {
  size_t at = 0;
  while (at < mail.size()) {
    const std::string_view line = first_line(mail.substr(at));
    at += line.size();
    if (is_empty_line(line)) return at;
  }
  return mail.size();
}

bool begins_as_ours(std::string_view line) {
  return begins_so(line, kOwnFields);
}

std::vector<std::string> forged_fields(std::string_view mail) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  while (!mail.empty()) {
    const std::string_view line = first_line(mail);
    if (is_empty_line(line)) break;
    mail.remove_prefix(line.size());
    if (!begins_as_ours(line)) continue;
    const std::string name(trimmed(line.substr(0, line.find(':')), " \t\r\n"));
    if (seen.insert(small_letters(name)).second) names.push_back(name);
  }
  return names;
}

std::string with_fields(std::string_view mail,
                        const std::vector<MailField>& fields,
                        const std::vector<std::string_view>& prefixes) {
  const std::string_view first = first_line(mail);
  const std::string_view end = first.ends_with("\r\n") ? "\r\n" : "\n";
  std::string out;
  out.reserve(mail.size() + 512);
  // A mailbox' separator stays in front.
  if (first.starts_with("From ")) {
    out += first;
    mail.remove_prefix(first.size());
  }
  for (const MailField& field : fields) {
    out.append(field.name).append(": ").append(field.value).append(end);
  }
  const size_t header = header_end(mail);
  bool taken_away = false;
  for (size_t at = 0; at < header;) {
    const std::string_view line = first_line(mail.substr(at, header - at));
    at += line.size();
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (!folded) {
      taken_away = std::any_of(
          prefixes.begin(), prefixes.end(),
          [&](std::string_view prefix) { return begins_so(line, prefix); });
    }
    if (!taken_away) out += line;
  }
  out += mail.substr(header);
  return out;
}

}  // namespace simwarden
