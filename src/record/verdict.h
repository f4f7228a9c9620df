// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

// The answer to one record: what to do, why, what was not known and what
// would change it. A plain value that stores, doors and reports can read
// without knowing a rule. Every text in it is already masked.
namespace simwarden {

enum class Action : uint8_t { pass, review, hold, refuse };
inline constexpr std::array<std::string_view, 4> kActionNames = {
    "pass", "review", "hold", "refuse"};
inline std::string_view name_of(Action a) {
  return kActionNames[size_t(a)];
}

// Of one rule on one record (the words are XCCDF's).
enum class Outcome : uint8_t {
  hit,
  clear,
  not_applicable,
  undetermined,
  waived,
};
std::string_view name_of(Outcome outcome);

// One piece of what a finding stands on.
struct Evidence {
  enum class State : uint8_t { value, not_recorded, null, invalid };
  std::string fact;  // full name: "request.channel.type", "message.text"
  State state = State::value;
  std::string value;   // masked, as a user would write it
  bool quoted = true;  // the value is a text (JSON string), not a number
  // A span of the fact's original bytes; end > begin when there is one.
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text = {};  // the masked span as it stands there
  std::string seen_as;    // the masked normalised text that matched
  std::string by;         // what saw it: a pattern set, a link, a contact …
};

// By whose word a hit is waived, or was up to the end of the waiver.
struct WaiverNote {
  std::string id;
  std::string asked_by;
  std::string approved_by;
  std::string why;
  std::string until;  // a day or an RFC 3339 time, as written
};

struct Finding {
  std::string rule;
  Outcome outcome = Outcome::hit;
  std::string family;
  std::string severity;  // info low medium high critical
  double score = 0;      // the rule's points
  std::string title;
  std::string reason;  // placeholders filled in, masked
  std::string remedy;
  std::vector<Evidence> evidence;
  std::vector<std::string> controls;
  bool shadow = false;  // the rule is in shadow: shown, never acting
  std::optional<WaiverNote> waiver = {};

  // Whether it takes part in points and action.
  bool acts() const { return outcome == Outcome::hit && !shadow; }
};

// A field whose value its type does not allow.
struct InvalidField {
  std::string fact;
  std::string value;     // masked
  std::string expected;  // "one of original, copy, …", "RFC 3339 with zone"
};

// A rule, or a window, whose own condition ended in an error, no fact missing.
struct FailedRule {
  std::string rule;   // "IDV-002", "windows.agent_swaps_1h"
  std::string error;  // "unknown time zone"; "" where it was not written down
};

// A file of a mail that is known by name and size alone.
struct ClosedNote {
  uint32_t attachment = 0;  // its index in message.attachments
  std::string name;         // masked; "" where it has none
  std::string reading;      // why: a word of `attachments[].reading`
};

// A rule that could not be decided, and what it lacks: facts and windows, each
// with why it has no value. For a person who looks at one record; verdicts
// keep the rule's id alone.
struct OpenRule {
  std::string rule;
  std::vector<Evidence> lacks;
};

// A paragraph of a message that does not pass by itself.
struct BlockVerdict {
  uint32_t block = 0;  // its index in message.blocks
  std::string fact;    // "message.text" or "message.subject"
  uint32_t begin = 0;  // original bytes of that fact
  uint32_t end = 0;
  Action action = Action::pass;
  double score = 0;
  std::vector<std::string> rules;  // that hit it, highest score first
};

struct Verdict {
  std::string id;
  Kind kind = Kind::request;
  Action action = Action::pass;
  double score = 0;  // 0 to 100, rounded to two places
  // Those that act with the highest score first, then by rule id; behind them
  // those that are waived and those in shadow, ordered alike.
  std::vector<Finding> findings;
  std::vector<BlockVerdict> blocks;  // of a message, in text order
  uint32_t blocks_left = 0;  // paragraphs that were not judged by themselves
  std::vector<std::string> undetermined;  // rule ids, sorted
  std::vector<FailedRule> failed;  // of these, duties that hit, windows; sorted
  std::vector<std::string> not_recorded;   // facts of hit duties, sorted
  std::vector<InvalidField> invalid;       // in table order
  std::vector<ClosedNote> closed;          // in the order of the attachments
  uint32_t closed_left = 0;                // more of them than are named
  std::vector<std::string> would_pass_if;  // duties, in the findings' order
  Action would_become = Action::pass;      // the action if they were met
  Position position;
};

// "message.mail_faults:cut_depth+cut_text,message.text": what of `invalid` can
// be told to anybody, the words of faults too.
inline constexpr std::string_view kMailFaultsFact = "message.mail_faults";
std::string invalid_facts(const Verdict& verdict);

}  // namespace simwarden
