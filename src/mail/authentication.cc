// SPDX-License-Identifier: Apache-2.0
#include "mail/authentication.h"

#include <array>

#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// Without comments, which may be nested (RFC 5322, 3.2.2).
std::string without_comments(std::string_view value) {
  std::string out;
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\\' && i + 1 < value.size()) {
      if (depth == 0) out.append(value.substr(i, 2));
      ++i;
      continue;
    }
    if (c == '"' && depth == 0) quoted = !quoted;
    if (c == '(' && !quoted) {
      ++depth;
    } else if (c == ')' && !quoted && depth > 0) {
      --depth;
    } else if (depth == 0) {
      out += c;
    }
  }
  return out;
}

std::string_view next_word(std::string_view& text) {
  text = without_blanks(text);
  size_t end = 0;
  while (end < text.size() && !is_blank_char(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// "dmarc=fail header.from=demo.example"; blanks may stand round the "=".
std::string tight(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (!is_blank_char(text[i])) {
      out += text[i++];
      continue;
    }
    while (i < text.size() && is_blank_char(text[i])) ++i;
    const bool beside = (i < text.size() && text[i] == '=') ||
                        (!out.empty() && out.back() == '=');
    if (!beside) out += ' ';
  }
  return out;
}

// The domain of "smtp.mailfrom=demo@mail.example", "header.d=mail.example".
std::string domain_of(std::string_view value) {
  while (!value.empty() && value.front() == '"') value.remove_prefix(1);
  while (!value.empty() && value.back() == '"') value.remove_suffix(1);
  const size_t at = value.rfind('@');
  return small_letters(at == value.npos ? value : value.substr(at + 1));
}

bool names_a_domain(std::string_view property) {
  constexpr std::array kProperties = {"smtp.mailfrom"sv, "smtp.helo"sv,
                                      "header.d"sv, "header.i"sv,
                                      "header.from"sv};
  for (const std::string_view known : kProperties) {
    if (same_word(property, known)) return true;
  }
  return false;
}

std::optional<AuthenticationResult> read_result(std::string_view clause) {
  const std::string text = tight(clause);
  std::string_view rest = text;
  const std::string_view first = next_word(rest);
  const size_t equals = first.find('=');
  if (equals == first.npos || equals == 0) return std::nullopt;
  // "dkim/1=pass": a version of the method.
  std::string_view method = first.substr(0, equals);
  method = method.substr(0, method.find('/'));
  AuthenticationResult result{small_letters(method),
                              small_letters(first.substr(equals + 1)), ""};
  while (result.domain.empty() && !without_blanks(rest).empty()) {
    const std::string_view word = next_word(rest);
    const size_t sign = word.find('=');
    if (sign == word.npos || !names_a_domain(word.substr(0, sign))) continue;
    result.domain = domain_of(word.substr(sign + 1));
  }
  return result;
}

}  // namespace

std::optional<std::vector<AuthenticationResult>> read_authentication(
    std::string_view value, std::string_view authserv_id) {
  const std::string plain = without_comments(value);
  std::string_view rest = plain;
  std::string_view head = rest.substr(0, rest.find(';'));
  rest.remove_prefix(std::min(head.size() + 1, rest.size()));
  // A version may stand behind the name.
  if (!same_word(next_word(head), small_letters(authserv_id))) {
    return std::nullopt;
  }
  std::vector<AuthenticationResult> results;
  while (!rest.empty() && results.size() < kAuthenticationResultsMax) {
    const std::string_view clause = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(clause.size() + 1, rest.size()));
    if (auto result = read_result(clause)) results.push_back(*result);
  }
  return results;
}

}  // namespace simwarden
