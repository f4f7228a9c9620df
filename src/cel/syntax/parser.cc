// SPDX-License-Identifier: Apache-2.0
#include "cel/syntax/parser.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cel/syntax/bounds.h"
#include "cel/syntax/lexer.h"
#include "cel/syntax/macros.h"
#include "cel/value/code_points.h"
#include "diag/ascii.h"
#include "diag/letter_name.h"
#include "diag/wide_signs.h"

// Recursive descent. Two counters keep it bounded: how deep we are in calls
// of expr(), and the depth of each node that is built (chains such as a.b.c
// and !!!x grow without recursion). Both stop at kDepthMax.
namespace cel {
namespace {

constexpr std::string_view kReserved[] = {
    "as",  "break",  "const", "continue", "else",    "for",       "function",
    "if",  "import", "let",   "loop",     "package", "namespace", "return",
    "var", "void",   "while", "in",       "true",    "false",     "null"};

// Words that stay words even after a dot.
constexpr std::string_view kNeverNames[] = {"in", "true", "false", "null"};

// What other languages say for our signs.
constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
    {"and", "&&"},
    {"or", "||"},
    {"not", "! before it, as in !(x in list)"},
    {"is", "=="},
    {"like", "x.contains('…'), or x.matches('…') for a pattern"}};

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return simwarden::is_digit(c);
  });
}

// The beginning of a word that may be as long as a whole source.
std::string shown(std::string_view word) {
  constexpr size_t kShown = 40;
  const auto cut = byte_of_code_point(word, kShown);
  if (!cut || *cut == word.size()) return std::string(word);
  return std::string(word.substr(0, *cut)) + "…";
}

class Parser {
 public:
  Parser(std::string_view source, Ast& ast, Complaints& complaints, bool macros)
      : lexer_(source), ast_(ast), complaints_(complaints), macros_(macros) {}

  bool run() {
    advance();
    ast_.root = expr();
    if (!failed_ && token_.kind != TokenKind::end) unexpected();
    return !failed_ && !slipped_;
  }

 private:
  // --- words ---------------------------------------------------------------
  void advance() {
    previous_end_ = token_.end;
    previous_ = token_.text;
    do {
      token_ = lexer_.next();
    } while (token_.kind == TokenKind::wide && !failed_ && skips_wide());
    if (token_.kind != TokenKind::bad) return;
    std::string problem(token_.problem);
    if (problem.empty()) {
      problem = simwarden::letter_name(token_.text) + " has no meaning here";
    }
    complain(kSyntax, {token_.begin, token_.end}, std::move(problem));
  }

  // Complains about a full-width sign and takes it for what it looks like, so
  // that all of them are told at once. True: a blank, which means nothing.
  bool skips_wide() {
    const char sign = simwarden::narrow_of(token_.text, 0);
    const bool quote = sign == '\'' || sign == '"';
    slipped_ = true;
    complaints_.add(
        {kSyntax,
         {token_.begin, token_.begin + simwarden::kWideSignBytes},
         simwarden::wide_sign_name(token_.text, 0) + " has no meaning here",
         {},
         quote ? fmt::format("write {0} before and behind the text", sign)
               : fmt::format("write {}",
                             sign == ' ' ? "a blank" : std::string(1, sign))});
    if (sign == ' ') return true;
    constexpr std::string_view kSingle = "()[]{},:?.+-*/%!<>";
    const size_t known = kSingle.find(sign);
    const bool closed = token_.text.size() > simwarden::kWideSignBytes;
    failed_ = quote ? !closed : known == std::string_view::npos;
    token_.kind = quote ? TokenKind::string : TokenKind::symbol;
    token_.text = quote ? "''" : kSingle.substr(failed_ ? 0 : known, 1);
    return false;
  }

  bool accept(std::string_view symbol) {
    if (failed_ || !token_.is(symbol)) return false;
    advance();
    return true;
  }

  void expect(std::string_view symbol) {
    if (failed_ || accept(symbol)) return;
    unexpected(symbol);
  }

  void unexpected(std::string_view wanted = {}) {
    const std::string found =
        token_.kind == TokenKind::end
            ? "the expression ends here"
            : fmt::format("{} is not expected here", shown(token_.text));
    complain(kSyntax, {token_.begin, token_.end}, found,
             wanted.empty() ? "" : fmt::format("{} is expected", wanted),
             help());
  }

  std::string help() const {
    const std::string number = number_meant();
    return number.empty() ? help_for_word()
                          : fmt::format("a number has a point: {}", number);
  }

  // Of 10,5: 10.5. "" where no comma stands between digits.
  std::string number_meant() const {
    const bool between = token_.is(",") && previous_end_ == token_.begin &&
                         all_digits(previous_);
    const std::string_view rest = ast_.source.substr(token_.end);
    const size_t size =
        std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (!between || size == 0) return {};
    return shown(previous_) + "." + shown(rest.substr(0, size));
  }

  // Of other languages.
  std::string help_for_word() const {
    for (const auto& [word, sign] : kSigns) {
      if (simwarden::same_letters(token_.text, word) ||
          simwarden::same_letters(previous_, word)) {
        return fmt::format("write {}", sign);
      }
    }
    return {};
  }

  // Only the first one counts: after it the parse is over.
  void complain(const char* code, Range at, std::string message,
                std::string label = {}, std::string help = {}) {
    if (failed_) return;
    failed_ = true;
    complaints_.add(
        {code, at, std::move(message), std::move(label), std::move(help)});
  }

  void too_deep(Range at) {
    complain(kTooComplicated, at,
             fmt::format("the expression nests deeper than {}", kDepthMax),
             "too deep", "split the rule, or use all_of and any_of");
  }

  // --- nodes ---------------------------------------------------------------
  Expr make(ExprKind kind, const Token& word, size_t begin) const {
    Expr made;
    made.kind = kind;
    made.begin = begin;
    made.word_begin = word.begin;
    made.word_end = word.end;
    made.name = word.text;
    return made;
  }

  ExprId add(Expr node) {
    if (failed_) return broken();
    node.end = std::max(previous_end_, node.begin);
    for (const ExprId id : node.args) {
      node.depth = std::max(node.depth, ast_[id].depth + 1);
    }
    if (node.depth > kDepthMax) {
      too_deep({node.word_begin, node.word_end});
    } else if (ast_.nodes.size() >= kNodesMax) {
      complain(kTooComplicated, {node.begin, node.end},
               fmt::format("the expression has more than {} parts", kNodesMax),
               "too long", "split the rule");
    } else if (!count_loops(node)) {
      complain(kTooComplicated, {node.word_begin, node.word_end},
               fmt::format("loops nest deeper than {}", kLoopNestingMax),
               "too deep", "split the rule");
    }
    if (failed_) return broken();
    ast_.nodes.push_back(std::move(node));
    return static_cast<ExprId>(ast_.nodes.size() - 1);
  }

  // The range of a loop is not inside it, its body is.
  bool count_loops(Expr& node) const {
    for (size_t i = 0; i < node.args.size(); ++i) {
      const bool body = node.kind == ExprKind::loop && i > 0;
      node.loop_nesting = std::max(
          node.loop_nesting, ast_[node.args[i]].loop_nesting + (body ? 1 : 0));
    }
    return node.loop_nesting <= kLoopNestingMax;
  }

  ExprId broken() {
    if (ast_.nodes.empty()) ast_.nodes.emplace_back();
    return 0;
  }

  // --- grammar -------------------------------------------------------------
  ExprId expr() {
    if (failed_) return broken();
    if (++depth_ > kDepthMax) {
      too_deep({token_.begin, token_.end});
      return broken();
    }
    const ExprId made = choice();
    --depth_;
    return made;
  }

  ExprId choice() {
    const size_t begin = token_.begin;
    const ExprId condition = logic("||");
    if (failed_ || !token_.is("?")) return condition;
    Expr node = make(ExprKind::choose, token_, begin);
    advance();
    const ExprId then = logic("||");
    expect(":");
    const ExprId otherwise = expr();
    node.args = {condition, then, otherwise};
    return add(std::move(node));
  }

  ExprId logic(std::string_view op) {
    const auto operand = [this, op] {
      return op == "||" ? logic("&&") : binary(0);
    };
    const size_t begin = token_.begin;
    const ExprId first = operand();
    if (failed_ || !token_.is(op)) return first;
    Expr node = make(ExprKind::logic, token_, begin);
    node.args = {first};
    while (accept(op)) node.args.push_back(operand());
    return add(std::move(node));
  }

  bool at_operator(int level) const {
    if (token_.is_word("in")) return level == 0;
    if (token_.kind != TokenKind::symbol) return false;
    constexpr std::string_view kLevels[][6] = {
        {"<", "<=", ">=", ">", "==", "!="}, {"+", "-"}, {"*", "/", "%"}};
    return is_among(token_.text, kLevels[level]);
  }

  // Levels: 0 relation, 1 sum, 2 product.
  ExprId binary(int level) {
    const auto operand = [this, level] {
      return level == 2 ? unary() : binary(level + 1);
    };
    const size_t begin = token_.begin;
    ExprId left = operand();
    while (!failed_ && at_operator(level)) {
      Expr node = make(ExprKind::call, token_, begin);
      advance();
      node.args = {left, operand()};
      left = add(std::move(node));
    }
    return left;
  }

  ExprId unary() {
    if (failed_ || (!token_.is("!") && !token_.is("-"))) return member();
    std::vector<Token> signs;
    const Token first = token_;
    while (token_.is(first.text) && !failed_) {
      signs.push_back(token_);
      advance();
      if (signs.size() <= kDepthMax) continue;
      too_deep({first.begin, first.end});
      return broken();
    }
    const bool number =
        token_.kind == TokenKind::integer || token_.kind == TokenKind::number;
    const bool negative = first.is("-") && number;
    const size_t minus = signs.back().begin;
    if (negative) signs.pop_back();
    ExprId operand = negative ? suffixes(literal(minus), minus) : member();
    for (; !signs.empty(); signs.pop_back()) {
      Expr node = make(ExprKind::call, signs.back(), signs.back().begin);
      if (first.is("-")) node.name = "-_";
      node.args = {operand};
      operand = add(std::move(node));
    }
    return operand;
  }

  ExprId member() {
    const size_t begin = token_.begin;
    return suffixes(primary(), begin);
  }

  ExprId suffixes(ExprId left, size_t begin) {
    while (!failed_) {
      if (token_.is("[")) {
        Expr node = make(ExprKind::call, token_, begin);
        advance();
        node.name = accept("?") ? "[?]" : "[]";
        node.args = {left, expr()};
        expect("]");
        left = add(std::move(node));
      } else if (accept(".")) {
        left = selected(left, begin);
      } else {
        break;
      }
    }
    return left;
  }

  ExprId selected(ExprId left, size_t begin) {
    const bool optional = accept("?");
    const Token word = token_;
    const bool name =
        word.kind == TokenKind::name && !is_among(word.text, kNeverNames);
    if (failed_ || (!name && word.kind != TokenKind::quoted)) {
      unexpected("the name of a field");
      return broken();
    }
    advance();
    if (name && !optional && token_.is("(")) return call(word, begin, left);
    Expr node = make(ExprKind::select, word, begin);
    node.optional = optional;
    if (!name) node.name = word.text.substr(1, word.text.size() - 2);
    node.args = {left};
    return add(std::move(node));
  }

  ExprId call(const Token& word, size_t begin, std::optional<ExprId> receiver) {
    Expr node = make(ExprKind::call, word, begin);
    node.member = receiver.has_value();
    if (receiver) node.args.push_back(*receiver);
    expect("(");
    arguments(node.args);
    if (failed_) return broken();
    const size_t count = node.args.size() - node.member;
    const Macro* macro =
        macros_ ? find_macro(word.text, node.member, count) : nullptr;
    if (macro && !macro->expand(ast_, node, complaints_)) failed_ = true;
    return add(std::move(node));
  }

  // Up to the closing bracket, which is taken.
  void arguments(std::vector<ExprId>& args) {
    while (!failed_ && !token_.is(")")) {
      args.push_back(expr());
      if (!accept(",")) break;
      if (token_.is(")")) unexpected("an argument");
    }
    expect(")");
  }

  ExprId primary() {
    if (failed_) return broken();
    const size_t begin = token_.begin;
    switch (token_.kind) {
      case TokenKind::integer:
      case TokenKind::uinteger:
      case TokenKind::number:
      case TokenKind::string:
      case TokenKind::bytes: return literal(begin);
      case TokenKind::name: return word(begin, false);
      default: break;
    }
    if (accept(".")) return word(begin, true);
    if (accept("(")) {
      const ExprId inner = expr();
      expect(")");
      return inner;
    }
    if (token_.is("[")) return list();
    if (token_.is("{")) return map();
    unexpected();
    return broken();
  }

  ExprId list() {
    Expr node = make(ExprKind::list, token_, token_.begin);
    advance();
    while (!failed_ && !token_.is("]")) {
      if (accept("?")) node.maybe.push_back(node.args.size());
      node.args.push_back(expr());
      if (!accept(",")) break;
    }
    expect("]");
    return add(std::move(node));
  }

  ExprId map() {
    Expr node = make(ExprKind::map, token_, token_.begin);
    advance();
    while (!failed_ && !token_.is("}")) {
      if (accept("?")) node.maybe.push_back(node.args.size() + 1);
      node.args.push_back(expr());
      expect(":");
      node.args.push_back(expr());
      if (!accept(",")) break;
    }
    expect("}");
    return add(std::move(node));
  }

  ExprId word(size_t begin, bool rooted) {
    const Token name = token_;
    if (failed_ || name.kind != TokenKind::name) {
      unexpected("a name");
      return broken();
    }
    if (!rooted && is_among(name.text, kNeverNames) && name.text != "in") {
      return literal(begin);
    }
    if (is_among(name.text, kReserved)) {
      complain(kSyntax, {name.begin, name.end},
               fmt::format("{} is a reserved word", name.text), "not a name");
      return broken();
    }
    advance();
    if (token_.is("(")) return call(name, begin, std::nullopt);
    if (token_.is("{")) {
      complain(kSyntax, {name.begin, token_.end},
               "values of named types cannot be made here", "no such syntax",
               "a map is written {'key': value}");
      return broken();
    }
    Expr node = make(ExprKind::ident, name, begin);
    node.rooted = rooted;
    return add(std::move(node));
  }

  // --- literals ------------------------------------------------------------
  ExprId literal(size_t begin) {
    const Token token = token_;
    Expr node = make(ExprKind::literal, token, begin);
    node.value = constant(token, begin < token.begin);
    advance();
    return add(std::move(node));
  }

  Value constant(const Token& token, bool negative) {
    switch (token.kind) {
      case TokenKind::integer: return integer(token, negative);
      case TokenKind::uinteger: return integer(token, false);
      case TokenKind::number: return number(token, negative);
      case TokenKind::string:
      case TokenKind::bytes: return text(token);
      default: break;
    }
    if (token.text == "null") return {};
    return Value::of_bool(token.text == "true");
  }

  Value integer(const Token& token, bool negative) {
    const bool is_uint = token.kind == TokenKind::uinteger;
    std::string_view digits = token.text;
    if (is_uint) digits.remove_suffix(1);
    const bool hex = digits.starts_with("0x");
    if (hex) digits.remove_prefix(2);
    uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(
        digits.data(), digits.data() + digits.size(), magnitude, hex ? 16 : 10);
    constexpr uint64_t kMax = INT64_MAX;
    const bool fits = is_uint || magnitude <= kMax + (negative ? 1 : 0);
    if (error != std::errc() || end != digits.data() + digits.size() || !fits) {
      complain(kLiteral, {token.begin, token.end},
               fmt::format("{} does not fit into {}", shown(token.text),
                           is_uint ? "a uint" : "an int"),
               "too big");
      return {};
    }
    if (is_uint) return Value::of_uint(magnitude);
    return Value::of_int(
        static_cast<int64_t>(negative ? 0 - magnitude : magnitude));
  }

  Value number(const Token& token, bool negative) {
    // strtod, since a number too small for a double is 0, not a mistake.
    const double value = std::strtod(std::string(token.text).c_str(), nullptr);
    if (std::isinf(value)) {
      complain(kLiteral, {token.begin, token.end},
               fmt::format("{} does not fit into a double", shown(token.text)),
               "too big");
    }
    return Value::of_number(negative ? -value : value);
  }

  Value text(const Token& token) {
    const bool bytes = token.kind == TokenKind::bytes;
    const Unescaped read = unescape(token.text, bytes);
    if (!read.ok) {
      complain(
          kLiteral,
          {token.begin + read.problem_begin, token.begin + read.problem_end},
          std::string(read.problem), "here",
          "in a regular expression use r'…', or write \\\\");
      return {};
    }
    const std::string_view kept = ast_.texts.copy(read.text);
    return bytes ? Value::of_bytes(kept) : Value::of_string(kept);
  }

  Lexer lexer_;
  Ast& ast_;
  Complaints& complaints_;
  bool macros_;
  Token token_;
  bool slipped_ = false;  // a mistake that did not end the parse
  size_t previous_end_ = 0;
  std::string_view previous_;  // the word that ends there
  uint32_t depth_ = 0;
  bool failed_ = false;
};

}  // namespace

bool parse(std::string_view source, Ast& ast, Complaints& complaints,
           bool macros) {
  if (source.size() > kSourceBytesMax) {
    complaints.add(
        {kTooComplicated,
         {0, 1},
         fmt::format("the expression is longer than {} bytes", kSourceBytesMax),
         "too long",
         "put long lists into a list file and use in_list()"});
    return false;
  }
  if (!is_utf8(source)) {
    complaints.add({kSyntax, {0, 1}, "the expression is not UTF-8"});
    return false;
  }
  ast.source = source;
  return Parser(source, ast, complaints, macros).run();
}

}  // namespace cel
