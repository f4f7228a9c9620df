// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "judge/plan.h"
#include "judge/score.h"
#include "record/event_time.h"
#include "record/verdict.h"

// Record x ruleset -> verdict.
//
//   Judge judge(plan, {.profile = "generic"});
//   Verdict v = judge.judge(record);
//
// One a thread; the plan is shared. The same record and ruleset give the same
// verdict, whatever was judged before and on whichever thread.
namespace simwarden {

struct JudgeOptions {
  std::string profile = "generic";  // for records that name none
  std::string language = "en";  // of titles, reasons and remedies, else "en"
  bool blocks = true;   // paragraphs of a message that does not pass are judged
                        // by themselves, too
  bool explain = true;  // off: findings have no evidence and no reason
};

class Judge {
 public:
  // Keeps `plan` by reference. REQUIRES: options.profile is in the ruleset.
  Judge(const Plan& plan, JudgeOptions options);

  // A record that names a profile which the ruleset does not have is judged
  // with the default profile and says so: its policy_profile is reported in
  // Verdict::invalid, and request.missing_mandatory has it. A message that is
  // longer than the eye looks (text/views.h, contact/contact.h), or in which
  // something else stands in the place of its subject, its text or a list
  // (a number, say, or more items than are read), is at least for review, and
  // says so there too: neither is the way to pass. Verdict::blocks says which
  // paragraphs of a message do not pass alone.
  Verdict judge(const Record& record) { return judge(record, {}); }

  // What is kept of a record in place of the whole (kept/), and rules that are
  // left out as if there were none, by id.
  struct InPart {
    const KeptAnswers* kept = nullptr;
    const std::set<std::string>* left_out = nullptr;
  };
  // A rule that cannot be decided without what was not kept is neither hit nor
  // clear: RuleOutcome::withheld says what it reads. Findings have no evidence
  // then, and paragraphs are not judged by themselves.
  // `windows`: what was counted over other records for this one; without it
  // windows have no value but what the record itself gives.
  Verdict judge(const Record& record, const InPart& part,
                const WindowAnswers* windows = nullptr);

  const std::string& language() const { return options_.language; }
  // From now on in this language.
  void speak(std::string language) { options_.language = std::move(language); }

  // In place of the options of these names, for the records to come.
  void answer_with(bool explain, bool blocks) {
    options_.explain = explain;
    options_.blocks = blocks;
  }

  // The profile that the last record was judged with.
  const Profile& profile() const { return *profile_; }

  // How every rule came out for the last record, by pack and rule id.
  struct RuleOutcome {
    const PlannedRule* rule;
    Outcome outcome;
    double from = 0;                 // the score that the rule waits for
    bool asked = true;               // false: the others did not reach it
    bool shadow = false;             // its status, or it is not in force yet
    std::string_view failure = {};   // failure_of() (ask.h), of this record
    const Waiver* waiver = nullptr;  // by which it is waived
    std::vector<const Waiver*> ended = {};  // which would have waived it
    // Facts and patterns that it cannot be decided without (slots), sorted.
    std::vector<uint32_t> withheld = {};
    bool acts() const { return outcome == Outcome::hit && !shadow; }
  };
  // Rules that judge() could leave asleep (gates.h) are asked now.
  // REQUIRES: that record still lives.
  const std::vector<RuleOutcome>& outcomes();
  // Of these, the ones that have something to say, or cannot.
  const std::vector<RuleOutcome>& heard() const { return asked_; }

  // What the rule could not be decided without (open_facts.h).
  // REQUIRES: it was asked about the last record, which still lives.
  std::vector<Evidence> open_facts(const RuleOutcome& asked);
  // Of all rules that are undetermined though nothing failed, by id.
  std::vector<OpenRule> open_rules();

  // What these outcomes would add up to for the last record.
  Sum sum_of(std::span<const RuleOutcome> outcomes) const;
  // What those of a pack's rules reach that wait for no score.
  double reached_in(const Pack& pack,
                    std::span<const RuleOutcome> outcomes) const;
  // The score from which the rule is asked; 0 for always.
  double threshold_of(const Rule& rule);

  // The last message was longer than is looked at by what its rules can ask,
  // whether or not they asked it; or its mail was cut; or something else stands
  // in the place of its subject, its text or a list.
  bool was_cut();

  // What the last record was asked through: texts and spans for a person.
  Bench& bench() { return bench_; }

 private:
  const Profile& profile_for(const Record& record, Verdict& verdict) const;
  void choose(Kind kind);
  void ask_chosen();
  // `undetermined`: it is known that this is how the rule comes out.
  RuleOutcome ask(const PlannedRule& planned, bool undetermined = false);
  RuleOutcome ask_silent(const PlannedRule& planned);
  std::string_view lasting(std::string_view text);
  void keep(RuleOutcome asked);
  bool is_reached(const PlannedRule& planned, std::span<const Points> points);
  RuleOutcome not_reached(const PlannedRule& planned);
  bool is_left_out(const PlannedRule& planned) const;
  void note_withheld(RuleOutcome& asked, const cel::Value& value) const;
  void leave_undecided(RuleOutcome& asked);
  bool is_in_shadow(const Rule& rule);
  bool is_out_of_force(const Rule& rule);
  void look_for_waiver(RuleOutcome& asked);
  const std::optional<Timestamp>& now();
  void note_undecided(Verdict& verdict) const;
  void explain(Verdict& verdict);
  cel::Value evaluate(size_t program);
  void note_missing(const cel::Value& value);
  void add_blocks(Verdict& verdict);
  void decide(Verdict& verdict) const;
  bool was_not_whole();
  bool text_was_cut();
  void hold_what_was_cut(Verdict& verdict);

  const Plan& plan_;
  JudgeOptions options_;
  const Profile& default_;
  const Profile* profile_ = nullptr;
  InPart part_;  // of the last record
  Bench bench_;
  cel::Scratch scratch_;
  // By kind: what the rules of one record have in common.
  cel::Suite::Round rounds_[2];
  const cel::Suite* suite_ = nullptr;
  cel::Suite::Round* round_ = nullptr;
  // Of the last record of each kind.
  struct Gated {
    const Profile* profile = nullptr;
    const GateTable* table = nullptr;
  };
  Gated gated_[2];
  Woken woken_;
  std::vector<RuleOutcome> asked_;  // that are not silent, in order
  struct Waiting {                  // for a score, of one record
    const PlannedRule* rule;
    bool undetermined;
  };
  std::vector<Waiting> waiting_;
  const Pack* reached_of_ = nullptr;  // whose score reached_ is
  double reached_ = 0;
  std::vector<RuleOutcome> outcomes_;  // of all, once somebody wants them
  bool complete_ = false;
  std::vector<std::string> not_recorded_;
  // The record's time, once it was asked for.
  std::optional<std::optional<Timestamp>> now_;
  std::unique_ptr<Judge> of_blocks_;  // made when the first one is judged
};

}  // namespace simwarden
