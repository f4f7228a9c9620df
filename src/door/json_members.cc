// SPDX-License-Identifier: Apache-2.0
#include "door/json_members.h"

#include <algorithm>

#include "diag/ascii.h"

namespace simwarden {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Behind the quote that closes; npos: none does.
size_t end_of_string(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

// Where the comma or bracket behind a member stands; npos: nowhere.
size_t end_of_member(std::string_view text, size_t at) {
  size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      continue;
    }
    const bool closes = c == ']' || c == '}';
    if (depth == 0 && (c == ',' || closes)) return at;
    if (c == '[' || c == '{') ++depth;
    if (closes) --depth;
    ++at;
  }
  return std::string_view::npos;
}

}  // namespace

JsonMembers split_json_array(std::string_view text, size_t members_max) {
  JsonMembers members;
  const auto wrong = [&](std::string_view why, size_t at) {
    members.wrong = why;
    members.wrong_at = std::min(at, text.size());
    return members;
  };
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos || text[first] != '[') {
    return wrong("no [ begins it", first);
  }
  for (size_t at = first + 1;;) {
    const size_t end = end_of_member(text, at);
    if (end == text.npos) return wrong("it ends in the middle", end);
    const auto member = trimmed(text.substr(at, end - at), kBlanks);
    const bool is_empty =
        member.empty() && members.texts.empty() && text[end] == ']';
    if (member.empty() && !is_empty) return wrong("a member is missing", end);
    if (!is_empty && members.texts.size() == members_max) {
      members.too_many = true;
      return members;
    }
    if (!is_empty) members.texts.push_back(member);
    at = end + 1;
    if (text[end] == '}') return wrong("a } that nothing opened", end);
    if (text[end] == ',') continue;
    const size_t more = text.find_first_not_of(kBlanks, at);
    return more == text.npos ? members : wrong("something follows it", more);
  }
}

}  // namespace simwarden
