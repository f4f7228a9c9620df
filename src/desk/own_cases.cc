// SPDX-License-Identifier: Apache-2.0
#include "desk/own_cases.h"

#include <fmt/format.h>

#include "store/kept_records.h"

namespace simwarden {
namespace {

// Empty where nobody can tell.
Result<std::string> who_took(const std::string& db, int64_t verdict) {
  auto walk = KeptRecords::open(db, {"agent.id"},
                                {.verdicts = true, .verdict = verdict});
  if (!walk) return walk.error();
  while (true) {
    const Result<bool> more = (*walk)->next();
    if (!more) return more.error();
    if (!*more) return std::string();
    if ((*walk)->verdict_id() != verdict) continue;
    const bool stopped = (*walk)->verdict().action >= Action::hold;
    return std::string(stopped ? (*walk)->facts().fact(0).text : "");
  }
}

}  // namespace

Status refuse_own_cases(DecisionRows& rows, const std::string& db,
                        const SiteKey& key) {
  TokenMaker tokens(key);
  for (size_t at = 0; at < rows.decisions.size(); ++at) {
    const Decision& decision = rows.decisions[at];
    if (stance_of(decision.outcome) != Stance::lets_through) continue;
    if (decision.verdict_id < 1) continue;  // wrong, and said so later
    const auto agent = who_took(db, decision.verdict_id);
    if (!agent) return agent.error();
    const bool own =
        !agent->empty() && (*agent == decision.decided_by ||
                            *agent == tokens.of(decision.decided_by));
    if (!own) continue;
    rows.faults.push_back(
        {rows.lines[at],
         fmt::format("verdict {}: {} took this request (agent.id); four eyes: "
                     "another person lets it through",
                     decision.verdict_id, decision.decided_by)});
  }
  return Done{};
}

}  // namespace simwarden
