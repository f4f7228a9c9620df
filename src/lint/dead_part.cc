// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cel/outcomes.h"
#include "lint/findings.h"

// A condition that is constant as a whole is C119. Here are its parts, down
// into the bodies of loops.
namespace simwarden {
namespace {

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
    const cel::Outcomes can = cel::outcomes_of_part(known_, id);
    if (can.yes && can.no) return false;
    const cel::Expr& expr = known_.ast[id];
    findings_.add(
        site_, {expr.begin, expr.end},
        fmt::format("this part of {} is {} true", site_.rule->rule->id,
                    can.yes ? "always" : "never"),
        can.yes ? "always holds" : "never holds together");
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
  for (const RuleSite& site : reading.rules) {
    if (site.retired()) continue;
    if (site.guard) look_at(*site.guard, findings);
    look_at(site.condition, findings);
  }
}

}  // namespace looks
}  // namespace simwarden
