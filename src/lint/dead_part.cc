// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cel/check/outcomes.h"
#include "lint/findings.h"

// A condition that is constant as a whole is C119. Here are its parts, down
// into the bodies of loops.
namespace simwarden {
namespace {

std::string label_of(cel::Constancy found) {
  if (found == cel::Constancy::never_true) return "never holds together";
  return found == cel::Constancy::always_true ? "always holds"
                                              : "holds, or is not recorded";
}

// Empty: the lint's own.
std::string help_of(cel::Constancy found) {
  if (found == cel::Constancy::never_true) return {};
  return "for values that are all wrong write &&; has(…) asks whether a fact "
         "is "
         "recorded";
}

class Looker {
 public:
  Looker(const ConditionSite& site, Findings& findings)
      : site_(site),
        findings_(findings),
        known_{site.compiled->ast(), site.compiled->notes(),
               site.compiled->numbers(), site.compiled->constants()} {}

  // Depth is bounded by cel::kDepthMax. What is said of a part is not said of
  // its parts again.
  void look(cel::ExprId id, bool is_root) {
    const cel::Expr& expr = known_.ast[id];
    if (!is_root && is_condition(id) && complain(id)) return;
    for (const cel::ExprId part : cel::operands(expr, known_.notes[id])) {
      look(part, false);
    }
  }

 private:
  bool is_condition(cel::ExprId id) const {
    const cel::Expr& expr = known_.ast[id];
    return expr.kind == cel::ExprKind::logic &&
           known_.notes[id].type == cel::bool_type() && !known_.constants[id];
  }

  bool complain(cel::ExprId id) {
    const cel::Constancy found = cel::constancy_of(known_, id);
    if (found == cel::Constancy::varies) return false;
    const cel::Expr& expr = known_.ast[id];
    findings_.add(site_, {expr.begin, expr.end},
                  fmt::format("this part of {} is {}", site_.rule->rule->id,
                              name_of(found)),
                  label_of(found), help_of(found));
    return true;
  }

  const ConditionSite& site_;
  Findings& findings_;
  cel::Known known_;
};

void look_at(const ConditionSite& site, Findings& findings) {
  Looker(site, findings).look(site.compiled->ast().root, true);
}

}  // namespace

namespace looks {

void dead_part(const Reading& reading, Findings& findings) {
  each_condition(reading, &RuleSite::is_kept,
                 [&](const ConditionSite& site) { look_at(site, findings); });
}

}  // namespace looks
}  // namespace simwarden
