// SPDX-License-Identifier: Apache-2.0
#include "desk/own_cases.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "record/person.h"
#include "store/four_eyes.h"
#include "store/kept_records.h"

namespace simwarden {
namespace {

// Empty where the record names nobody; nothing where it cannot be told.
using Agent = std::optional<std::string>;

Result<Agent> who_took(const std::string& db, int64_t verdict) {
  auto walk = KeptRecords::open(db, {"agent.id"}, {.verdict = verdict});
  if (!walk) return walk.error();
  while (true) {
    const Result<bool> more = (*walk)->next();
    if (!more) return more.error();
    if (!*more) return Agent();
    if ((*walk)->verdict_id() != verdict) continue;
    const KeptFact& agent = (*walk)->facts().fact(0);
    if (agent.state == KeptState::masked) return Agent();
    return Agent(agent.text);
  }
}

// By the newest verdict on the record whose facts are there.
Result<Agent> who_took(const std::string& db, const DecidedRecord& record) {
  for (auto at = record.verdicts.rbegin(); at != record.verdicts.rend(); ++at) {
    auto agent = who_took(db, *at);
    if (!agent || *agent) return agent;
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
    const std::string& by = rows_.decisions[at].decided_by;
    if (!*agent) {
      return fault(at, fmt::format("what is kept of its record is gone: "
                                   "whether {} took it (agent.id) cannot be "
                                   "told, and under four eyes nobody lets it "
                                   "through",
                                   by));
    }
    if (is_this_person(**agent, by, tokens_)) {
      return fault(at, fmt::format("{} took this request (agent.id); four "
                                   "eyes: another person lets it through",
                                   by));
    }
    if (!is_of_another_key(**agent, key_)) return Done{};
    return fault(at, fmt::format("who took it (agent.id) is kept under another "
                                 "site key: whether it was {} cannot be told, "
                                 "and under four eyes nobody lets it through",
                                 by));
  }

  Status fault(size_t at, const std::string& what) {
    rows_.faults.push_back(
        {rows_.lines[at],
         fmt::format("verdict {}: {}", rows_.decisions[at].verdict_id, what)});
    return Done{};
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
