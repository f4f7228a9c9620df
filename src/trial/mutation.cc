// SPDX-License-Identifier: Apache-2.0
#include "trial/mutation.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "judge/ask.h"
#include "trial/case_run.h"
#include "trial/mutants.h"

// Case by case: the record is judged once, its facts stay, and every mutant
// that is still alive is asked about them. Threads share the cases out; a
// mutant is killed by any of them, so the answer does not depend on who was
// first.
namespace simwarden {
namespace {

struct Job {
  PackMutants* pack;
  const PackCase* wanted;
};

// What a verdict has as not recorded for a rule that was asked so.
std::set<uint32_t> missing_of(const Judge::RuleOutcome& asked,
                              const Reply& reply) {
  std::set<uint32_t> slots;
  const bool noted = asked.rule->rule->duty && reply.outcome == Outcome::hit &&
                     !asked.shadow && asked.outcome != Outcome::waived;
  if (!noted) return slots;
  for (const cel::Value& value : {reply.guard, reply.condition}) {
    if (!value.is(cel::Tag::missing)) continue;
    for (const uint32_t slot : cel::missing_slots(value.as_missing())) {
      slots.insert(slot);
    }
  }
  return slots;
}

// Of a failure only whether there is one will be asked.
void come_out(Judge::RuleOutcome& asked, const Reply& reply) {
  asked.outcome = reply.outcome;
  asked.failure = failure_of(reply);
}

class Worker {
 public:
  explicit Worker(const Plan& plan) : plan_(plan), runner_(plan) {}

  void run(const Job& job) {
    const CaseResult result = runner_.run(*job.pack->cases, *job.wanted);
    if (!result.passed() || !runner_.judge()) return;
    if (result.verdict->kind != kind_of(*job.pack->pack)) return;
    job_ = &job;
    judge_ = runner_.judge();
    answers_ = answers_of(*judge_, *result.verdict);
    keep_facts();
    try_all();
    if (job.pack->reads_honest && withhold_likeness()) try_all();
  }

 private:
  // Asked now, so that their values outlive what mutants make of them.
  void keep_facts() {
    kept_.clear();
    for (const uint32_t slot : job_->pack->slots)
      judge_->bench().fact(slot, kept_);
  }

  void try_all() {
    missing_.clear();
    if (!job_->wanted->not_recorded.empty()) ask_for_missing();
    for (RuleMutants& rule : job_->pack->rules) try_rule(rule);
    for (SetMutants& set : job_->pack->sets) try_set(set);
  }

  // What reads honest proves no other exception of a rule that asks for it,
  // unless the case is asked once more without. False when it fails then.
  bool withhold_likeness() {
    judge_->bench().facts().withhold_likeness();
    keep_facts();
    for (const RuleMutants& rule : job_->pack->rules) {
      if (!can_change(rule.index)) continue;
      scratch_.clear();
      come_out(answers_.outcomes[rule.index], reply(*rule.planned->rule));
    }
    return !is_noticed(answers_);
  }

  Reply reply(const Rule& rule) {
    return reply_of(rule, judge_->bench(), scratch_);
  }

  void ask_for_missing() {
    for (const auto& asked : answers_.outcomes) {
      scratch_.clear();
      missing_.push_back(asked.asked
                             ? missing_of(asked, reply(*asked.rule->rule))
                             : std::set<uint32_t>());
    }
  }

  void try_rule(RuleMutants& rule) {
    if (!can_change(rule.index)) return;
    for (RuleMutant& mutant : rule.mutants) {
      if (mutant.killed) continue;
      scratch_.clear();
      const Reply now =
          reply_of(*rule.planned->rule, mutant, judge_->bench(), scratch_);
      Answers changed;
      if (!change(rule.index, now, changed)) continue;
      if (is_noticed(changed)) mutant.killed = true;
    }
  }

  // A rule that waits for a higher score, is not in force or is waived comes
  // out as it does whatever its condition says.
  bool can_change(size_t index) const {
    const Judge::RuleOutcome& known = answers_.outcomes[index];
    return known.asked && known.outcome != Outcome::waived;
  }

  // False when nothing that a case can expect is another.
  bool change(size_t index, const Reply& now, Answers& changed) {
    const Judge::RuleOutcome& known = answers_.outcomes[index];
    const bool same_outcome = known.outcome == now.outcome &&
                              known.failure.empty() == failure_of(now).empty();
    std::set<uint32_t> missing;
    bool same_missing = true;
    if (!missing_.empty()) {
      missing = missing_of(known, now);
      same_missing = missing == missing_[index];
    }
    if (same_outcome && same_missing) return false;
    if (changed.outcomes.empty()) changed = answers_;
    come_out(changed.outcomes[index], now);
    if (same_missing) return true;
    std::set<uint32_t> all = missing;
    for (size_t i = 0; i < missing_.size(); ++i) {
      if (i != index) all.insert(missing_[i].begin(), missing_[i].end());
    }
    changed.not_recorded.clear();
    for (const uint32_t slot : all) {
      changed.not_recorded.push_back(plan_.schema().name(slot));
    }
    return true;
  }

  // Rules that wait for a score of the others may be asked now, or no more.
  void settle_waiting(Answers& changed) {
    const bool none = std::none_of(
        changed.outcomes.begin(), changed.outcomes.end(),
        [](const auto& asked) { return asked.rule->rule->from_score; });
    if (none) return;
    const std::vector<Judge::RuleOutcome> known = changed.outcomes;
    for (auto& asked : changed.outcomes) {
      const Rule& rule = *asked.rule->rule;
      if (!rule.from_score) continue;
      const bool is_asked = judge_->threshold_of(rule) <=
                            judge_->reached_in(*asked.rule->pack, known);
      scratch_.clear();
      if (is_asked && !asked.asked) come_out(asked, reply(rule));
      if (!is_asked) asked.outcome = Outcome::not_applicable;
    }
  }

  bool is_noticed(Answers& changed) {
    settle_waiting(changed);
    changed.action = judge_->sum_of(changed.outcomes).action;
    if (judge_->was_cut()) {
      changed.action = std::max(changed.action, Action::review);
    }
    return !differences(*job_->wanted, job_->pack->cases->pack, changed)
                .empty();
  }

  // Only where one pattern alone makes the set hit does its loss matter.
  void try_set(SetMutants& set) {
    const bool alive =
        std::any_of(set.mutants.begin(), set.mutants.end(),
                    [](const PatternMutant& mutant) { return !mutant.killed; });
    if (!alive) return;
    const std::vector<bool> which =
        judge_->bench().patterns().matching(set.set);
    if (std::count(which.begin(), which.end(), true) != 1) return;
    const auto only = static_cast<size_t>(
        std::find(which.begin(), which.end(), true) - which.begin());
    PatternMutant& mutant =
        *std::next(set.mutants.begin(), static_cast<std::ptrdiff_t>(only));
    if (mutant.killed) return;
    judge_->bench().mute(set.set, true);
    Answers changed;
    bool any = false;
    for (const size_t index : set.asked_by) {
      if (!can_change(index)) continue;
      scratch_.clear();
      any |=
          change(index, reply(*answers_.outcomes[index].rule->rule), changed);
    }
    judge_->bench().mute(set.set, false);
    if (any && is_noticed(changed)) mutant.killed = true;
  }

  const Plan& plan_;
  CaseRunner runner_;
  const Job* job_ = nullptr;
  Judge* judge_ = nullptr;
  Answers answers_;
  std::vector<std::set<uint32_t>> missing_;  // by rule, when a case asks
  cel::Scratch kept_;
  cel::Scratch scratch_;
};

void run_all(const Plan& plan, const std::vector<Job>& jobs,
             const MutationOptions& options) {
  std::atomic<size_t> next = 0;
  const auto work = [&](bool reports) {
    Worker worker(plan);
    for (size_t i = next++; i < jobs.size(); i = next++) {
      if (reports && options.progress) options.progress(i, jobs.size());
      worker.run(jobs[i]);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 1; i < options.threads; ++i)
    threads.emplace_back(work, false);
  work(true);
}

void collect(const Plan& plan, const PackMutants& pack, Mutation& into) {
  const auto absent = absent_slots(plan, kind_of(*pack.pack));
  for (const RuleMutants& rule : pack.rules) {
    for (const RuleMutant& mutant : rule.mutants) {
      if (!mutant.killed &&
          is_equivalent(mutant, *rule.planned->rule, *pack.pack, absent)) {
        ++into.equivalent;
        continue;
      }
      into.mutants.push_back({mutant.of, mutant.killed});
    }
  }
  for (const SetMutants& set : pack.sets) {
    for (const PatternMutant& mutant : set.mutants) {
      into.mutants.push_back({mutant.of, mutant.killed});
    }
  }
}

}  // namespace

size_t Mutation::killed() const {
  return static_cast<size_t>(
      std::count_if(mutants.begin(), mutants.end(),
                    [](const Mutant& mutant) { return mutant.killed; }));
}

void try_mutants(const Plan& plan, std::vector<PackMutants>& packs,
                 const MutationOptions& options) {
  std::vector<Job> jobs;
  for (PackMutants& pack : packs) {
    for (const PackCase& wanted : pack.cases->cases) {
      jobs.push_back({&pack, &wanted});
    }
  }
  run_all(plan, jobs, options);
}

Mutation mutate(const Plan& plan, const std::vector<PackCases>& packs,
                const MutationOptions& options) {
  std::vector<PackMutants> all = make_mutants(plan, packs);
  try_mutants(plan, all, options);
  Mutation made;
  for (const PackMutants& pack : all) collect(plan, pack, made);
  return made;
}

}  // namespace simwarden
