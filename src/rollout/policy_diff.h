// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/schema.h"
#include "policy/ruleset.h"
#include "rollout/word_diff.h"

// What two rulesets differ in, thing by thing: rules by their ids, parameters,
// patterns, lists, profiles, packs and waivers by their names. What only the
// files differ in (comments, layout, order) is no difference.
//
//   PolicyDiff diff = compare(schema, *before, *after);
//   draw(diff) / to_json(diff)
namespace simwarden {

// Names shown of what was added to a list or taken out of it; all are counted.
inline constexpr size_t kEntriesNamed = 10;

// A profile that says a parameter's value itself, whatever the default is.
struct KeptValue {
  std::string profile;
  std::string value;
};

// A key of a thing whose value is another: score, condition, thresholds.hold.
struct KeyChange {
  std::string key;
  std::string before;  // "" when it was not there
  std::string after;
  // Of texts and conditions, where both sides are there.
  std::vector<WordPiece> words = {};
  // Of conditions: proven to say the same, written differently.
  bool same_condition = false;
  // Of a parameter's default: profiles for which nothing changes by it.
  std::vector<KeptValue> kept = {};
};

// A key that holds a set: controls, alternatives, entries.
struct SetChange {
  std::string key;
  size_t added = 0;
  size_t removed = 0;
  size_t altered = 0;                    // the same entry with other details
  std::vector<std::string> added_names;  // at most kEntriesNamed each
  std::vector<std::string> removed_names;
  std::vector<std::string> altered_names;
  // Of phrases, whose weight is altered: "1.5 → 0.2" for each of these names,
  // which are those that changed most.
  std::vector<std::string> altered_how = {};
  bool any() const { return added + removed + altered > 0; }
};

struct ThingChange {
  enum class Is : uint8_t { added, removed, changed };
  Is is = Is::changed;
  std::string name;
  std::string title;
  std::vector<KeyChange> keys;
  std::vector<SetChange> sets;
};
std::string_view name_of(ThingChange::Is is);  // "added" …

// Things of one sort, by name.
struct Section {
  std::string_view name;  // "rules"
  std::vector<ThingChange> things;
};

struct PolicyDiff {
  std::string digest_before;
  std::string digest_after;
  // packs, families, rules, parameters, profiles, patterns, windows, lists,
  // controls, waivers
  std::vector<Section> sections;
  size_t changes() const;
};

PolicyDiff compare(const FactSchema& schema, const Ruleset& before,
                   const Ruleset& after);

// One object, with a line break. The order of the keys is a contract.
std::string to_json(const PolicyDiff& diff);

// For whoever lays lists over policies that are compared.
inline constexpr std::string_view kListsOfBoth =
    "--lists lies over both policies: what it changes itself is no difference "
    "between them\n";

}  // namespace simwarden
