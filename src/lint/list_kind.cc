// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/findings.h"

// in_list('official_domains', request.phone_number): no number is a domain.
namespace simwarden {
namespace {

using cel::ExprId;
using cel::ExprKind;

// What a fact holds, by the last part of its name; "" where that may be one or
// the other: message.sender is a number or a name.
std::string_view kind_of_fact(std::string_view fact) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6>
      kKinds = {{{"phone_number", "phone"},
                 {"hotline_number", "phone"},
                 {"registrable", "domain"},
                 {"registrable_domain", "domain"},
                 {"domain", "domain"},
                 {"host", "host"}}};
  const std::string_view last = fact.substr(fact.rfind('.') + 1);
  for (const auto& [name, kind] : kKinds) {
    if (name == last) return kind;
  }
  return {};
}

bool fits(std::string_view of, std::string_view kind) {
  const auto net = [](std::string_view k) {
    return k == "domain" || k == "host";
  };
  return kind.empty() || of == kind || of == "text" || (net(of) && net(kind));
}

class Looker {
 public:
  Looker(const Ruleset& ruleset, const ConditionSite& site, Findings& findings)
      : ruleset_(ruleset),
        site_(site),
        findings_(findings),
        ast_(site.compiled->ast()) {}

  void look(const std::string& pack) {
    for (const cel::Expr& expr : ast_.nodes) {
      const bool asks = expr.kind == ExprKind::call && expr.name == "in_list" &&
                        expr.args.size() == 2;
      if (asks) look_at(expr, pack);
    }
  }

 private:
  void look_at(const cel::Expr& call, const std::string& pack) {
    const cel::Expr& name = ast_[call.args[0]];
    if (name.kind != ExprKind::literal || !name.value.is(cel::Tag::string)) {
      return;
    }
    const std::string wanted(name.value.as_string());
    const NamedList* list = ruleset_.list(pack + "/" + wanted);
    if (list == nullptr) list = ruleset_.list(wanted);
    const ExprId fact = call.args[1];
    const std::string_view kind = kind_of_fact(ast_.text_of(fact));
    if (list == nullptr || fits(list->of, kind)) return;
    findings_.add(site_, {ast_[fact].begin, ast_[fact].end},
                  fmt::format("{} is a {}, and {} is a list of: {}",
                              ast_.text_of(fact), kind, wanted, list->of),
                  "in no such list");
  }

  const Ruleset& ruleset_;
  const ConditionSite& site_;
  Findings& findings_;
  const cel::Ast& ast_;
};

}  // namespace

namespace looks {

void list_kind(const Reading& reading, Findings& findings) {
  each_condition(reading, &RuleSite::runs, [&](const ConditionSite& site) {
    Looker(reading.ruleset, site, findings)
        .look(reading.ruleset.packs[site.rule->pack].name);
  });
}

}  // namespace looks
}  // namespace simwarden
