// SPDX-License-Identifier: Apache-2.0
#include "report/people.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <tuple>

#include "record/person.h"
#include "record/time.h"
#include "report/period.h"
#include "store/decision.h"

namespace simwarden {
namespace {

bool is_review(std::string_view outcome) {
  const DecisionOutcome* found = find_outcome(outcome);
  return found != nullptr && found->state.empty();
}

// What a remediation log is about; approvals and refusals are daily work.
bool belongs_in_log(std::string_view outcome) {
  return outcome == "fraud_confirmed" || outcome == "complained" ||
         outcome == "appealed" || outcome == "assigned" ||
         outcome == "remedied";
}

bool is_newer(const DecisionNote& a, const DecisionNote& b) {
  return std::tie(a.decided_at, a.decision_id, a.verdict_id) >
         std::tie(b.decided_at, b.decision_id, b.verdict_id);
}

bool is_due_before(const PeopleNumbers::OpenAction& a,
                   const PeopleNumbers::OpenAction& b) {
  return std::make_tuple(a.state.due.empty(), a.state.due, a.verdict_id) <
         std::make_tuple(b.state.due.empty(), b.state.due, b.verdict_id);
}

// Keeps the first kPeopleRowsMax by `before`: a heap whose top is the last.
template <typename Row, typename Before>
void offer(std::vector<Row>& rows, Row row, Before before) {
  rows.push_back(std::move(row));
  std::push_heap(rows.begin(), rows.end(), before);
  if (rows.size() <= kPeopleRowsMax) return;
  std::pop_heap(rows.begin(), rows.end(), before);
  rows.pop_back();
}

}  // namespace

void mark_taken_back(std::vector<DecisionNote>& decisions) {
  std::vector<std::string_view> later;  // outcomes, each once; the next last
  for (auto note = decisions.rbegin(); note != decisions.rend(); ++note) {
    const auto taker = std::find_if(
        later.rbegin(), later.rend(),
        [&](std::string_view word) { return takes_back(word, note->outcome); });
    note->taken_back = taker == later.rend() ? "" : *taker;
    std::erase(later, note->outcome);
    later.push_back(note->outcome);
  }
}

CaseState state_of_case(const std::vector<DecisionNote>& decisions) {
  CaseState now;
  for (const DecisionNote& decision : decisions) {
    if (is_review(decision.outcome)) {
      now.review = decision.outcome;
      now.reviewer = decision.decided_by;
      now.review_note = decision.note;
      continue;
    }
    now.outcome = decision.outcome;
    now.decided_at = decision.decided_at;
    now.decided_by = decision.decided_by;
    now.state = decision.state;
    if (!decision.owner.empty()) now.owner = decision.owner;
    if (!decision.due.empty()) now.due = decision.due;
  }
  return now;
}

void PeopleTally::add(const std::vector<DecisionNote>& decisions,
                      Action action) {
  if (decisions.empty()) return;
  numbers_.counted += decisions.size();
  add_outcomes(decisions, action);
  add_remedy(decisions);
  add_logged(decisions);
  const CaseState state = state_of_case(decisions);
  if (state.state == "open") add_open(decisions[0], action, state);
}

namespace {

// Against what the verdict said that the person had before them.
bool overrides(const DecisionNote& decision) {
  const Action action = decision.action;
  return (action == Action::refuse && decision.outcome == "approved") ||
         (action == Action::pass && decision.outcome == "refused") ||
         (action >= Action::hold && decision.outcome == "false_alarm");
}

bool is_missed(const DecisionNote& decision) {
  return decision.action < Action::hold &&
         decision.outcome == "fraud_confirmed";
}

// Whether the newest word that is not silent lets it through (a complaint
// afterwards changes nothing), and no other person vouches for it.
bool is_let_through_alone(const std::vector<DecisionNote>& decisions) {
  const auto newest = std::find_if(
      decisions.rbegin(), decisions.rend(), [](const DecisionNote& each) {
        return stance_of(each.outcome) != Stance::silent;
      });
  if (newest == decisions.rend()) return false;
  if (stance_of(newest->outcome) != Stance::lets_through) return false;
  return std::none_of(
      decisions.begin(), decisions.end(), [&newest](const DecisionNote& each) {
        return !same_person(each.decided_by, newest->decided_by) &&
               stance_of(each.outcome) >= Stance::proposes;
      });
}

}  // namespace

void PeopleTally::add_outcomes(const std::vector<DecisionNote>& decisions,
                               Action action) {
  const size_t kind = size_t(decisions[0].kind);
  std::set<std::string> outcomes;
  bool decided = false;
  bool taken_back = false;
  bool missed = false;
  bool against = false;
  for (const DecisionNote& decision : decisions) {
    decided = decided || !is_review(decision.outcome);
    taken_back = taken_back || !decision.taken_back.empty();
    if (!decision.taken_back.empty()) continue;
    outcomes.insert(decision.outcome);
    missed = missed || is_missed(decision);
    against = against || overrides(decision);
  }
  for (const std::string& outcome : outcomes) {
    ++numbers_.outcomes[outcome][kind];
  }
  if (decided) ++numbers_.decided[kind][size_t(action)];
  if (taken_back) ++numbers_.taken_back[kind];
  if (missed) ++numbers_.missed[kind];
  if (missed || against) ++numbers_.overridden[kind];
  if (action >= Action::hold && is_let_through_alone(decisions)) {
    ++numbers_.one_person[kind];
  }
  if (action >= Action::hold && outcomes.contains("appealed")) {
    ++numbers_.appealed[kind];
  }
}

namespace {

bool told_later(const DecisionNote& decision) {
  return is_told_later(decision.decided_at, decision.stored_at);
}

const DecisionNote* first_of(std::span<const DecisionNote> decisions,
                             std::string_view outcome,
                             std::string_view since = "") {
  const auto found =
      std::find_if(decisions.begin(), decisions.end(), [&](const auto& each) {
        return each.outcome == outcome && each.taken_back.empty() &&
               each.decided_at >= since;
      });
  return found == decisions.end() ? nullptr : &*found;
}

}  // namespace

bool is_said(const std::vector<DecisionNote>& decisions,
             std::string_view outcome) {
  return first_of(decisions, outcome) != nullptr;
}

bool is_decided(const std::vector<DecisionNote>& decisions) {
  return std::any_of(
      decisions.begin(), decisions.end(), [](const DecisionNote& note) {
        const Stance stance = stance_of(note.outcome);
        return note.taken_back.empty() &&
               (stance == Stance::against || stance == Stance::lets_through);
      });
}

std::optional<Remedy> remedy_of(const std::vector<DecisionNote>& decisions) {
  const DecisionNote* confirmed = first_of(decisions, "fraud_confirmed");
  if (confirmed == nullptr) return std::nullopt;
  const DecisionNote* remedied =
      first_of(decisions, "remedied", confirmed->decided_at);
  if (remedied == nullptr) {
    // One that was stored before remedied something else.
    const std::span<const DecisionNote> later(
        confirmed, size_t(&decisions.back() - confirmed) + 1);
    if (first_of(later, "remedied") == nullptr) return std::nullopt;
    return Remedy{.ends_before = true};
  }
  const auto from = parse_timestamp(confirmed->decided_at);
  const auto to = parse_timestamp(remedied->decided_at);
  if (!from || !to) return std::nullopt;
  return Remedy{.hours = double(to->seconds - from->seconds) / 3600,
                .told_later = told_later(*confirmed) || told_later(*remedied)};
}

void PeopleTally::add_remedy(const std::vector<DecisionNote>& decisions) {
  const auto remedy = remedy_of(decisions);
  if (!remedy) return;
  if (remedy->ends_before) {
    ++numbers_.remedied_before;
    return;
  }
  numbers_.hours_to_remedy.push_back(remedy->hours);
  numbers_.told_later += remedy->told_later ? 1 : 0;
}

void PeopleTally::add_month(const std::vector<DecisionNote>& decisions,
                            std::string_view profile,
                            std::string_view event_time) {
  const auto when = parse_timestamp(event_time);
  const bool counts =
      !decisions.empty() && decisions[0].kind == Kind::request && when;
  if (!counts) return;
  PeopleMonth& month =
      numbers_
          .months[std::string(profile)][month_of_day(local_time(*when).day)];
  month.fraud += is_said(decisions, "fraud_confirmed") ? 1 : 0;
}

// What takes something in the log back stands there too.
void PeopleTally::add_logged(const std::vector<DecisionNote>& decisions) {
  std::set<std::string_view> logged;
  for (const DecisionNote& each : decisions) {
    const bool belongs = belongs_in_log(each.outcome);
    const bool takes = std::any_of(
        logged.begin(), logged.end(),
        [&](std::string_view word) { return takes_back(each.outcome, word); });
    if (belongs) logged.insert(each.outcome);
    if (belongs || takes) add_log(each);
  }
}

void PeopleTally::add_log(const DecisionNote& decision) {
  ++numbers_.logged;
  offer(numbers_.log, decision, is_newer);
}

void PeopleTally::add_open(const DecisionNote& about, Action action,
                           const CaseState& state) {
  ++numbers_.opened;
  offer(numbers_.open,
        PeopleNumbers::OpenAction{about.verdict_id, about.record_id, action,
                                  state},
        is_due_before);
}

void PeopleTally::finish() {
  std::sort_heap(numbers_.log.begin(), numbers_.log.end(), is_newer);
  std::sort_heap(numbers_.open.begin(), numbers_.open.end(), is_due_before);
  std::sort(numbers_.hours_to_remedy.begin(), numbers_.hours_to_remedy.end());
}

}  // namespace simwarden
