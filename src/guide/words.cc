// SPDX-License-Identifier: Apache-2.0
#include "guide/words.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/check.h"
#include "guide/condition_tree.h"
#include "guide/markdown.h"
#include "guide/operands.h"

// A walk over the syntax tree with a sign: "not" is carried down to where it
// can be said in one word. Chains of && and || become lists, what remains are
// claims: a subject and what is said of it.
namespace simwarden {
namespace {

using cel::Expr;
using cel::ExprId;
using cel::ExprKind;
using cel::Loop;

struct Claim {
  std::string subject;
  std::string predicate;
};

struct Comparison {
  std::string_view sign;
  std::string_view opposite;
  std::string_view number;  // of numbers and spans of time
  std::string_view time;    // of points in time
};
constexpr std::array<Comparison, 4> kComparisons = {{
    {"<", ">=", "is less than", "is before"},
    {"<=", ">", "is at most", "is not after"},
    {">", "<=", "is more than", "is after"},
    {">=", "<", "is at least", "is not before"},
}};

const Comparison* find_comparison(std::string_view sign) {
  for (const Comparison& row : kComparisons) {
    if (row.sign == sign) return &row;
  }
  return nullptr;
}

struct TextTest {
  std::string_view name;
  std::string_view yes;
  std::string_view no;
};
constexpr std::array<TextTest, 4> kTextTests = {{
    {"startsWith", "begins with", "does not begin with"},
    {"endsWith", "ends with", "does not end with"},
    {"contains", "contains", "does not contain"},
    {"matches", "matches the regular expression",
     "does not match the regular expression"},
}};

class Translator {
 public:
  Translator(const cel::Ast& ast, const Vocabulary& words)
      : ast_(ast), words_(words), operands_(ast, words) {}

  Phrase phrase(ExprId id, bool negated) {
    const Expr& expr = ast_[id];
    if (is_not(expr)) return phrase(expr.args[0], !negated);
    if (expr.kind == ExprKind::logic) return chain(expr, negated);
    if (expr.kind == ExprKind::choose) return choice(expr, negated);
    if (expr.kind == ExprKind::loop) {
      if (auto made = loop(expr, negated)) return *std::move(made);
    }
    if (find_comparison(expr.name) != nullptr && expr.args.size() == 2 &&
        expr.kind == ExprKind::call) {
      return comparison(expr.name, expr.args[0], expr.args[1], negated);
    }
    const Claim made = claim(id, negated);
    return {made.subject + " " + made.predicate, {}};
  }

 private:
  // a && (b && c) is one list.
  void flatten(const Expr& expr, std::vector<ExprId>& into) const {
    for (const ExprId id : expr.args) {
      const Expr& part = ast_[id];
      if (part.kind == ExprKind::logic && part.name == expr.name) {
        flatten(part, into);
      } else {
        into.push_back(id);
      }
    }
  }

  // Not (a or b) reads best as "none of these"; not (a and b) as "not a, or
  // not b".
  Phrase chain(const Expr& expr, bool negated) {
    const bool all = expr.name == "&&";
    std::vector<ExprId> ids;
    flatten(expr, ids);
    if (negated && !all)
      return {"none of these holds", parts(ids, false, false)};
    const bool any = all == negated;
    std::vector<Phrase> made = parts(ids, negated, !any);
    if (made.size() == 1) return std::move(made[0]);
    return {any ? "at least one of these holds" : "all of these hold",
            std::move(made)};
  }

  // "x is recorded" and "x is y" become one clause.
  std::vector<Phrase> parts(const std::vector<ExprId>& ids, bool negated,
                            bool all) {
    std::vector<Phrase> made;
    for (size_t i = 0; i < ids.size(); ++i) {
      if (i + 1 < ids.size()) {
        auto merged = merge(ids[i], ids[i + 1], negated, all);
        if (merged) {
          made.push_back(*std::move(merged));
          ++i;
          continue;
        }
      }
      made.push_back(phrase(ids[i], negated));
    }
    return made;
  }

  std::optional<Phrase> merge(ExprId first, ExprId second, bool negated,
                              bool all) {
    const auto [test, test_negated] = without_not(first, negated);
    if (ast_[test].kind != ExprKind::test || test_negated == all) {
      return std::nullopt;
    }
    const auto [other, other_negated] = without_not(second, negated);
    if (!is_claim(ast_[other])) return std::nullopt;
    const Claim recorded = claim(test, test_negated);
    const Claim said = claim(other, other_negated);
    if (recorded.subject != said.subject) return std::nullopt;
    return Phrase{
        fmt::format("{} {} {} {}", recorded.subject, recorded.predicate,
                    all ? "and" : "or", said.predicate),
        {}};
  }

  static bool is_claim(const Expr& expr) {
    return expr.kind != ExprKind::logic && expr.kind != ExprKind::choose &&
           expr.kind != ExprKind::loop;
  }

  std::pair<ExprId, bool> without_not(ExprId id, bool negated) const {
    while (is_not(ast_[id])) {
      id = ast_[id].args[0];
      negated = !negated;
    }
    return {id, negated};
  }

  Phrase choice(const Expr& expr, bool negated) {
    return choice(expr, phrase(expr.args[1], negated),
                  phrase(expr.args[2], negated));
  }

  Phrase choice(const Expr& expr, Phrase then, Phrase otherwise) {
    return {"it depends",
            {{"if this holds", {phrase(expr.args[0], false)}},
             {"then", {std::move(then)}},
             {"otherwise", {std::move(otherwise)}}}};
  }

  // x > (a ? b : c) is said as two comparisons.
  Phrase comparison(std::string_view sign, ExprId left, ExprId right,
                    bool negated) {
    const Expr& bound = ast_[right];
    if (bound.kind == ExprKind::choose) {
      return choice(bound, comparison(sign, left, bound.args[1], negated),
                    comparison(sign, left, bound.args[2], negated));
    }
    const Claim made = compared(sign, left, right, negated);
    return {made.subject + " " + made.predicate, {}};
  }

  Claim compared(std::string_view sign, ExprId left, ExprId right,
                 bool negated) const {
    const Comparison* row = find_comparison(sign);
    CHECK(row, "callers ask about signs of kComparisons");
    if (negated) row = find_comparison(row->opposite);
    CHECK(row, "each sign's opposite is one of kComparisons");
    const bool times = operands_.is_time(left) && operands_.is_time(right);
    return {operands_.words(left),
            fmt::format("{} {}", times ? row->time : row->number,
                        operands_.words(right))};
  }

  std::optional<Phrase> loop(const Expr& expr, bool negated) {
    std::string head;
    const std::string range = operands_.words(expr.args[0]);
    switch (expr.loop) {
      case Loop::exists:
        head = fmt::format("there is {} in {} for which",
                           negated ? "none" : "one", range);
        break;
      case Loop::all:
        head = fmt::format(
            "{} in {}", negated ? "not for every one" : "for every one", range);
        break;
      case Loop::exists_one:
        head = fmt::format("there is {}exactly one in {} for which",
                           negated ? "not " : "", range);
        break;
      default: return std::nullopt;
    }
    operands_.enter(expr);
    Phrase body = phrase(expr.args[1], false);
    operands_.leave();
    // "for which all of these hold: …" needs no list of one.
    if (!body.parts.empty()) {
      return Phrase{head + (expr.loop == Loop::all ? ", " : " ") + body.text,
                    std::move(body.parts)};
    }
    return Phrase{std::move(head), {std::move(body)}};
  }

  Claim claim(ExprId id, bool negated) {
    const Expr& expr = ast_[id];
    if (expr.kind == ExprKind::test) {
      const auto named = operands_.dotted(id);
      return {named ? operands_.name(*named) : operands_.code(id),
              negated ? "is not recorded" : "is recorded"};
    }
    if (expr.kind == ExprKind::literal && expr.value.is(cel::Tag::boolean)) {
      return {"this",
              expr.value.is_true() != negated ? "always holds" : "never holds"};
    }
    if (const auto named = operands_.dotted(id)) return fact(*named, negated);
    if (expr.kind == ExprKind::call) {
      if (auto made = call(expr, negated)) return *std::move(made);
    }
    return {operands_.code(id), negated ? "does not hold" : "holds"};
  }

  Claim fact(const std::string& named, bool negated) {
    if (named.starts_with("patterns.")) {
      return {"the text",
              fmt::format("{} {}", negated ? "does not match" : "matches",
                          words_.pattern_set(named.substr(9)))};
    }
    return {operands_.name(named), negated ? "is false" : "is true"};
  }

  std::optional<Claim> call(const Expr& expr, bool negated) {
    if (expr.member) return member_call(expr, negated);
    if (expr.args.size() != 2) return std::nullopt;
    if (expr.name == "in_list") return in_list(expr, negated);
    if (expr.name == "in") return among(expr, negated);
    if (expr.name == "==" || expr.name == "!=") {
      return equality(expr, (expr.name == "!=") != negated);
    }
    if (find_comparison(expr.name) == nullptr) return std::nullopt;
    return compared(expr.name, expr.args[0], expr.args[1], negated);
  }

  std::optional<Claim> member_call(const Expr& expr, bool negated) {
    if (expr.args.size() != 2) return std::nullopt;
    for (const TextTest& row : kTextTests) {
      if (row.name != expr.name) continue;
      return Claim{operands_.words(expr.args[0]),
                   fmt::format("{} {}", negated ? row.no : row.yes,
                               operands_.words(expr.args[1]))};
    }
    return std::nullopt;
  }

  std::optional<Claim> in_list(const Expr& expr, bool negated) {
    const Expr& name = ast_[expr.args[0]];
    if (name.kind != ExprKind::literal || !name.value.is(cel::Tag::string)) {
      return std::nullopt;
    }
    return Claim{operands_.words(expr.args[1]),
                 fmt::format("{} in the list {}", negated ? "is not" : "is",
                             words_.list(name.value.as_string()))};
  }

  Claim among(const Expr& expr, bool negated) {
    const Expr& list = ast_[expr.args[1]];
    const std::string all = operands_.words(expr.args[1]);
    const std::string subject = operands_.words(expr.args[0]);
    if (list.kind != ExprKind::list) {
      return {subject,
              fmt::format("{} among {}", negated ? "is not" : "is", all)};
    }
    if (list.args.size() == 1) {
      return {subject, fmt::format("{} {}", negated ? "is not" : "is", all)};
    }
    return {subject,
            fmt::format("{} {}", negated ? "is none of" : "is one of", all)};
  }

  Claim equality(const Expr& expr, bool negated) {
    const ExprId left = expr.args[0];
    const ExprId right = expr.args[1];
    const Expr& value = ast_[right];
    const std::string subject = operands_.words(left);
    if (value.kind != ExprKind::literal) {
      return {subject,
              fmt::format("{} {}", negated ? "differs from" : "is the same as",
                          operands_.words(right))};
    }
    const bool empty =
        value.value.is(cel::Tag::string) && value.value.as_string().empty();
    return {subject, fmt::format("{} {}", negated ? "is not" : "is",
                                 empty ? "empty" : operands_.words(right))};
  }

  const cel::Ast& ast_;
  const Vocabulary& words_;
  Operands operands_;
};

std::string with_capital(std::string text) {
  if (!text.empty()) text[0] = capital_letter(text[0]);
  return text;
}

void print_parts(const Phrase& phrase, size_t depth, std::string& out) {
  for (const Phrase& part : phrase.parts) {
    out.append(depth * 2, ' ');
    out += "- " + part.text + (part.parts.empty() ? "\n" : ":\n");
    print_parts(part, depth + 1, out);
  }
}

}  // namespace

Phrase condition_in_words(std::string_view source, const Vocabulary& words) {
  const auto ast = condition_tree(source);
  return Translator(*ast, words).phrase(ast->root, false);
}

std::string print_phrase(const Phrase& phrase) {
  std::string out = with_capital(phrase.text);
  out += phrase.parts.empty() ? ".\n" : ":\n\n";
  print_parts(phrase, 0, out);
  return out;
}

}  // namespace simwarden
