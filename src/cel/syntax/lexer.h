// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Words of an expression, one at a time. Grammar of the words (cel-spec,
// "Syntax"):
//
//   name     [_a-zA-Z][_a-zA-Z0-9]*
//   quoted   `[-_./ a-zA-Z0-9]+`                         (after a dot only)
//   integer  [0-9]+ | 0x[0-9a-fA-F]+      with u or U: uint
//   number   [0-9]*.[0-9]+([eE][+-]?[0-9]+)? | [0-9]+[eE][+-]?[0-9]+
//   string   [rR]? ('…' | "…" | '''…''' | """…""");  bytes: with b or B
//   comment  // to the end of the line
namespace cel {

enum class TokenKind : uint8_t {
  end,
  name,
  quoted,
  integer,
  uinteger,
  number,
  string,  // raw or not, with its quotes
  bytes,
  symbol,
  wide,  // a sign of diag/wide_signs.h; a quote with its text and closing one
  bad,   // `problem` says what is wrong
};

struct Token {
  TokenKind kind = TokenKind::end;
  size_t begin = 0;
  size_t end = 0;
  std::string_view text;  // of the source
  std::string_view problem;

  bool is(std::string_view symbol) const {
    return kind == TokenKind::symbol && text == symbol;
  }
  bool is_word(std::string_view word) const {
    return kind == TokenKind::name && text == word;
  }
};

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}
  Token next();

 private:
  void skip_blanks();
  Token made(TokenKind kind, size_t end) const;
  Token bad(size_t end, std::string_view problem) const;
  Token word();
  Token number();
  Token quoted_name();
  Token wide();
  Token foreign() const;
  Token string(size_t prefix, bool raw, TokenKind kind);
  char at(size_t offset) const {
    return at_ + offset < source_.size() ? source_[at_ + offset] : '\0';
  }

  std::string_view source_;
  size_t at_ = 0;
};

// The text that a string or bytes token stands for, quotes and escapes worked
// out; false with `problem` and its place in the token when it cannot be.
struct Unescaped {
  bool ok = true;
  std::string text;
  std::string_view problem;
  size_t problem_begin = 0;  // in the token
  size_t problem_end = 0;
};
Unescaped unescape(std::string_view token, bool bytes);

}  // namespace cel
