// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "lint/findings.h"
#include "policy/names.h"
#include "record/fields.h"

// A text or number beside a field whose format has no such value:
// country == 'es', phone_number.startsWith('612'), local_hour >= 25. The
// comparison says the same of every record.
namespace simwarden {
namespace {

using cel::ExprId;
using cel::ExprKind;
using cel::Tag;

// The field that a fact is; null for what is worked out.
const Field* field_of(std::string_view fact) {
  for (const Kind kind : {Kind::request, Kind::message}) {
    const std::string group = fmt::format("{}.", name_of(kind));
    if (!fact.starts_with(group)) continue;
    const auto id = find_field(kind, fact.substr(group.size()));
    return id ? &field(*id) : nullptr;
  }
  return nullptr;
}

bool is_possible(FieldFormat format, const cel::Value& value, bool whole) {
  if (value.is(Tag::string)) {
    const std::string_view text = value.as_string();
    if (text.empty()) return true;
    if (format == FieldFormat::country) return !whole || is_country(text);
    return format != FieldFormat::e164 || text[0] == '+';
  }
  if (value.is(Tag::integer)) return in_range(format, double(value.as_int()));
  return !value.is(Tag::number) || in_range(format, value.as_number());
}

class Looker {
 public:
  Looker(const ConditionSite& site, Findings& findings)
      : site_(site), findings_(findings), ast_(site.compiled->ast()) {}

  void look() {
    for (const cel::Expr& expr : ast_.nodes) {
      if (expr.kind != ExprKind::call || expr.args.size() != 2) continue;
      const bool begins = expr.name == "startsWith";
      const bool compares = expr.name == "==" || expr.name == "!=" ||
                            expr.name == "in" || cel::is_ordering(expr.name);
      if (!begins && !compares) continue;
      look_at(expr.args[0], expr.args[1], !begins);
      if (!begins) look_at(expr.args[1], expr.args[0], true);
    }
  }

 private:
  // 0 is Sunday, as in CEL; 7 is no day.
  void look_at_day(ExprId day, ExprId value) {
    constexpr int64_t kSaturday = 6;
    const cel::Expr& call = ast_[day];
    const cel::Expr& other = ast_[value];
    if (call.kind != ExprKind::call || call.name != "getDayOfWeek") return;
    if (other.kind != ExprKind::literal || !other.value.is(Tag::integer))
      return;
    const int64_t number = other.value.as_int();
    if (number >= 0 && number <= kSaturday) return;
    findings_.add(site_, {other.begin, other.end},
                  fmt::format("getDayOfWeek is never {}", number),
                  "no day of the week", "0 is Sunday, 6 is Saturday");
  }

  void look_at(ExprId fact, ExprId value, bool whole) {
    look_at_day(fact, value);
    if (site_.compiled->notes()[fact].is != cel::Note::Is::fact) return;
    const Field* known = field_of(ast_.text_of(fact));
    if (known == nullptr || known->format == FieldFormat::any) return;
    const cel::Expr& other = ast_[value];
    if (other.kind == ExprKind::literal)
      return compare(*known, fact, value, whole);
    if (other.kind != ExprKind::list) return;
    for (const ExprId item : other.args) compare(*known, fact, item, whole);
  }

  void compare(const Field& known, ExprId fact, ExprId value, bool whole) {
    const cel::Expr& other = ast_[value];
    if (other.kind != ExprKind::literal) return;
    if (is_possible(known.format, other.value, whole)) return;
    findings_.add(
        site_, {other.begin, other.end},
        fmt::format("{} is never {}", ast_.text_of(fact), ast_.text_of(value)),
        "no value of it", fmt::format("it is {}", expected(known)));
  }

  const ConditionSite& site_;
  Findings& findings_;
  const cel::Ast& ast_;
};

}  // namespace

namespace looks {

void never_value(const Reading& reading, Findings& findings) {
  each_condition(reading, &RuleSite::runs, [&](const ConditionSite& site) {
    Looker(site, findings).look();
  });
}

}  // namespace looks
}  // namespace simwarden
