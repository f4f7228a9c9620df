// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "lint/findings.h"

// Bounds that somebody may want to set: a number or a time span beside a fact.
// 0 and 1 are "none" and "any", small counts of elements are a plural; a number
// after == is a code, not a bound.
namespace simwarden {
namespace {

using cel::ExprId;
using cel::ExprKind;
using cel::Tag;

// One, two, three of something: a plural, not a figure that anybody tunes.
constexpr int64_t kPluralMax = 3;

double worth(const cel::Value& number) {
  if (number.is(Tag::integer)) return double(number.as_int());
  if (number.is(Tag::uinteger)) return double(number.as_uint());
  return number.as_number();
}

class Looker {
 public:
  Looker(const Reading& reading, const ConditionSite& site, Findings& findings)
      : ruleset_(reading.ruleset),
        site_(site),
        findings_(findings),
        ast_(site.compiled->ast()),
        notes_(site.compiled->notes()) {}

  void look() {
    for (ExprId id = 0; id < ast_.nodes.size(); ++id) {
      if (is_ordering(ast_[id])) look_at(ast_[id]);
    }
  }

 private:
  static bool is_ordering(const cel::Expr& expr) {
    return expr.kind == ExprKind::call && !expr.member &&
           expr.args.size() == 2 && cel::is_ordering(expr.name);
  }

  void look_at(const cel::Expr& comparison) {
    for (const size_t side : {0u, 1u}) {
      const ExprId fixed = comparison.args[side];
      const ExprId other = comparison.args[1 - side];
      const auto& value = site_.compiled->constants()[fixed];
      if (!value || is_harmless(*value, other) || !asks_a_fact(other)) continue;
      const cel::Expr& expr = ast_[fixed];
      findings_.add(
          site_, {expr.begin, expr.end},
          fmt::format("{} compares with a figure that no profile can set",
                      site_.rule->rule->id),
          "a figure of its own");
    }
  }

  bool is_harmless(const cel::Value& value, ExprId other) const {
    if (value.is(Tag::duration)) return value.duration_nanos() == 0;
    const bool number = value.is(Tag::integer) || value.is(Tag::uinteger) ||
                        value.is(Tag::number);
    if (!number) return true;
    const double figure = worth(value);
    if (figure == 0 || figure == 1) return true;
    return counts_elements(other) && figure > 0 && figure <= kPluralMax;
  }

  // size(list), list.size(), list.filter(…).size()
  bool counts_elements(ExprId id) const {
    const cel::Expr& expr = ast_[id];
    if (expr.kind != ExprKind::call || expr.name != "size") return false;
    const ExprId counted = expr.args.front();
    return notes_[counted].type->kind == cel::TypeKind::list ||
           notes_[counted].type->kind == cel::TypeKind::map;
  }

  // Depth is bounded by cel::kDepthMax.
  bool asks_a_fact(ExprId id) const {
    const cel::Note& note = notes_[id];
    if (note.is == cel::Note::Is::fact)
      return note.index < ruleset_.schema_slots;
    if (note.is == cel::Note::Is::local) return true;
    const auto parts = cel::operands(ast_[id], note);
    return std::any_of(parts.begin(), parts.end(),
                       [this](ExprId part) { return asks_a_fact(part); });
  }

  const Ruleset& ruleset_;
  const ConditionSite& site_;
  Findings& findings_;
  const cel::Ast& ast_;
  const cel::Notes& notes_;
};

}  // namespace

namespace looks {

void threshold(const Reading& reading, Findings& findings) {
  each_condition(reading, &RuleSite::is_kept, [&](const ConditionSite& site) {
    Looker(reading, site, findings).look();
  });
}

}  // namespace looks
}  // namespace simwarden
