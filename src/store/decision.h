// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "diag/result.h"

// What a person decided about a verdict. A verdict is advice; this is what was
// done with it.
//
//   Decision decision{.verdict_id = 17, .decided_by = "demo_clerk",
//                     .outcome = "fraud_confirmed", .owner = "demo_lead"};
//   const Result<Decision> tidy = tidy_decision(decision, utc_now());
namespace simwarden {

// A name or the number of a member of staff.
inline constexpr size_t kWhoBytesMax = 128;
// A page of text; files belong into the case system.
inline constexpr size_t kNoteBytesMax = 4000;

struct Decision {
  int64_t verdict_id = 0;
  // The verdict's other name ("3-4711"), for whoever finds the verdict_id by
  // it; empty: that is known.
  std::string stored_as = {};
  // Of the record that was decided about, which has to be the verdict's; empty:
  // nobody says.
  std::string record_id = {};
  std::string decided_by;
  std::string decided_at;  // RFC 3339; "": when it is stored
  std::string outcome;     // one of decision_outcomes()
  std::string state;       // "open", "closed"; "": the outcome's own
  std::string owner;       // who has to act; may be empty
  std::string due;         // the day until which, YYYY-MM-DD; may be empty
  std::string note;        // free text; may be empty
};

// What a word says about letting a stopped record through. From `proposes` on
// whoever says it vouches for the record.
enum class Stance : uint8_t { silent, against, proposes, lets_through };

// A word that says what came out.
struct DecisionOutcome {
  std::string_view name;
  // What it does to the case: "open", "closed", or "" for a second opinion,
  // which leaves it as it is.
  std::string_view state;
  Stance stance = Stance::silent;
  std::string_view doc;
};
std::span<const DecisionOutcome> decision_outcomes();
// Null when no outcome has that name.
const DecisionOutcome* find_outcome(std::string_view name);
// Silent when no outcome has that name.
Stance stance_of(std::string_view outcome);

// Whether the later of two words about one record says that the earlier one
// does not hold: there was no fraud, it was carried out after all. Others add
// to it: what was carried out may turn out to be fraud.
bool takes_back(std::string_view later, std::string_view earlier);

// With its state filled in, its time in UTC and its note masked as all free
// text (privacy/masks.h). An Error of trouble `usage` says what is wrong with
// it. `now` is what no decision may be after, in UTC ("2026-03-01T00:00:00Z").
Result<Decision> tidy_decision(Decision decision, std::string_view now);

// A desk enters on the same day what it decided. When a decision was made that
// is stored later than this after its time, nothing but its word says.
inline constexpr int64_t kToldLaterSeconds = int64_t{24} * 60 * 60;
bool is_told_later(std::string_view decided_at, std::string_view stored_at);

// Who, why and numbers of cases as the log has them: not empty, one line, no
// longer than `bytes_max`. `name` is for the message.
Status check_words(std::string_view name, std::string_view text,
                   size_t bytes_max);

// The clock of the machine, "2026-03-01T10:15:30Z".
std::string utc_now();

}  // namespace simwarden
