// SPDX-License-Identifier: Apache-2.0
#include "desk/own_cases.h"

#include <algorithm>

#include <fmt/format.h>

#include "record/person.h"
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

// `agent` is a name or its pseudonym.
bool is_this_person(const std::string& agent, const std::string& name,
                    TokenMaker& tokens) {
  if (agent.empty()) return false;
  if (same_person(agent, name)) return true;
  const auto spellings = spellings_of(name);
  return std::any_of(
      spellings.begin(), spellings.end(),
      [&](const std::string& each) { return agent == tokens.of(each); });
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
    if (!is_this_person(*agent, decision.decided_by, tokens)) continue;
    rows.faults.push_back(
        {rows.lines[at],
         fmt::format("verdict {}: {} took this request (agent.id); four eyes: "
                     "another person lets it through",
                     decision.verdict_id, decision.decided_by)});
  }
  return Done{};
}

}  // namespace simwarden
