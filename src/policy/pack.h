// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/run/program.h"
#include "diag/issue.h"
#include "likeness/likeness.h"
#include "lists/word_set.h"
#include "policy/calendar.h"
#include "policy/localised.h"
#include "windows/window.h"

// What policy authors write (docs/packs.md), read and checked. Plain values,
// but for the compiled conditions, which are immutable and shared.
namespace simwarden {

enum class RuleStatus : uint8_t { draft, shadow, active, retired };
inline constexpr std::array<std::string_view, 4> kRuleStatusNames = {
    "draft", "shadow", "active", "retired"};
inline std::string_view name_of(RuleStatus status) {
  return kRuleStatusNames[size_t(status)];
}
enum class PatternView : uint8_t { raw, plain, squeezed };

struct Condition {
  std::string source;  // as written, blocks rendered as CEL
  // The byte of pack.yaml that each byte of `source` and its end came from.
  std::vector<size_t> offsets;
  std::shared_ptr<const cel::Program> program;
};

// A reason cut at its placeholders.
struct TemplatePart {
  std::string text;              // literal, when `slot` is empty
  std::optional<uint32_t> slot;  // the fact that stands here
  std::string fact;              // its name
};
using Template = std::vector<TemplatePart>;

struct Rule {
  std::string id;
  Localised title;
  std::string family;
  std::string severity;
  double score = 0;
  std::optional<std::string> at_least;  // review hold refuse
  // Asked only when the pack's rules without such a threshold reach it
  // together: the slot of a numeric parameter.
  std::optional<uint32_t> from_score;
  RuleStatus status = RuleStatus::active;
  // In the time of the record: an active rule is in shadow before the one and
  // is not applicable after the other.
  std::optional<CalendarTime> active_from;
  std::optional<CalendarTime> active_until;
  bool duty = false;  // require, not flag
  std::optional<Condition> applies;
  Condition condition;
  std::map<std::string, Template> reason;  // by language
  Localised remedy;
  std::vector<std::string> controls;
  std::string source;
  std::string confidence;
  Place place;  // in its pack.yaml
};

// The program's own finding about a waiver that is over; no pack may use it.
inline constexpr std::string_view kWaiverEndedRule = "WVR-001";

// Leave to do without one rule. It never reaches further than it says: one
// rule, the records that `when` is proven true for, up to `until`.
struct Waiver {
  std::string id;
  std::string rule;
  std::string asked_by;
  std::string approved_by;
  std::string why;
  std::optional<CalendarTime> from;
  CalendarTime until;
  Condition when;
  std::string file;
  Place place;  // of its id
};

struct PatternSet {
  std::string name;
  PatternView view = PatternView::plain;
  std::vector<std::string> any;
  std::vector<Place> places;  // of each of them, in its pack.yaml
  // Counts only where a match lies within so many characters of a private
  // contact of the message.
  std::optional<uint32_t> near_contact;
};

// A value of a parameter.
using ParameterValue =
    std::variant<bool, int64_t, double, std::string, std::vector<std::string>>;
// What it may be beside its type (parameter_range.h).
struct ParameterRange {
  std::vector<std::string> choices;  // of texts; empty: any
  std::optional<double> least;       // of numbers
  std::optional<double> most;

  bool operator==(const ParameterRange&) const = default;
};
struct Parameter {
  std::string name;
  std::string type;  // bool int double string list(string)
  ParameterValue value;
  ParameterRange range = {};
  std::string doc;
  std::string source;
  std::string confidence;
};

// A figure over many records that conditions read as windows.<name>.
struct DeclaredWindow {
  std::string name;
  std::string doc;
  Window window;
  std::string over;                // its span as written
  std::string by;                  // the fact; "" for all records together
  std::string of;                  // distinct: the fact whose values count
  std::optional<Condition> where;  // which records count; all without
  std::optional<Condition> part;   // share: which of those
  std::string given;               // the record's own counter; "" for none
  // Slots of those facts.
  std::optional<uint32_t> by_slot;
  std::optional<uint32_t> of_slot;
  std::optional<uint32_t> given_slot;
};

struct Pack {
  std::string name;
  std::string version;
  std::string asks;  // request message
  std::string title;
  std::string folder;                         // as it was named by the user
  std::map<std::string, Localised> families;  // titles by name
  std::vector<Parameter> parameters;          // with their defaults
  std::vector<PatternSet> patterns;
  std::vector<DeclaredWindow> windows;
  std::vector<Rule> rules;
  // What its conditions were compiled against.
  std::shared_ptr<const cel::Environment> environment;
};

struct ListEntry {
  std::string value;
  std::string stands_for;  // of a brand
  std::string country;
  std::string owner;  // operator
  std::string confidence;
  std::string source;
  std::string checked;  // "" for the list's own
  bool suffix = false;  // whatever was registered under it counts as well
};

struct NamedList {
  std::string name;
  std::string title;
  std::string of;
  std::string status;
  std::string version;
  std::string checked;
  uint32_t review_every_days = 0;  // its stated life; 0: none is stated
  std::string source;
  std::string adds_to;       // the list that this one is laid over; "" for none
  std::string entries_from;  // the plain file beside it; "" for none
  std::vector<ListEntry> entries;    // those of the YAML file
  WordSet keys;                      // canonical values, of both files
  WordSet suffixes;                  // those of keys that are suffixes
  std::vector<WeightedKey> weights;  // of a list of phrases, as keys stand
  WordSet removed;                   // of an overlay: what it takes away

  // Canonical form of a value for this list: lower case, digits of phones.
  static std::string canonical(std::string_view of, std::string_view value);
  bool contains(std::string_view value) const;
};

struct Thresholds {
  double review = 20;
  double hold = 40;
  double refuse = 70;
};

struct Profile {
  std::string name;
  std::string title;
  std::string status;
  std::string country;
  std::string note;
  Thresholds thresholds;
  std::vector<Parameter> parameters;  // every one that some pack declares
};

}  // namespace simwarden
