// SPDX-License-Identifier: Apache-2.0
#include "mail/cards.h"

#include <algorithm>
#include <array>

#include "mail/file_types.h"
#include "mail/html.h"
#include "mail/mime.h"
#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTypes = {"text/calendar"sv,    "text/x-vcalendar"sv,
                               "application/ics"sv,  "text/vcard"sv,
                               "text/x-vcard"sv,     "text/directory"sv,
                               "application/vcard"sv};
constexpr std::array kShown = {"summary"sv,
                               "location"sv,
                               "description"sv,
                               "organizer"sv,
                               "contact"sv,
                               "comment"sv,
                               "conference"sv,
                               "url"sv,
                               "fn"sv,
                               "nickname"sv,
                               "org"sv,
                               "title"sv,
                               "tel"sv,
                               "email"sv,
                               "impp"sv,
                               "note"sv,
                               "adr"sv,
                               "attach"sv,
                               "label"sv,
                               "role"sv,
                               "x-alt-desc"sv,
                               "x-google-conference"sv,
                               "x-microsoft-skypeteamsmeetingurl"sv,
                               "x-socialprofile"sv,
                               "x-skype"sv,
                               "x-telegram"sv,
                               "x-whatsapp"sv};
// Whose parameters say what the value is for.
constexpr std::array kServices = {"impp"sv, "x-socialprofile"sv};

// A line folded over several ones, without its folds (RFC 5545, 3.1).
std::string next_line(std::string_view& text) {
  std::string line;
  do {
    const size_t end = std::min(text.find('\n'), text.size());
    line.append(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (text.empty() || !is_blank_char(text[0]) || text[0] == '\n') break;
    text.remove_prefix(1);
  } while (true);
  return line;
}

// The same of vCard 2.1: a line in quoted-printable goes on behind its "=".
std::string next_whole_line(std::string_view& text) {
  std::string line = next_line(text);
  const bool quoted = contains_word(
      std::string_view(line).substr(0, line.find(':')), "quoted-printable");
  const auto goes_on = [&] {
    return quoted && without_blanks(line).ends_with('=');
  };
  while (!text.empty() && goes_on()) {
    line.resize(line.rfind('='));
    line += next_line(text);
  }
  return line;
}

// "\n", "\," "\;" and "\\" (RFC 5545, 3.3.11).
std::string unescaped(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    const char c = value[++i];
    out += c == 'n' || c == 'N' ? '\n' : c;
  }
  return out;
}

// The colon that ends the parameters; one inside quotes does not.
size_t value_begin(std::string_view line) {
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i + 1;
  }
  return line.npos;
}

// The values of a parameter, "CN=" or "TYPE=", with a blank behind each.
std::string parameters(std::string_view head, std::string_view name) {
  std::string out;
  while (!head.empty()) {
    size_t end = 0;
    for (bool quoted = false; end < head.size(); ++end) {
      if (head[end] == '"') quoted = !quoted;
      if (head[end] == ';' && !quoted) break;
    }
    const std::string_view one = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    const size_t sign = one.find('=');
    if (sign == one.npos || !same_word(one.substr(0, sign), name)) continue;
    std::string_view value = one.substr(sign + 1);
    if (value.starts_with('"')) value.remove_prefix(1);
    if (value.ends_with('"')) value.remove_suffix(1);
    out.append(value).append(" ");
  }
  return out;
}

// What stands in front of a value: for whom or what it is.
std::string lead_of(std::string_view name, std::string_view head) {
  if (same_word(name, "organizer")) return parameters(head, "cn");
  if (!is_one_of(kServices, name)) return {};
  return parameters(head, "x-service-type") + parameters(head, "type");
}

// Whether the value is said to be base64, by the parameter itself: programs
// pass over what only looks like it.
bool is_base64(std::string_view head) {
  const std::string values = parameters(head, "encoding");
  for (std::string_view rest = values; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(one.size() + 1);
    if (same_word(one, "b") || same_word(one, "base64")) return true;
  }
  return false;
}

void add_value(std::string_view lead, std::string_view value,
               std::string& out) {
  constexpr std::string_view kOfApple = "x-apple:";
  if (value.starts_with(kOfApple)) value.remove_prefix(kOfApple.size());
  if (without_blanks(value).empty()) return;
  out.append(lead).append(value).append("\n");
}

// Bytes in any charset, without those that end a text.
std::string as_text(std::string_view bytes) {
  std::string text = to_utf8(bytes).view.text;
  std::erase(text, '\0');
  return text;
}

void add_line(std::string_view line, std::string& out) {
  const size_t begin = value_begin(line);
  if (begin == line.npos) return;
  const std::string_view head = line.substr(0, begin - 1);
  std::string_view name = head.substr(0, head.find(';'));
  // "item1.TEL" of grouped cards.
  if (const size_t dot = name.find('.'); dot != name.npos) {
    name.remove_prefix(dot + 1);
  }
  if (!is_one_of(kShown, name)) return;
  std::string value(line.substr(begin));
  const std::string lead = lead_of(name, head);
  if (is_base64(head)) {
    // Some programs decode an attached file alone, which is no words.
    const std::string decoded = decode_base64(value);
    if (is_plain_text(decoded)) add_value(lead, as_text(decoded), out);
    if (same_word(name, "attach")) return;
  }
  if (contains_word(head, "quoted-printable")) {
    value = as_text(decode_quoted_printable(value));
  }
  value = unescaped(value);
  if (contains_word(parameters(head, "fmttype"), "text/html")) {
    value = html_as_text(value);
  }
  add_value(lead, value, out);
}

}  // namespace

bool is_card_type(std::string_view type) {
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string card_text(std::string_view text) {
  std::string out;
  while (!text.empty()) add_line(next_whole_line(text), out);
  return out;
}

}  // namespace simwarden
