// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/verdict.h"

// What people decided about the verdicts of the period.
namespace simwarden {

// Entries of the log, and open cases, that a report shows.
inline constexpr size_t kPeopleRowsMax = 500;

struct DecisionNote {
  int64_t decision_id = 0;
  int64_t verdict_id = 0;
  std::string record_id;
  Kind kind = Kind::request;
  Action action = Action::pass;  // of the verdict that was decided about
  std::string decided_at;        // as it was told
  std::string stored_at;         // as the chain proves it
  std::string decided_by;
  std::string outcome;
  std::string state;  // "open", "closed"; "" of a second opinion
  std::string owner;
  std::string due;
  std::string note;
  std::string taken_back;  // the outcome that did so later; "": it holds
};
// Of all decisions about one record, in order of storing (store/decision.h).
void mark_taken_back(std::vector<DecisionNote>& decisions);

// What has come out so far about one verdict, from its decisions in order.
struct CaseState {
  std::string outcome;  // of the newest that is no second opinion; "": none
  std::string decided_at;
  std::string decided_by;
  std::string state;
  std::string owner;  // the newest that was named
  std::string due;
  std::string review;  // "agreed", "disagreed"; "": nobody has looked
  std::string reviewer;
  std::string review_note;
};
CaseState state_of_case(const std::vector<DecisionNote>& decisions);

// Of marked decisions, as all that follows. From the first word of fraud that
// holds to the first word after it that it was
// remedied, in the order of storing: an earlier time that is told later changes
// nothing. Nothing where one of the two is not there.
struct Remedy {
  double hours = 0;
  bool told_later = false;
  bool ends_before = false;  // dated before it begins: no hours
};
std::optional<Remedy> remedy_of(const std::vector<DecisionNote>& decisions);
// And nobody has taken it back.
bool is_said(const std::vector<DecisionNote>& decisions,
             std::string_view outcome);

// Whether they say what it was: to be let through, refused, fraud or none, and
// nobody has taken that back.
bool is_decided(const std::vector<DecisionNote>& decisions);

// Of the requests of a month.
struct PeopleMonth {
  uint64_t fraud = 0;  // confirmed
};

struct PeopleNumbers {
  uint64_t stored = 0;   // decisions of the whole store
  uint64_t counted = 0;  // of verdicts in the period
  // Outcome -> requests, messages with such a decision that holds.
  std::map<std::string, std::array<uint64_t, 2>> outcomes;
  // [kind][action]: verdicts with a decision that is no second opinion.
  std::array<std::array<uint64_t, 4>, 2> decided{};
  // With a decision that another has taken back.
  std::array<uint64_t, 2> taken_back{};
  // Refused and approved, passed and refused, stopped and a false alarm; and
  // what was missed.
  std::array<uint64_t, 2> overridden{};
  // Not stopped, and fraud.
  std::array<uint64_t, 2> missed{};
  // Held or refused, and let through on the word of one person.
  std::array<uint64_t, 2> one_person{};
  // Held or refused, and appealed.
  std::array<uint64_t, 2> appealed{};
  std::vector<double> hours_to_remedy;  // ascending
  uint64_t told_later = 0;              // of those (store/decision.h)
  uint64_t remedied_before = 0;         // beside those
  // Profile -> month (1970-01 is 0).
  std::map<std::string, std::map<int64_t, PeopleMonth>> months;
  // The newest first.
  std::vector<DecisionNote> log;
  uint64_t logged = 0;  // all that belong into it
  // Due first; those without a day last.
  struct OpenAction {
    int64_t verdict_id = 0;
    std::string record_id;
    Action action = Action::pass;
    CaseState state;
  };
  std::vector<OpenAction> open;
  uint64_t opened = 0;
};

//   (add)* finish
class PeopleTally {
 public:
  explicit PeopleTally(PeopleNumbers& numbers) : numbers_(numbers) {}
  // All decisions about one record of the period, in order of storing, and the
  // action of the verdict that counts.
  void add(const std::vector<DecisionNote>& decisions, Action action);
  // The same once more, with what the verdict says of the month.
  void add_month(const std::vector<DecisionNote>& decisions,
                 std::string_view profile, std::string_view event_time);
  void finish();

 private:
  void add_outcomes(const std::vector<DecisionNote>& decisions, Action action);
  void add_remedy(const std::vector<DecisionNote>& decisions);
  void add_logged(const std::vector<DecisionNote>& decisions);
  void add_log(const DecisionNote& decision);
  void add_open(const DecisionNote& about, Action action,
                const CaseState& state);

  PeopleNumbers& numbers_;
};

}  // namespace simwarden
