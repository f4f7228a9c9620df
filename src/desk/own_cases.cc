// SPDX-License-Identifier: Apache-2.0
#include "desk/own_cases.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "record/person.h"
#include "store/four_eyes.h"
#include "store/kept_records.h"

namespace simwarden {
namespace {

struct Agent {
  enum class Known : uint8_t {
    gone,      // what is kept of the record is
    no_value,  // what was recorded is none: it names whom it likes
    told,
  };
  Known known = Known::gone;
  std::string name = {};  // as kept; empty: the record names nobody
};

Agent agent_of(const KeptFact& fact) {
  switch (fact.state) {
    case KeptState::absent:
    case KeptState::null: return {Agent::Known::told};
    case KeptState::masked: return {Agent::Known::gone};
    case KeptState::token:
    case KeptState::text: return {Agent::Known::told, std::string(fact.text)};
    case KeptState::invalid:
    case KeptState::number:
    case KeptState::boolean: break;
  }
  return {Agent::Known::no_value};
}

Result<Agent> who_took(const std::string& db, int64_t verdict) {
  auto walk = KeptRecords::open(db, {"agent.id"}, {.verdict = verdict});
  if (!walk) return walk.error();
  while (true) {
    const Result<bool> more = (*walk)->next();
    if (!more) return more.error();
    if (!*more) return Agent();
    if ((*walk)->verdict_id() != verdict) continue;
    return agent_of((*walk)->facts().fact(0));
  }
}

// By the newest verdict on the record whose facts are there.
Result<Agent> who_took(const std::string& db, const DecidedRecord& record) {
  for (auto at = record.verdicts.rbegin(); at != record.verdicts.rend(); ++at) {
    auto agent = who_took(db, *at);
    if (!agent || agent->known != Agent::Known::gone) return agent;
  }
  return Agent();
}

bool is_of_another_key(std::string_view agent, const SiteKey& key) {
  return agent.starts_with("t1:") && !agent.starts_with("t1:" + key.id + ":");
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

// `what` says why, and of whom at a pair of braces.
std::string cannot_tell(std::string_view what, const std::string& by) {
  return fmt::format(fmt::runtime(what), by) +
         " cannot be told, and under four eyes nobody lets it through";
}

class OwnCases {
 public:
  OwnCases(DecisionRows& rows, const std::string& db, const SiteKey& key)
      : rows_(rows), db_(db), key_(key), tokens_(key) {}

  Status run() {
    auto database = Database::open(db_, Access::read);
    if (!database) return database.error();
    auto records = DecidedRecords::open(**database);
    if (!records) return records.error();
    for (size_t at = 0; at < rows_.decisions.size(); ++at) {
      const Decision& decision = rows_.decisions[at];
      if (stance_of(decision.outcome) != Stance::lets_through) continue;
      if (decision.verdict_id < 1) continue;  // wrong, and said so later
      const auto record = (*records)->find(decision.verdict_id);
      if (!record) return record.error();
      if (record->stopped.empty()) continue;
      if (Status done = check(at, *record); !done) return done;
    }
    return Done{};
  }

 private:
  Status check(size_t at, const DecidedRecord& record) {
    const auto agent = who_took(db_, record);
    if (!agent) return agent.error();
    const std::string why = why_not(*agent, rows_.decisions[at].decided_by);
    if (!why.empty()) fault(at, why);
    return Done{};
  }

  // Empty: nothing speaks against it.
  std::string why_not(const Agent& agent, const std::string& by) {
    switch (agent.known) {
      case Agent::Known::gone:
        return cannot_tell(
            "what is kept of its record is gone: whether {} "
            "took it (agent.id)",
            by);
      case Agent::Known::no_value:
        return cannot_tell(
            "who took it (agent.id) was recorded with a value "
            "that is none: whether it was {}",
            by);
      case Agent::Known::told: break;
    }
    if (is_this_person(agent.name, by, tokens_)) {
      return fmt::format(
          "{} took this request (agent.id); four eyes: another "
          "person lets it through",
          by);
    }
    if (!is_of_another_key(agent.name, key_)) return "";
    return cannot_tell(
        "who took it (agent.id) is kept under another site "
        "key: whether it was {}",
        by);
  }

  void fault(size_t at, const std::string& what) {
    rows_.faults.push_back(
        {rows_.lines[at],
         fmt::format("verdict {}: {}", rows_.decisions[at].verdict_id, what)});
  }

  DecisionRows& rows_;
  const std::string& db_;
  const SiteKey& key_;
  TokenMaker tokens_;
};

}  // namespace

Status refuse_own_cases(DecisionRows& rows, const std::string& db,
                        const SiteKey& key) {
  return OwnCases(rows, db, key).run();
}

}  // namespace simwarden
