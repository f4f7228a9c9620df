// SPDX-License-Identifier: Apache-2.0
#include "mail/cards.h"

#include <algorithm>
#include <array>

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
constexpr std::array kShown = {
    "summary"sv, "location"sv,   "description"sv, "organizer"sv, "contact"sv,
    "comment"sv, "conference"sv, "url"sv,         "fn"sv,        "nickname"sv,
    "org"sv,     "title"sv,      "tel"sv,         "email"sv,     "impp"sv,
    "note"sv,    "adr"sv,        "attach"sv};

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

void add_line(std::string_view line, std::string& out) {
  const size_t begin = value_begin(line);
  if (begin == line.npos) return;
  const std::string_view head = line.substr(0, begin - 1);
  std::string_view name = head.substr(0, head.find(';'));
  // "item1.TEL" of grouped cards.
  if (const size_t dot = name.find('.'); dot != name.npos) {
    name.remove_prefix(dot + 1);
  }
  if (std::none_of(kShown.begin(), kShown.end(), [&](std::string_view known) {
        return same_word(name, known);
      })) {
    return;
  }
  // An attached file written out in the card.
  if (contains_word(head, "encoding=b")) return;
  std::string value(line.substr(begin));
  if (contains_word(head, "quoted-printable")) {
    value = to_utf8(decode_quoted_printable(value)).view.text;
  }
  value = unescaped(value);
  if (without_blanks(value).empty()) return;
  out += value;
  out += '\n';
}

}  // namespace

bool is_card_type(std::string_view type) {
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string card_text(std::string_view text) {
  std::string out;
  while (!text.empty()) add_line(next_line(text), out);
  return out;
}

}  // namespace simwarden
