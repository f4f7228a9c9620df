// SPDX-License-Identifier: Apache-2.0
#include "judge/judge.h"

#include <algorithm>
#include <bit>
#include <utility>

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include "diag/check.h"
#include "facts/mail_links.h"
#include "judge/ask.h"
#include "judge/blocks.h"
#include "judge/closed_notes.h"
#include "judge/explain.h"
#include "judge/failed_windows.h"
#include "judge/invalid_fields.h"
#include "judge/open_facts.h"
#include "judge/profile_choice.h"
#include "judge/score.h"
#include "judge/waived.h"
#include "privacy/masks.h"

// First every rule is asked for its outcome; then, only when some rule hit,
// its finding is explained. The heart is ask.h: what a fact that was not
// recorded does to a duty and to a sign.
namespace simwarden {
namespace {

Action floor_of(const Rule& rule) {
  for (size_t a = 0; a < kActionNames.size(); ++a) {
    if (rule.at_least && *rule.at_least == kActionNames[a]) return Action(a);
  }
  return Action::pass;
}

// What acts stands first, then what is waived, then what is on trial.
int rank_of(const Finding& finding) {
  if (finding.acts()) return 0;
  return finding.shadow ? 2 : 1;
}

bool comes_first(const Finding& a, const Finding& b) {
  const int rank = rank_of(a) - rank_of(b);
  if (rank != 0) return rank < 0;
  if (a.score != b.score) return a.score > b.score;
  return a.rule < b.rule;
}

// Behind those that come first or stand alike. There are few: a sort would
// first ask for memory.
void put_in_order(std::vector<Finding>& findings, Finding&& finding) {
  const auto place =
      std::upper_bound(findings.begin(), findings.end(), finding, comes_first);
  findings.insert(place, std::move(finding));
}

// A condition that was written over several lines, on one. With a comment in
// it the lines matter, and it stays as it is.
std::string with_lines_joined(const std::string& source) {
  const bool is_one = source.find('\n') == std::string::npos;
  if (is_one || source.find("//") != std::string::npos) return source;
  std::string line;
  for (size_t i = 0; i < source.size(); ++i) {
    if (source[i] != '\n') {
      line += source[i];
      continue;
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    while (i + 1 < source.size() && source[i + 1] == ' ') ++i;
    if (i + 1 < source.size()) line += ' ';
  }
  return line;
}

// More hit few records; these take no memory of their own.
constexpr size_t kHitsOfMost = 8;
template <typename T>
using OfHits = boost::container::small_vector<T, kHitsOfMost>;

// What acts, with its rules.
struct Acting {
  OfHits<Points> points;
  OfHits<const Rule*> rules;
  std::span<const Points> all() const { return {points.data(), points.size()}; }
};

Acting acting_of(std::span<const Judge::RuleOutcome> outcomes) {
  Acting acting;
  for (const Judge::RuleOutcome& asked : outcomes) {
    const Rule& rule = *asked.rule->rule;
    if (!asked.acts()) continue;
    acting.points.push_back(
        {rule.family, rule.score, floor_of(rule), rule.duty,
         rule.from_score ? std::optional(asked.from) : std::nullopt,
         asked.rule->pack->name});
    acting.rules.push_back(&rule);
  }
  return acting;
}

constexpr size_t kBits = 64;

size_t words_for(size_t rules) {
  return (rules + kBits - 1) / kBits;
}

// Of a rule that leaves no trace in a verdict.
bool is_silent(Outcome outcome) {
  return outcome == Outcome::clear || outcome == Outcome::not_applicable;
}

const Profile& profile_called(const Ruleset& ruleset, std::string_view name) {
  const Profile* found = ruleset.profile(name);
  CHECK(found, "the caller has looked the default profile up");
  return *found;
}

void sort_unique(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

Judge::Judge(const Plan& plan, JudgeOptions options)
    : plan_(plan),
      options_(std::move(options)),
      default_(profile_called(plan.ruleset(), options_.profile)),
      bench_(plan),
      rounds_{cel::Suite::Round(plan.suite(Kind::request)),
              cel::Suite::Round(plan.suite(Kind::message))} {}

const Profile& Judge::profile_for(const Record& record,
                                  Verdict& verdict) const {
  const FieldId id = profile_field(record.kind());
  const Slot& slot = record.slot(id);
  if (slot.state == SlotState::given) {
    const std::string_view name = record.text(slot);
    // Most often it is that of the record before.
    if (profile_ && profile_->name == name) return *profile_;
    if (const Profile* found = plan_.ruleset().profile(name)) return *found;
    std::string known = "one of";
    for (const auto& [other, profile] : plan_.ruleset().profiles) {
      known += " " + other;
    }
    verdict.invalid.push_back(
        {plan_.schema().name(id), mask_value(name, Mask::free_text), known});
  }
  return default_;
}

Verdict Judge::judge(const Record& record, const InPart& part,
                     const WindowAnswers* windows) {
  Verdict verdict;
  part_ = part;
  verdict.id = record.id();
  verdict.kind = record.kind();
  verdict.position = record.position;
  profile_ = &profile_for(record, verdict);
  scratch_.clear();
  bench_.look_at(record, *profile_, windows, part.kept);
  suite_ = &plan_.suite(record.kind());
  round_ = &rounds_[size_t(record.kind())];
  round_->begin();
  asked_.clear();
  complete_ = false;
  not_recorded_.clear();
  now_.reset();

  choose(record.kind());
  ask_chosen();
  if (windows) {
    add_failed_windows(*windows, plan_.ruleset(), bench_, scratch_, verdict);
  }
  note_undecided(verdict);
  sort_unique(not_recorded_);
  verdict.not_recorded = std::exchange(not_recorded_, {});
  add_invalid_fields(record, plan_.schema(), verdict.invalid);
  decide(verdict);
  hold_what_was_cut(verdict);
  explain(verdict);
  if (options_.explain) add_closed_files(record, verdict);
  add_blocks(verdict);
  return verdict;
}

// Rules of one pack stand in this order already.
void Judge::note_undecided(Verdict& verdict) const {
  const auto is_undetermined = [](const RuleOutcome& asked) {
    return asked.outcome == Outcome::undetermined;
  };
  std::vector<std::string>& ids = verdict.undetermined;
  ids.reserve(static_cast<size_t>(
      std::count_if(asked_.begin(), asked_.end(), is_undetermined)));
  for (const RuleOutcome& asked : asked_) {
    const std::string& id = asked.rule->rule->id;
    if (is_undetermined(asked)) ids.push_back(id);
    if (asked.failure.empty()) continue;
    verdict.failed.push_back({id, std::string(asked.failure)});
  }
  if (!std::is_sorted(ids.begin(), ids.end())) {
    std::sort(ids.begin(), ids.end());
  }
  std::sort(
      verdict.failed.begin(), verdict.failed.end(),
      [](const FailedRule& a, const FailedRule& b) { return a.rule < b.rule; });
}

void Judge::explain(Verdict& verdict) {
  verdict.findings.reserve(asked_.size() - verdict.undetermined.size());
  for (const RuleOutcome& asked : asked_) {
    if (asked.outcome != Outcome::hit && asked.outcome != Outcome::waived) {
      continue;
    }
    const cel::Scratch::Loan loan(scratch_);
    Finding finding = options_.explain
                          ? explain_hit({*asked.rule, !asked.failure.empty()},
                                        bench_, scratch_, options_.language)
                          : name_hit(*asked.rule, options_.language);
    finding.outcome = asked.outcome;
    finding.shadow = asked.shadow;
    if (asked.waiver) finding.waiver = note_of(*asked.waiver);
    put_in_order(verdict.findings, std::move(finding));
    if (asked.shadow) continue;
    for (const Waiver* waiver : asked.ended) {
      put_in_order(
          verdict.findings,
          explain_ended(*waiver, {verdict.kind, now()}, options_.language));
    }
  }
}

void Judge::add_blocks(Verdict& verdict) {
  if (!options_.blocks || verdict.kind != Kind::message) return;
  if (verdict.action == Action::pass || part_.kept) return;
  if (!of_blocks_) {
    JudgeOptions options = options_;
    options.blocks = false;
    options.explain = false;
    of_blocks_ = std::make_unique<Judge>(plan_, std::move(options));
  }
  judge_blocks(verdict, bench_, *of_blocks_);
}

// What is not known of a record in part shuts no gate.
void Judge::choose(Kind kind) {
  const Gates* gates = plan_.gates(kind);
  if (!gates || part_.kept) {
    const size_t words = words_for(plan_.rules(kind).size());
    woken_.asked.assign(words, ~uint64_t{0});
    woken_.undetermined.assign(words, 0);
    woken_.failed = false;
    return;
  }
  Gated& gated = gated_[size_t(kind)];
  if (gated.profile != profile_) {
    gated = {profile_, &gates->table(*profile_, plan_.parameters(*profile_))};
  }
  gated.table->wake(bench_, scratch_, woken_);
}

// Rules with a threshold of their own (from_score) come last: they are asked
// when the others of their pack reach it.
void Judge::ask_chosen() {
  const std::vector<PlannedRule>& rules =
      plan_.rules(bench_.facts().record().kind());
  waiting_.clear();
  for (size_t word = 0; word < woken_.asked.size(); ++word) {
    uint64_t bits = woken_.asked[word] | woken_.undetermined[word];
    for (; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      const size_t i = word * kBits + bit;
      if (i >= rules.size()) break;
      // Where a fact fails, whether the rule does is told by asking it.
      const bool known =
          !woken_.failed && (woken_.undetermined[word] >> bit & 1) != 0;
      if (rules[i].rule->from_score) {
        waiting_.push_back({&rules[i], known});
      } else {
        keep(ask(rules[i], known));
      }
    }
  }
  if (waiting_.empty()) return;
  reached_of_ = nullptr;
  const Acting acting = acting_of(asked_);
  for (const Waiting& waits : waiting_) {
    keep(is_reached(*waits.rule, acting.all())
             ? ask(*waits.rule, waits.undetermined)
             : not_reached(*waits.rule));
  }
  std::sort(asked_.begin(), asked_.end(),
            [](const RuleOutcome& a, const RuleOutcome& b) {
              return a.rule < b.rule;  // both of the plan's rules
            });
}

// Most rules have nothing to say, and there is no more to remember of them.
void Judge::keep(RuleOutcome asked) {
  if (is_silent(asked.outcome) && asked.withheld.empty()) return;
  asked_.push_back(std::move(asked));
}

// The rules of a pack stand together: its score is worked out once.
bool Judge::is_reached(const PlannedRule& planned,
                       std::span<const Points> points) {
  if (reached_of_ != planned.pack) {
    reached_of_ = planned.pack;
    reached_ = simwarden::reached_in(planned.pack->name, points);
  }
  return threshold_of(*planned.rule) <= reached_;
}

const std::vector<Judge::RuleOutcome>& Judge::outcomes() {
  if (complete_) return outcomes_;
  complete_ = true;
  outcomes_.clear();
  const Acting acting = acting_of(asked_);
  reached_of_ = nullptr;
  size_t next = 0;
  for (const PlannedRule& planned :
       plan_.rules(bench_.facts().record().kind())) {
    if (next < asked_.size() && asked_[next].rule == &planned) {
      outcomes_.push_back(asked_[next++]);
      continue;
    }
    const bool waits =
        planned.rule->from_score && !is_reached(planned, acting.all());
    outcomes_.push_back(waits ? not_reached(planned) : ask_silent(planned));
  }
  return outcomes_;
}

// Of a rule that has nothing to say, which of the two it is. The verdict is
// out: nothing that the rule answers now makes it otherwise.
Judge::RuleOutcome Judge::ask_silent(const PlannedRule& planned) {
  RuleOutcome asked = ask(planned);
  if (is_silent(asked.outcome)) return asked;
  return {.rule = &planned,
          .outcome = Outcome::clear,
          .from = asked.from,
          .shadow = asked.shadow};
}

std::vector<Evidence> Judge::open_facts(const RuleOutcome& asked) {
  return simwarden::open_facts(*asked.rule->rule, bench_, scratch_);
}

std::vector<OpenRule> Judge::open_rules() {
  std::vector<OpenRule> open;
  for (const RuleOutcome& asked : asked_) {
    if (asked.outcome != Outcome::undetermined || !asked.failure.empty()) {
      continue;
    }
    open.push_back({asked.rule->rule->id, open_facts(asked)});
  }
  std::sort(open.begin(), open.end(), [](const OpenRule& a, const OpenRule& b) {
    return a.rule < b.rule;
  });
  return open;
}

Judge::RuleOutcome Judge::not_reached(const PlannedRule& planned) {
  RuleOutcome asked{.rule = &planned,
                    .outcome = Outcome::not_applicable,
                    .from = threshold_of(*planned.rule),
                    .asked = false};
  if (part_.kept) leave_undecided(asked);
  return asked;
}

double Judge::reached_in(const Pack& pack,
                         std::span<const RuleOutcome> outcomes) const {
  return simwarden::reached_in(pack.name, acting_of(outcomes).all());
}

Sum Judge::sum_of(std::span<const RuleOutcome> outcomes) const {
  return add_up(acting_of(outcomes).all(), profile_->thresholds);
}

double Judge::threshold_of(const Rule& rule) {
  if (!rule.from_score) return 0;
  const cel::Value value = bench_.fact(*rule.from_score, scratch_);
  return value.is(cel::Tag::integer) ? static_cast<double>(value.as_int())
                                     : value.as_number();
}

cel::Value Judge::evaluate(size_t program) {
  return suite_->evaluate(program, bench_, *round_, scratch_);
}

Judge::RuleOutcome Judge::ask(const PlannedRule& planned, bool undetermined) {
  const Rule& rule = *planned.rule;
  RuleOutcome asked{.rule = &planned,
                    .outcome = Outcome::not_applicable,
                    .from = threshold_of(rule),
                    .shadow = is_in_shadow(rule)};
  asked.asked = !is_out_of_force(rule) && !is_left_out(planned);
  if (!asked.asked) return asked;
  if (undetermined) {
    asked.outcome = Outcome::undetermined;
    return asked;
  }
  const cel::Scratch::Loan loan(scratch_);
  const Reply reply = ask_rule(
      rule.duty,
      [&] {
        return planned.applies ? evaluate(*planned.applies)
                               : cel::Value::of_bool(true);
      },
      [&] { return evaluate(planned.condition); });
  asked.outcome = reply.outcome;
  asked.failure = lasting(failure_of(reply));
  if (reply.outcome == Outcome::hit || reply.outcome == Outcome::undetermined) {
    note_withheld(asked, reply.guard);
    note_withheld(asked, reply.condition);
  }
  if (asked.outcome != Outcome::hit) return asked;
  look_for_waiver(asked);
  if (rule.duty && asked.acts()) {
    note_missing(reply.guard);
    note_missing(reply.condition);
  }
  return asked;
}

// As long as the record, not as the values of the question.
std::string_view Judge::lasting(std::string_view text) {
  const cel::Scratch::Making making(scratch_, cel::Scratch::Life::record,
                                    cel::Scratch::Growth::is_free);
  return scratch_.copy(text);
}

const std::optional<Timestamp>& Judge::now() {
  if (!now_) now_ = proven_time(bench_.facts().record());
  return *now_;
}

// A record without any time cannot show that the rule is not in force.
bool Judge::is_in_shadow(const Rule& rule) {
  if (rule.status == RuleStatus::shadow) return true;
  return rule.active_from && now() && !has_come(*rule.active_from, *now());
}

bool Judge::is_out_of_force(const Rule& rule) {
  return rule.active_until && now() && is_over(*rule.active_until, *now());
}

// Nor can it show that a waiver still holds, or held already.
void Judge::look_for_waiver(RuleOutcome& asked) {
  for (const auto& [waiver, when] : asked.rule->waivers) {
    if (waiver->from && now() && !has_come(*waiver->from, *now())) continue;
    const cel::Value holds = evaluate(when);
    note_withheld(asked, holds);
    if (!asked.withheld.empty()) return;
    if (!holds.is_true()) continue;
    if (!now() || is_over(waiver->until, *now())) {
      asked.ended.push_back(waiver);
      continue;
    }
    asked.outcome = Outcome::waived;
    asked.waiver = waiver;
    asked.ended.clear();
    return;
  }
}

bool Judge::is_left_out(const PlannedRule& planned) const {
  return part_.left_out && part_.left_out->contains(planned.rule->id);
}

void Judge::note_withheld(RuleOutcome& asked, const cel::Value& value) const {
  if (!part_.kept || !value.is(cel::Tag::missing)) return;
  const std::vector<uint32_t> slots = cel::withheld_slots(value.as_missing());
  if (slots.empty()) return;
  asked.outcome = Outcome::not_applicable;
  asked.withheld.insert(asked.withheld.end(), slots.begin(), slots.end());
  std::sort(asked.withheld.begin(), asked.withheld.end());
  asked.withheld.erase(
      std::unique(asked.withheld.begin(), asked.withheld.end()),
      asked.withheld.end());
}

// A rule that waits for the points of others, when some of these are not known.
// What it says by itself may make that all the same.
void Judge::leave_undecided(RuleOutcome& asked) {
  const auto may_bring_points = [&](const RuleOutcome& other) {
    return !other.withheld.empty() && !other.shadow &&
           !other.rule->rule->from_score &&
           other.rule->pack == asked.rule->pack;
  };
  const auto other =
      std::find_if(asked_.begin(), asked_.end(), may_bring_points);
  if (other == asked_.end()) return;
  const size_t noted = not_recorded_.size();
  const RuleOutcome alone = ask(*asked.rule);
  not_recorded_.resize(noted);
  if (alone.withheld.empty() && is_silent(alone.outcome)) return;
  asked.withheld = other->withheld;
}

void Judge::note_missing(const cel::Value& value) {
  if (!value.is(cel::Tag::missing)) return;
  for (const uint32_t slot : cel::missing_slots(value.as_missing())) {
    not_recorded_.push_back(plan_.schema().name(slot));
  }
}

void Judge::decide(Verdict& verdict) const {
  const Acting acting = acting_of(asked_);
  const Sum sum = add_up(acting.all(), profile_->thresholds);
  verdict.score = sum.score;
  verdict.action = sum.action;
  verdict.would_become = sum.action;
  if (sum.action == Action::pass) return;
  const WayOut out = find_way_out(acting.all(), profile_->thresholds);
  if (out.duties.empty()) return;
  verdict.would_become = out.becomes;
  for (const size_t duty : out.duties) {
    verdict.would_pass_if.push_back(
        with_lines_joined(acting.rules[duty]->condition.source));
  }
}

bool Judge::was_cut() {
  return bench_.facts().mail_was_cut() || was_not_whole() || text_was_cut();
}

bool Judge::was_not_whole() {
  const Record& record = bench_.facts().record();
  if (record.kind() != Kind::message) return false;
  static const FieldId kSubject = *find_field(Kind::message, "subject");
  static const FieldId kText = *find_field(Kind::message, "text");
  for (const FieldId id : {kSubject, kText}) {
    if (record.slot(id).state == SlotState::invalid) return true;
  }
  static const auto kGroups = static_cast<GroupId>(groups().size());
  for (GroupId id = 0; id < kGroups; ++id) {
    if (record.group_slot(id).state == SlotState::invalid) return true;
  }
  return false;
}

bool Judge::text_was_cut() {
  Facts& facts = bench_.facts();
  const Plan::Reach& reach = plan_.reach(facts.record().kind());
  if (!reach.text) return false;
  // What is kept says of both together that they were cut.
  if (part_.kept) return part_.kept->was_cut() && !facts.mail_was_cut();
  if (facts.body().size() > kTextBytesMax) return true;
  if (reach.unseen && facts.unseen().found.cut) return true;
  if (!reach.contacts) return false;
  const bool small = facts.views().plain.text.size() < kCutBytesMin;
  if (small && !has_links_beside_text(facts.record())) return false;
  return facts.followable().cut;
}

void Judge::hold_what_was_cut(Verdict& verdict) {
  if (!was_cut()) return;
  verdict.action = std::max(verdict.action, Action::review);
  verdict.would_pass_if.clear();
  if (bench_.facts().mail_was_cut()) {
    verdict.invalid.push_back({std::string(kMailFaultsFact),
                               bench_.facts().mail_cuts(),
                               "a mail within the bounds"});
  }
  if (!text_was_cut()) return;
  verdict.invalid.push_back(
      {"message.text", "(longer than is looked at)",
       fmt::format("at most {} bytes, {} links and {} accounts", kTextBytesMax,
                   kLinksMax, kContactsMax)});
}

}  // namespace simwarden
