// SPDX-License-Identifier: Apache-2.0
#include "cel/syntax/lexer.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "diag/hex.h"
#include "diag/wide_signs.h"

// Hand-written, one pass, one look ahead. A string may hold any code point
// but its own quotes; only the tripled forms may hold a line break.
namespace cel {
namespace {

using simwarden::is_ascii_word;
using simwarden::is_digit;
using simwarden::is_hex_digit;

bool begins_name(char c) {
  return is_ascii_word(c) && !is_digit(c);
}

constexpr std::string_view kSymbols[] = {
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/",
    "%",  "!",  "?",  ":",  ".",  ",",  "(", ")", "[", "]", "{", "}",
};

// Blanks that look like the ordinary one, or like nothing: the bytes of what
// word processors and web pages leave behind when text is copied.
constexpr std::string_view kOddBlanks[] = {
    "\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u200A", "\u200B",
    "\u200C", "\u200D", "\u200E", "\u200F", "\u202F", "\u2060", "\uFEFF"};

// The bytes of one that stands at the beginning; 0: there is none.
size_t odd_blank(std::string_view text) {
  for (const std::string_view blank : kOddBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

// Of a span of time: 365d, 48h.
bool is_unit(char c) {
  return std::string_view("dhms").find(c) != std::string_view::npos;
}

// Signs of print for what has a sign of ASCII.
constexpr std::pair<std::string_view, std::string_view> kPrinted[] = {
    {"\u2010", "a hyphen that is none of ASCII: minus is -"},
    {"\u2011", "a hyphen that is none of ASCII: minus is -"},
    {"\u2012", "a dash has no meaning: minus is -"},
    {"\u2013", "a dash has no meaning: minus is -"},
    {"\u2014", "a dash has no meaning: minus is -"},
    {"\u2212", "− has no meaning: minus is -"},
    {"\u2264", "≤ has no meaning: at most is <="},
    {"\u2265", "≥ has no meaning: at least is >="},
    {"\u2260", "≠ has no meaning: it is !="},
    {"\u00D7", "× has no meaning: times is *"},
    {"\u00F7", "÷ has no meaning: divided by is /"},
};

// What other languages use and CEL does not.
std::string_view meaningless(char c) {
  switch (c) {
    case '=': return "= alone has no meaning: equality is ==";
    case '&': return "& alone has no meaning: and is &&";
    case '|': return "| alone has no meaning: or is ||";
    default:
      // The parser names what looks like another one.
      return c < 0 ? "" : "this character has no meaning here";
  }
}

}  // namespace

Token Lexer::made(TokenKind kind, size_t end) const {
  return {kind, at_, end, source_.substr(at_, end - at_), {}};
}

Token Lexer::bad(size_t end, std::string_view problem) const {
  Token token = made(TokenKind::bad, std::min(end, source_.size()));
  token.problem = problem;
  return token;
}

void Lexer::skip_blanks() {
  for (;;) {
    while (at_ < source_.size() &&
           std::string_view(" \t\n\r\f").find(source_[at_]) !=
               std::string::npos) {
      ++at_;
    }
    if (at(0) != '/' || at(1) != '/') return;
    at_ = std::min(source_.find('\n', at_), source_.size());
  }
}

Token Lexer::next() {
  skip_blanks();
  Token token = made(TokenKind::end, at_);
  const char c = at(0);
  if (at_ >= source_.size()) return token;
  if (begins_name(c)) {
    token = word();
  } else if (is_digit(c) || (c == '.' && is_digit(at(1)))) {
    token = number();
  } else if (c == '\'' || c == '"') {
    token = string(0, false, TokenKind::string);
  } else if (c == '`') {
    token = quoted_name();
  } else if (simwarden::narrow_of(source_, at_) != '\0') {
    token = wide();
  } else if (const size_t blank = odd_blank(source_.substr(at_))) {
    token = bad(at_ + blank,
                "a no-break or invisible blank, as copied text has them, has "
                "no meaning here: write an ordinary one");
  } else {
    token = foreign();
    for (const std::string_view symbol : kSymbols) {
      if (symbol[0] != c || !source_.substr(at_).starts_with(symbol)) continue;
      token = made(TokenKind::symbol, at_ + symbol.size());
      break;
    }
  }
  at_ = token.end;
  return token;
}

Token Lexer::foreign() const {
  const std::string_view rest = source_.substr(at_);
  if (rest.starts_with("=>")) {
    return bad(at_ + 2, "=> has no meaning: at least is >=");
  }
  for (const auto& [sign, problem] : kPrinted) {
    if (rest.starts_with(sign)) return bad(at_ + sign.size(), problem);
  }
  return bad(at_ + simwarden::code_point_size(source_, at_),
             meaningless(at(0)));
}

// A name, or a string with a prefix: r'', b"", rb'', Br"".
Token Lexer::word() {
  size_t prefix = 0;
  bool raw = false;
  bool bytes = false;
  for (; prefix < 2; ++prefix) {
    const char c = at(prefix);
    if (!raw && (c == 'r' || c == 'R')) {
      raw = true;
    } else if (!bytes && (c == 'b' || c == 'B')) {
      bytes = true;
    } else {
      break;
    }
  }
  if (prefix > 0 && (at(prefix) == '\'' || at(prefix) == '"')) {
    return string(prefix, raw, bytes ? TokenKind::bytes : TokenKind::string);
  }
  size_t end = at_ + 1;
  while (end < source_.size() && is_ascii_word(source_[end])) {
    ++end;
  }
  return made(TokenKind::name, end);
}

Token Lexer::number() {
  size_t n = 0;
  TokenKind kind = TokenKind::integer;
  if (at(0) == '0' && at(1) == 'x') {
    n = 2;
    while (is_hex_digit(at(n))) ++n;
    if (n == 2) return bad(at_ + 2, "0x needs hexadecimal digits");
  } else {
    while (is_digit(at(n))) ++n;
    if (at(n) == '.' && is_digit(at(n + 1))) {
      kind = TokenKind::number;
      ++n;
      while (is_digit(at(n))) ++n;
    }
    if (at(n) == 'e' || at(n) == 'E') {
      size_t digits = n + 1;
      if (at(digits) == '+' || at(digits) == '-') ++digits;
      if (!is_digit(at(digits))) {
        return bad(at_ + digits, "the exponent has no digits");
      }
      kind = TokenKind::number;
      n = digits;
      while (is_digit(at(n))) ++n;
    }
  }
  if (kind == TokenKind::integer && (at(n) == 'u' || at(n) == 'U')) {
    kind = TokenKind::uinteger;
    ++n;
  }
  if (begins_name(at(n))) {
    return bad(at_ + n + 1,
               is_unit(at(n)) && !begins_name(at(n + 1))
                   ? "a number runs into a name: a span of time is written "
                     "duration('48h'), with h, m or s"
                   : "a number runs into a name");
  }
  return made(kind, at_ + n);
}

Token Lexer::wide() {
  const char sign = simwarden::narrow_of(source_, at_);
  const size_t end = at_ + simwarden::kWideSignBytes;
  if (sign != '\'' && sign != '"') return made(TokenKind::wide, end);
  for (size_t i = end; i < source_.size(); ++i) {
    if (source_[i] == sign) return made(TokenKind::wide, i + 1);
    if (simwarden::narrow_of(source_, i) == sign) {
      return made(TokenKind::wide, i + simwarden::kWideSignBytes);
    }
  }
  return made(TokenKind::wide, end);
}

Token Lexer::quoted_name() {
  const size_t end = source_.find('`', at_ + 1);
  if (end == std::string::npos || end == at_ + 1) {
    return bad(at_ + 1, "a quoted name needs a closing `");
  }
  for (size_t i = at_ + 1; i < end; ++i) {
    const char c = source_[i];
    if (is_ascii_word(c)) continue;
    if (std::string_view("-./ ").find(c) == std::string::npos) {
      return bad(end + 1, "a quoted name has letters, digits and _ - . / only");
    }
  }
  return made(TokenKind::quoted, end + 1);
}

Token Lexer::string(size_t prefix, bool raw, TokenKind kind) {
  const size_t open = at_ + prefix;
  const char quote = source_[open];
  const std::string triple(3, quote);
  const bool tripled = source_.substr(open).starts_with(triple);
  size_t i = open + (tripled ? 3 : 1);
  while (i < source_.size()) {
    const char c = source_[i];
    if (c == '\\' && !raw) {
      i += 2;
      continue;
    }
    if (!tripled && (c == '\n' || c == '\r')) break;
    if (!tripled && c == quote) return made(kind, i + 1);
    if (tripled && source_.substr(i).starts_with(triple)) {
      return made(kind, i + 3);
    }
    ++i;
  }
  return bad(open + 1, "this string has no closing quote");
}

}  // namespace cel
