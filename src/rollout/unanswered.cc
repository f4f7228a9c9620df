// SPDX-License-Identifier: Apache-2.0
#include "rollout/unanswered.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "diag/ascii.h"
#include "policy/list_reader.h"

namespace simwarden {
namespace {

// What stands behind the last '/' or '.': windows are "pack/name", a profile's
// keys "parameters.name".
std::string bare(const std::string& name) {
  return name.substr(name.find_last_of("/.") + 1);
}

constexpr std::string_view kNamedByConditions[] = {
    "parameters", "profiles", "patterns", "windows", "lists"};

// What is worked out of a text hangs on lists that no condition names.
bool changes_what_is_seen(const PolicyDiff& diff) {
  return std::ranges::any_of(diff.sections, [](const Section& section) {
    return section.name == "lists" &&
           std::ranges::any_of(section.things, [](const ThingChange& list) {
             return is_read_unasked(bare(list.name));
           });
  });
}

struct Changed {
  std::set<std::string> rules;
  std::set<std::string> waivers;
  std::set<std::string> names;  // that a condition may use
};

void add(const Section& section, Changed& changed) {
  const bool named = std::ranges::find(kNamedByConditions, section.name) !=
                     std::end(kNamedByConditions);
  for (const ThingChange& thing : section.things) {
    if (section.name == "rules") changed.rules.insert(thing.name);
    if (section.name == "waivers") changed.waivers.insert(thing.name);
    if (!named) continue;
    changed.names.insert(bare(thing.name));
    for (const KeyChange& key : thing.keys) changed.names.insert(bare(key.key));
  }
}

bool uses_one_of(std::string_view source, const std::set<std::string>& names) {
  size_t begin = 0;
  for (size_t at = 0; at <= source.size(); ++at) {
    if (at < source.size() && is_ascii_word(source[at])) continue;
    if (names.contains(std::string(source.substr(begin, at - begin)))) {
      return true;
    }
    begin = at + 1;
  }
  return false;
}

bool uses_one_of(const std::optional<Condition>& condition,
                 const std::set<std::string>& names) {
  return condition && uses_one_of(condition->source, names);
}

// Windows that count by what is another.
void add_windows(const Ruleset& ruleset, std::set<std::string>& names) {
  for (const Pack& pack : ruleset.packs) {
    for (const DeclaredWindow& window : pack.windows) {
      const bool other =
          uses_one_of(window.where, names) || uses_one_of(window.part, names);
      if (other) names.insert(window.name);
    }
  }
}

bool may_differ(const Ruleset& ruleset, const Rule& rule,
                const Changed& changed) {
  if (changed.rules.contains(rule.id) ||
      uses_one_of(rule.condition.source, changed.names) ||
      uses_one_of(rule.applies, changed.names)) {
    return true;
  }
  if (!rule.from_score) return false;
  return changed.names.contains(
      ruleset.parameter_names[*rule.from_score - ruleset.schema_slots]);
}

bool may_differ(const Waiver& waiver, const Changed& changed) {
  return changed.waivers.contains(waiver.id) ||
         uses_one_of(waiver.when.source, changed.names);
}

void find(const Ruleset& ruleset, const Changed& changed,
          const std::set<std::string>& left_out, std::set<std::string>& found) {
  const auto note = [&](const std::string& rule, bool differs) {
    if (differs && left_out.contains(rule)) found.insert(rule);
  };
  for (const Waiver& waiver : ruleset.waivers) {
    note(waiver.rule, may_differ(waiver, changed));
  }
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      note(rule.id, may_differ(ruleset, rule, changed));
    }
  }
}

}  // namespace

std::set<std::string> unanswered_rules(const PolicyDiff& diff,
                                       const Ruleset& before,
                                       const Ruleset& after,
                                       const std::set<std::string>& left_out) {
  if (changes_what_is_seen(diff)) return left_out;
  Changed changed;
  for (const Section& section : diff.sections) add(section, changed);
  for (const Ruleset* ruleset : {&before, &after}) {
    add_windows(*ruleset, changed.names);
  }
  std::set<std::string> found;
  find(before, changed, left_out, found);
  find(after, changed, left_out, found);
  return found;
}

}  // namespace simwarden
