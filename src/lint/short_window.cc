// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <fmt/format.h>

#include "cel/value/times.h"
#include "lint/findings.h"

// A distance to the one before is the whole span where none is in it: held
// against more than the span, it says the same of every record.
namespace simwarden {
namespace {

using cel::ExprId;
using cel::ExprKind;
using cel::Tag;

const DeclaredWindow* distance_of(const Pack& pack, std::string_view fact) {
  for (const DeclaredWindow& window : pack.windows) {
    if (window.window.kind == WindowKind::since &&
        fact == "windows." + window.name) {
      return &window;
    }
  }
  return nullptr;
}

// Of duration('48h'), in the unit of spans.
std::optional<int64_t> bound_of(const cel::Ast& ast, ExprId id) {
  const cel::Expr& call = ast[id];
  if (call.kind != ExprKind::call || call.name != "duration" ||
      call.args.size() != 1) {
    return std::nullopt;
  }
  const cel::Expr& text = ast[call.args[0]];
  if (text.kind != ExprKind::literal || !text.value.is(Tag::string)) {
    return std::nullopt;
  }
  const auto value = cel::read_duration(text.value.as_string());
  if (!value) return std::nullopt;
  return value->duration_nanos() / (cel::kNanosPerSecond / kSecond);
}

// Whether `distance sign bound` says the same of all distances up to the span.
bool is_settled(std::string_view sign, int64_t bound, int64_t span) {
  if (sign == "==" || sign == "!=" || sign == "<" || sign == ">=") {
    return bound > span;
  }
  return bound >= span;  // <= and >
}

void look_at(const Pack& pack, const ConditionSite& site, Findings& findings) {
  const cel::Ast& ast = site.compiled->ast();
  for (const cel::Expr& expr : ast.nodes) {
    const bool compares =
        expr.name == "==" || expr.name == "!=" || cel::is_ordering(expr.name);
    if (expr.kind != ExprKind::call || expr.args.size() != 2 || !compares) {
      continue;
    }
    for (const size_t side : {0, 1}) {
      const DeclaredWindow* window =
          distance_of(pack, ast.text_of(expr.args[side]));
      const auto bound = bound_of(ast, expr.args[1 - side]);
      if (window == nullptr || !bound) continue;
      const std::string_view sign =
          side == 0 ? expr.name : cel::turned(expr.name);
      if (!is_settled(sign, *bound, window->window.span)) continue;
      const cel::Expr& at = ast[expr.args[1 - side]];
      findings.add(site, {at.begin, at.end},
                   fmt::format("windows.{} is never more than {}", window->name,
                               window->over));
    }
  }
}

}  // namespace

namespace looks {

void short_window(const Reading& reading, Findings& findings) {
  each_condition(reading, &RuleSite::runs, [&](const ConditionSite& site) {
    look_at(reading.ruleset.packs[site.rule->pack], site, findings);
  });
}

}  // namespace looks
}  // namespace simwarden
