// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "diag/issue.h"

// Every issue of this room: a stable code and what it is about. Issues of
// the YAML itself are Y1xx (notation/), of conditions C1xx (cel/).
namespace simwarden {

struct PolicyCode {
  std::string_view code;
  std::string_view title;
  Severity severity = Severity::error;
};

inline constexpr PolicyCode kPolicyCodes[] = {
    // The pack as a whole.
    {"P101", "a folder among packs has no pack.yaml", Severity::warning},
    {"P102", "a file or folder is not named as what it holds"},
    {"P103", "a name has characters that names do not have"},
    {"P104", "a version is not MAJOR.MINOR.PATCH"},
    {"P105", "two packs have the same name"},
    {"P106", "a file's name does not end in .yaml"},
    // Rules.
    {"P110", "a rule's id has characters that ids do not have"},
    {"P111", "an id is used twice"},
    {"P112", "a family is not declared"},
    {"P113", "a score is not between 0 and 100"},
    {"P114", "a rule needs one of require and flag"},
    {"P115", "a pack has no rules"},
    {"P116", "from_score is not a numeric parameter"},
    // Conditions.
    {"P120", "a condition is neither a text nor a block"},
    {"P121", "a key of a block is neither a block nor a matcher"},
    {"P122", "a matcher's operator is unknown"},
    {"P123", "blocks are nested too deep"},
    {"P124", "a block is empty"},
    {"P125", "at_least asks for an impossible number"},
    {"P126", "a condition is too big"},
    {"P127", "a matcher's value cannot be compared"},
    {"P128", "a text holds an invisible character"},
    {"P210", "a text holds a letter that is not what it looks like",
     Severity::warning},
    // Reasons and remedies.
    {"P130", "a reason names what cannot be shown"},
    {"P131", "a brace is not balanced"},
    {"P132", "a text in several languages lacks English"},
    {"P133", "a language code is unknown"},
    {"P208", "a text that has to say something is blank"},
    // Patterns.
    {"P140", "a pattern is refused by RE2"},
    {"P141", "a pack of requests has patterns"},
    {"P142", "a pattern matches the empty text"},
    {"P143", "near_contact is out of range"},
    {"P144", "a pattern set is not used", Severity::warning},
    {"P145", "a pattern can never match its view", Severity::warning},
    // Parameters and profiles.
    {"P200", "a window is not of one kind"},
    {"P201", "a window names what is no fact for it"},
    {"P202", "a window's span is out of range"},
    {"P203", "there are more windows than a ruleset can have"},
    {"P204", "a window is not used", Severity::warning},
    {"P205", "a window says what its kind does not"},
    {"P150", "a parameter's value is of another type"},
    {"P151", "packs disagree about a parameter"},
    {"P152", "a parameter is not used", Severity::warning},
    {"P153", "a profile sets an unknown parameter"},
    {"P154", "no profile is called generic"},
    {"P155", "two profiles have the same name"},
    {"P156", "thresholds are out of order"},
    {"P159", "a parameter's value is outside its choices or bounds"},
    {"P206", "a parameter's choices or bounds are not for its type"},
    {"P158", "a condition fails with a parameter's value"},
    {"P157", "a country is not two capital letters"},
    // Lists.
    {"P160", "an entry is in a list twice"},
    {"P161", "a line of a plain list cannot be read"},
    {"P162", "a list is of another kind than its readers need"},
    {"P163", "two lists have the same name"},
    {"P164", "a list is not used", Severity::warning},
    {"P165", "a date is not a date"},
    {"P166", "there is no list to add to"},
    {"P167", "an overlay takes away what is not there", Severity::warning},
    {"P168", "a list says what it cannot do"},
    {"P169", "a list's life is not a number of days"},
    {"P196", "a value of a list is like none that is asked for",
     Severity::warning},
    // Controls.
    {"P180", "a rule names an unknown control"},
    {"P181", "two controls have the same name"},
    {"P182", "a control has a clause twice"},
    {"P183", "no rule serves a clause", Severity::warning},
    {"P184", "a rule names a clause that no rule can check"},
    {"P185", "a control names an unknown profile"},
    // Cases.
    {"P170", "a pack has no tests.yaml"},
    {"P171", "a case names an unknown rule"},
    {"P172", "no case shows that a rule hits"},
    {"P173", "no case shows that a rule does not hit"},
    {"P174", "a case builds on an unknown base"},
    {"P175", "a case names an unknown profile"},
    {"P176",
     "a case takes away what is not there, or lays over where it cannot"},
    {"P177", "a case expects nothing"},
    {"P178", "a case contradicts itself"},
    {"P179", "two cases have the same name"},
    {"P188", "a case names an unknown window"},
    {"P189", "an earlier record is repeated too often"},
    {"P199", "a telephone number without quotes loses its +"},
    {"P186", "an excuse is for an unknown rule"},
    {"P187", "an excuse is not for one mutant or one branch"},
    // Days and waivers.
    {"P190", "a waiver names an unknown rule"},
    {"P191", "two waivers have the same id"},
    {"P192", "a text is neither a day nor a moment"},
    {"P193", "a period ends before it begins"},
    {"P194", "a waiver is for a rule that does not run"},
    {"P207", "a waiver is approved by who asked for it", Severity::warning},
    {"P209", "a waiver has no near end"},
    {"P195", "there are more waivers than a ruleset can have"},
};

}  // namespace simwarden
