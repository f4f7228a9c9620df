// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "cel/library/time_parts.h"
#include "diag/ascii.h"
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

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_capital);
}

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

// Whether the comparison says the same of all that is from `least` to `most`.
bool is_settled(const cel::TimePart& part, std::string_view sign,
                int64_t value) {
  if (value < part.least || value > part.most) return true;
  return (sign == ">" && value == part.most) ||
         (sign == "<" && value == part.least) ||
         (sign == ">=" && value == part.least) ||
         (sign == "<=" && value == part.most);
}

bool is_possible(FieldFormat format, const cel::Value& value, bool whole) {
  if (value.is(Tag::string)) {
    const std::string_view text = value.as_string();
    if (text.empty()) return true;
    if (format == FieldFormat::country) return !whole || is_country(text);
    if (format == FieldFormat::currency) return !whole || is_currency(text);
    if (format == FieldFormat::host) {
      return text.find_first_of("/:@") == text.npos;
    }
    return format != FieldFormat::e164 || text[0] == '+';
  }
  if (value.is(Tag::integer)) return in_range(format, double(value.as_int()));
  return !value.is(Tag::number) || in_range(format, value.as_number());
}

// An address is read as its host, which a rule is told alone.
std::string value_of(const Field& known) {
  if (known.format != FieldFormat::host) return expected(known);
  return "a host alone, as in www.example.com";
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
      if (begins) continue;
      look_at(expr.args[1], expr.args[0], true);
      look_at_time(expr.args[0], expr.name, expr.args[1]);
      look_at_time(expr.args[1], cel::turned(expr.name), expr.args[0]);
    }
  }

 private:
  void look_at_time(ExprId time, std::string_view sign, ExprId value) {
    const cel::Expr& call = ast_[time];
    if (call.kind != ExprKind::call || call.args.empty()) return;
    const cel::TimePart* part = cel::find_time_part(call.name);
    const cel::Type* of = site_.compiled->notes()[call.args[0]].type;
    if (part == nullptr || of != cel::timestamp_type()) return;
    const cel::Expr& other = ast_[value];
    if (other.kind == ExprKind::literal) {
      return compare_time(*part, sign, value);
    }
    if (other.kind != ExprKind::list) return;
    for (const ExprId item : other.args) compare_time(*part, sign, item);
  }

  void compare_time(const cel::TimePart& part, std::string_view sign,
                    ExprId value) {
    const cel::Expr& other = ast_[value];
    if (other.kind != ExprKind::literal || !other.value.is(Tag::integer)) {
      return;
    }
    const int64_t number = other.value.as_int();
    if (!is_settled(part, sign, number)) return;
    const bool possible = number >= part.least && number <= part.most;
    findings_.add(site_, {other.begin, other.end},
                  possible ? fmt::format("{} {} {} says the same of every time",
                                         part.getter, sign, number)
                           : fmt::format("{} is never {}", part.getter, number),
                  fmt::format("it is {} to {}", part.least, part.most),
                  std::string(part.counted));
  }

  void look_at(ExprId fact, ExprId value, bool whole) {
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
        "no value of it", "it is " + value_of(known));
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
