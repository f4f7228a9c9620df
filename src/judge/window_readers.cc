// SPDX-License-Identifier: Apache-2.0
#include "judge/window_readers.h"

#include <algorithm>

#include "judge/window_answers.h"

namespace simwarden {
namespace {

class Readers {
 public:
  explicit Readers(const Ruleset& ruleset)
      : ruleset_(ruleset), windows_(windows_of(ruleset)) {}

  WindowReaders find() {
    for (const Pack& pack : ruleset_.packs) {
      for (const Rule& rule : pack.rules) {
        if (rule.applies) add(rule.id, *rule.applies);
        add(rule.id, rule.condition);
      }
    }
    for (const Waiver& waiver : ruleset_.waivers) {
      add(waiver.rule, waiver.when);
    }
    return std::move(found_);
  }

 private:
  void add(const std::string& rule, const Condition& condition) {
    if (!condition.program) return;
    for (const uint32_t slot : condition.program->slots()) {
      if (slot < ruleset_.window_slot(0)) continue;
      const size_t window = slot - ruleset_.window_slot(0);
      const bool counted = window < windows_.size();
      found_[rule].push_back(counted ? windows_[window]->given_slot
                                     : std::nullopt);
    }
  }

  const Ruleset& ruleset_;
  std::vector<const DeclaredWindow*> windows_;
  WindowReaders found_;
};

// A duty that hits may do so for want of the figure.
bool is_open(const Judge::RuleOutcome& asked) {
  if (asked.outcome == Outcome::undetermined) return true;
  const bool hit =
      asked.outcome == Outcome::hit || asked.outcome == Outcome::waived;
  const bool waits_for_waiver =
      asked.outcome == Outcome::hit && !asked.rule->waivers.empty();
  return (asked.rule->rule->duty && hit) || waits_for_waiver;
}

}  // namespace

WindowReaders window_readers(const Ruleset& ruleset) {
  return Readers(ruleset).find();
}

std::set<std::string> waiting_for_counts(Judge& judge,
                                         const WindowReaders& readers) {
  std::set<std::string> waiting;
  cel::Scratch scratch;
  for (const Judge::RuleOutcome& asked : judge.heard()) {
    const auto found = readers.find(asked.rule->rule->id);
    if (found == readers.end() || !is_open(asked)) continue;
    const bool waits = std::any_of(
        found->second.begin(), found->second.end(), [&](const auto& given) {
          return !given ||
                 judge.bench().fact(*given, scratch).is(cel::Tag::missing);
        });
    if (waits) waiting.insert(found->first);
  }
  return waiting;
}

}  // namespace simwarden
