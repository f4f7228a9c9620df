// SPDX-License-Identifier: Apache-2.0
#include "rollout/unanswered.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "diag/ascii.h"

namespace simwarden {
namespace {

// What stands behind the last '/' or '.': windows are "pack/name", a profile's
// keys "parameters.name".
std::string bare(const std::string& name) {
  return name.substr(name.find_last_of("/.") + 1);
}

constexpr std::string_view kNamedByConditions[] = {
    "parameters", "profiles", "patterns", "windows", "lists"};

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

void find(const Ruleset& ruleset, const Changed& changed,
          const std::set<std::string>& left_out, std::set<std::string>& found) {
  for (const Waiver& waiver : ruleset.waivers) {
    if (changed.waivers.contains(waiver.id) && left_out.contains(waiver.rule)) {
      found.insert(waiver.rule);
    }
  }
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      if (!left_out.contains(rule.id)) continue;
      if (changed.rules.contains(rule.id) ||
          uses_one_of(rule.condition.source, changed.names) ||
          (rule.applies && uses_one_of(rule.applies->source, changed.names))) {
        found.insert(rule.id);
      }
    }
  }
}

}  // namespace

std::set<std::string> unanswered_rules(const PolicyDiff& diff,
                                       const Ruleset& before,
                                       const Ruleset& after,
                                       const std::set<std::string>& left_out) {
  Changed changed;
  for (const Section& section : diff.sections) add(section, changed);
  std::set<std::string> found;
  find(before, changed, left_out, found);
  find(after, changed, left_out, found);
  return found;
}

}  // namespace simwarden
