// SPDX-License-Identifier: Apache-2.0
#include "rollout/thing_changes.h"

#include <algorithm>

namespace simwarden {
namespace {

using Key = Described::Key;

KeyChange change_of(const Key& before, const Key& after, const Described& thing,
                    const AreOne& are_one) {
  KeyChange change{
      .key = after.name, .before = before.value, .after = after.value};
  if (after.kind == Key::Kind::word) return change;
  if (before.value.empty() || after.value.empty()) return change;
  const bool code = after.kind == Key::Kind::condition;
  change.words = word_diff(before.value, after.value,
                           code ? Wording::code : Wording::prose);
  change.same_condition =
      code && are_one(thing.asks, before.value, after.value);
  return change;
}

const Key* key_of(const Described& thing, const std::string& name) {
  for (const Key& key : thing.keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

// In the order of the newer side; what only the older side has comes last.
std::vector<KeyChange> key_changes(const Described& before,
                                   const Described& after,
                                   const AreOne& are_one) {
  std::vector<KeyChange> changes;
  for (const Key& key : after.keys) {
    const Key* old = key_of(before, key.name);
    const Key none{.name = key.name, .value = "", .kind = key.kind};
    const Key& was = old ? *old : none;
    if (was.value == key.value) continue;
    changes.push_back(change_of(was, key, after, are_one));
  }
  for (const Key& key : before.keys) {
    if (key.value.empty() || key_of(after, key.name)) continue;
    changes.push_back({.key = key.name, .before = key.value, .after = ""});
  }
  return changes;
}

WordSet set_of(const std::vector<std::string>& members) {
  WordSet set;
  for (const std::string& member : members) set.insert(member);
  return set;
}

std::vector<SetChange> set_changes(const Described& before,
                                   const Described& after) {
  std::vector<SetChange> changes;
  for (const Described::Set& set : after.sets) {
    const auto old = std::find_if(
        before.sets.begin(), before.sets.end(),
        [&](const Described::Set& other) { return other.name == set.name; });
    SetChange change = changes_of_set(
        set.name, old == before.sets.end() ? WordSet() : set_of(old->members),
        set_of(set.members));
    if (change.any()) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

SetChange changes_of_set(std::string_view key, const WordSet& before,
                         const WordSet& after) {
  SetChange change;
  change.key = std::string(key);
  const auto count = [](const WordSet& from, const WordSet& other,
                        size_t& number, std::vector<std::string>& names) {
    for (const std::string& word : from) {
      if (other.contains(word)) continue;
      if (++number <= kEntriesNamed) names.push_back(word);
    }
  };
  count(after, before, change.added, change.added_names);
  count(before, after, change.removed, change.removed_names);
  return change;
}

std::vector<ThingChange> changes_of(const Things& before, const Things& after,
                                    const AreOne& are_one) {
  std::vector<ThingChange> changes;
  for (const auto& [name, thing] : before) {
    if (after.contains(name)) continue;
    changes.push_back({.is = ThingChange::Is::removed,
                       .name = name,
                       .title = thing.title,
                       .keys = {},
                       .sets = {}});
  }
  for (const auto& [name, thing] : after) {
    const auto old = before.find(name);
    if (old == before.end()) {
      changes.push_back({.is = ThingChange::Is::added,
                         .name = name,
                         .title = thing.title,
                         .keys = key_changes({}, thing, are_one),
                         .sets = set_changes({}, thing)});
      continue;
    }
    ThingChange change{.name = name,
                       .title = thing.title,
                       .keys = key_changes(old->second, thing, are_one),
                       .sets = set_changes(old->second, thing)};
    if (change.keys.empty() && change.sets.empty()) continue;
    changes.push_back(std::move(change));
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const ThingChange& a, const ThingChange& b) {
                     return a.name < b.name;
                   });
  return changes;
}

}  // namespace simwarden
