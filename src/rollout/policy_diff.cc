// SPDX-License-Identifier: Apache-2.0
#include "rollout/policy_diff.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "policy/parameter_range.h"
#include "policy/reason.h"
#include "policy/window_reader.h"
#include "rollout/condition_pair.h"
#include "rollout/thing_changes.h"

// Everything that decides is written down as keys with texts, once for each
// side; what differs is then found in one way for all sorts of things. A key
// that a rule gets in the future is a row here.
namespace simwarden {
namespace {

using Kind = Described::Key::Kind;

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

std::string text_of(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ", ";
    out += quoted(text);
  }
  return out + "]";
}

// Two values of one type have two texts; none has that of a key that is not
// there.
std::string text_of(const ParameterValue& value) {
  if (const auto* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
  if (const auto* i = std::get_if<int64_t>(&value))
    return fmt::format("{}", *i);
  if (const auto* d = std::get_if<double>(&value)) return fmt::format("{}", *d);
  if (const auto* s = std::get_if<std::string>(&value)) {
    return s->empty() || s->front() == '\'' ? quoted(*s) : *s;
  }
  return text_of(std::get<std::vector<std::string>>(value));
}

std::string text_of(RuleStatus status) {
  return std::string(name_of(status));
}

std::string text_of(PatternView view) {
  constexpr std::string_view kNames[] = {"raw", "plain", "squeezed"};
  return std::string(kNames[size_t(view)]);
}

std::string text_of(const std::optional<CalendarTime>& time) {
  return time ? time->text : "";
}

std::string from_score_of(const Ruleset& ruleset, const Rule& rule) {
  if (!rule.from_score) return {};
  return "profile." +
         ruleset.parameter_names[*rule.from_score - ruleset.schema_slots];
}

void add_texts(Described& to, const std::string& key, const Localised& texts) {
  for (const auto& [language, text] : texts) {
    to.keys.push_back({key + "." + language, text, Kind::prose});
  }
}

Described describe(const Ruleset& ruleset, const Pack& pack, const Rule& rule) {
  Described made{.title = in_language(rule.title), .asks = pack.asks};
  made.keys = {
      {"pack", pack.name},
      {"family", rule.family},
      {"severity", rule.severity},
      {"score", fmt::format("{}", rule.score)},
      {"at_least", rule.at_least.value_or("")},
      {"from_score", from_score_of(ruleset, rule)},
      {"status", text_of(rule.status)},
      {"active_from", text_of(rule.active_from)},
      {"active_until", text_of(rule.active_until)},
      {"kind", rule.duty ? "require" : "flag"},
      {"applies", rule.applies ? rule.applies->source : "", Kind::condition},
      {"condition", rule.condition.source, Kind::condition},
  };
  add_texts(made, "title", rule.title);
  for (const auto& [language, reason] : rule.reason) {
    made.keys.push_back({"reason." + language, written(reason), Kind::prose});
  }
  add_texts(made, "remedy", rule.remedy);
  made.keys.push_back({"source", rule.source, Kind::prose});
  made.keys.push_back({"confidence", rule.confidence});
  made.sets = {{"controls", rule.controls}};
  return made;
}

Things rules_of(const Ruleset& ruleset) {
  Things things;
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      things[rule.id] = describe(ruleset, pack, rule);
    }
  }
  return things;
}

Things packs_of(const Ruleset& ruleset) {
  Things things;
  for (const Pack& pack : ruleset.packs) {
    things[pack.name] = {.title = pack.title,
                         .keys = {{"version", pack.version},
                                  {"asks", pack.asks},
                                  {"title", pack.title, Kind::prose}}};
  }
  return things;
}

Things families_of(const Ruleset& ruleset) {
  Things things;
  for (const Pack& pack : ruleset.packs) {
    for (const auto& [name, title] : pack.families) {
      Described& made = things[pack.name + "/" + name];
      made.title = in_language(title);
      add_texts(made, "title", title);
    }
  }
  return things;
}

using Defaults = std::map<std::string, Parameter>;

Defaults defaults_of(const Ruleset& ruleset) {
  Defaults defaults;
  for (const Pack& pack : ruleset.packs) {
    for (const Parameter& each : pack.parameters) {
      defaults.emplace(each.name, each);
    }
  }
  return defaults;
}

Things parameters_of(const Ruleset& ruleset) {
  Things things;
  for (const auto& [name, parameter] : defaults_of(ruleset)) {
    things[name] = {.title = parameter.doc,
                    .keys = {{"type", parameter.type},
                             {"default", text_of(parameter.value)},
                             {"doc", parameter.doc, Kind::prose},
                             {"source", parameter.source, Kind::prose},
                             {"confidence", parameter.confidence}}};
    const std::string range = range_text(parameter.range);
    if (!range.empty()) things[name].keys.push_back({"range", range});
  }
  return things;
}

const Parameter* value_in(const Ruleset& ruleset, const std::string& profile,
                          const std::string& name) {
  const Profile* found = ruleset.profile(profile);
  if (found == nullptr) return nullptr;
  for (const Parameter& value : found->parameters) {
    if (value.name == name) return &value;
  }
  return nullptr;
}

// Where the default is another and a profile's value is not, the profile says
// it itself.
std::vector<KeptValue> kept_by(const Ruleset& before, const Ruleset& after,
                               const std::string& name) {
  std::vector<KeptValue> kept;
  for (const auto& [profile, details] : after.profiles) {
    const Parameter* was = value_in(before, profile, name);
    const Parameter* is = value_in(after, profile, name);
    if (was == nullptr || is == nullptr || was->value != is->value) continue;
    kept.push_back({profile, text_of(is->value)});
  }
  return kept;
}

std::vector<ThingChange> parameter_changes(const Ruleset& before,
                                           const Ruleset& after,
                                           const AreOne& are_one) {
  auto changes =
      changes_of(parameters_of(before), parameters_of(after), are_one);
  for (ThingChange& change : changes) {
    if (change.is != ThingChange::Is::changed) continue;
    for (KeyChange& key : change.keys) {
      if (key.key == "default") key.kept = kept_by(before, after, change.name);
    }
  }
  return changes;
}

bool is_default(const Parameter& value, const Defaults& defaults) {
  const auto found = defaults.find(value.name);
  return found != defaults.end() && found->second.value == value.value &&
         found->second.source == value.source;
}

// A value that follows the pack's default is no word of the profile.
Described describe(const Profile& profile, const Defaults& defaults) {
  const Thresholds& t = profile.thresholds;
  Described made{.title = profile.title};
  made.keys = {{"title", profile.title, Kind::prose},
               {"status", profile.status},
               {"country", profile.country},
               {"note", profile.note, Kind::prose},
               {"thresholds.review", fmt::format("{}", t.review)},
               {"thresholds.hold", fmt::format("{}", t.hold)},
               {"thresholds.refuse", fmt::format("{}", t.refuse)}};
  for (const Parameter& value : profile.parameters) {
    if (is_default(value, defaults)) continue;
    const std::string key = "parameters." + value.name;
    made.keys.push_back({key, text_of(value.value)});
    made.keys.push_back({key + ".source", value.source, Kind::prose});
    made.keys.push_back({key + ".confidence", value.confidence});
  }
  return made;
}

Things profiles_of(const Ruleset& ruleset) {
  const Defaults defaults = defaults_of(ruleset);
  Things things;
  for (const auto& [name, profile] : ruleset.profiles) {
    things[name] = describe(profile, defaults);
  }
  return things;
}

// A value that a profile has on one side alone stands beside the default that
// holds on the other.
void put_defaults(const Defaults& before, const Defaults& after,
                  KeyChange& key) {
  constexpr std::string_view kHead = "parameters.";
  if (!key.key.starts_with(kHead)) return;
  const std::string name = key.key.substr(kHead.size());
  const auto filled = [&name](const std::string& text, const Defaults& of) {
    const auto found = of.find(name);
    if (!text.empty() || found == of.end()) return text;
    return text_of(found->second.value);
  };
  const std::string was = filled(key.before, before);
  const std::string is = filled(key.after, after);
  if (was == is) return;
  key.before = was;
  key.after = is;
}

std::vector<ThingChange> profile_changes(const Ruleset& before,
                                         const Ruleset& after,
                                         const AreOne& are_one) {
  auto changes = changes_of(profiles_of(before), profiles_of(after), are_one);
  const Defaults was = defaults_of(before);
  const Defaults is = defaults_of(after);
  for (ThingChange& change : changes) {
    if (change.is != ThingChange::Is::changed) continue;
    for (KeyChange& key : change.keys) put_defaults(was, is, key);
  }
  return changes;
}

Things patterns_of(const Ruleset& ruleset) {
  Things things;
  for (const Pack& pack : ruleset.packs) {
    for (const PatternSet& set : pack.patterns) {
      Described made;
      made.keys = {
          {"view", text_of(set.view)},
          {"near_contact",
           set.near_contact ? fmt::format("{}", *set.near_contact) : ""}};
      made.sets = {{"alternatives", set.any}};
      things[pack.name + "/" + set.name] = std::move(made);
    }
  }
  return things;
}

Things windows_of(const Ruleset& ruleset) {
  Things things;
  for (const Pack& pack : ruleset.packs) {
    for (const DeclaredWindow& window : pack.windows) {
      Described made{.title = window.doc};
      made.keys = {
          {"kind", std::string(kWindowKindNames[size_t(window.window.kind)])},
          {"by", window.by},
          {"of", window.of},
          {"over", window.over},
          {"where", window.where ? window.where->source : ""},
          {"part", window.part ? window.part->source : ""},
          {"this", window.window.with_this ? "included" : "excluded"},
          {"given", window.given},
          {"doc", window.doc, Kind::prose}};
      things[pack.name + "/" + window.name] = std::move(made);
    }
  }
  return things;
}

// Obligations and their clauses, these as CONTROL/CLAUSE.
Things controls_of(const Ruleset& ruleset) {
  Things things;
  for (const auto& [name, control] : ruleset.controls) {
    Described& made = things[name];
    made.title = in_language(control.title);
    made.keys = {{"issuer", control.issuer, Kind::prose},
                 {"country", control.country},
                 {"kind", control.kind},
                 {"status", control.status},
                 {"version", control.version},
                 {"checked", control.checked},
                 {"source", control.source, Kind::prose},
                 {"confidence", control.confidence},
                 {"note", control.note, Kind::prose}};
    add_texts(made, "title", control.title);
    made.sets = {{"profiles", control.profiles}};
    for (const Clause& clause : control.clauses) {
      Described& part = things[name + "/" + clause.name];
      add_texts(part, "title", clause.title);
      add_texts(part, "duty", clause.duty);
      part.keys.push_back({"source", clause.source, Kind::prose});
      part.keys.push_back({"confidence", clause.confidence});
      add_texts(part, "not_checkable", clause.not_checkable);
    }
  }
  return things;
}

Things waivers_of(const Ruleset& ruleset) {
  std::map<std::string, std::string> asks;  // by rule
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) asks[rule.id] = pack.asks;
  }
  Things things;
  for (const Waiver& waiver : ruleset.waivers) {
    Described made{.title = waiver.why, .asks = asks[waiver.rule]};
    made.keys = {{"rule", waiver.rule},
                 {"when", waiver.when.source, Kind::condition},
                 {"asked_by", waiver.asked_by},
                 {"approved_by", waiver.approved_by},
                 {"why", waiver.why, Kind::prose},
                 {"from", text_of(waiver.from)},
                 {"until", waiver.until.text}};
    things[waiver.id] = std::move(made);
  }
  return things;
}

Described describe(const NamedList& list) {
  return {.title = list.title,
          .keys = {{"title", list.title, Kind::prose},
                   {"of", list.of},
                   {"status", list.status},
                   {"version", list.version},
                   {"checked", list.checked},
                   {"source", list.source, Kind::prose}}};
}

Things lists_of(const Ruleset& ruleset) {
  Things things;
  for (const auto& [name, list] : ruleset.lists) things[name] = describe(*list);
  return things;
}

bool same_details(const ListEntry& a, const ListEntry& b) {
  return a.stands_for == b.stands_for && a.country == b.country &&
         a.owner == b.owner && a.confidence == b.confidence &&
         a.source == b.source && a.checked == b.checked && a.suffix == b.suffix;
}

// Entries of the YAML files that are in both with other details.
void find_altered(const NamedList& before, const NamedList& after,
                  SetChange& change) {
  std::map<std::string, const ListEntry*> known;
  for (const ListEntry& entry : before.entries) {
    known.emplace(NamedList::canonical(before.of, entry.value), &entry);
  }
  for (const ListEntry& entry : after.entries) {
    const auto found = known.find(NamedList::canonical(after.of, entry.value));
    if (found == known.end() || same_details(*found->second, entry)) continue;
    if (++change.altered <= kEntriesNamed) {
      change.altered_names.push_back(entry.value);
    }
  }
}

// Phrases that are in both with another weight, the most changed first.
void find_reweighted(const NamedList& before, const NamedList& after,
                     SetChange& change) {
  struct Moved {
    std::string_view phrase;
    double from;
    double to;
    double by() const { return std::abs(to - from); }
  };
  std::unordered_map<std::string_view, double> known;
  size_t at = 0;
  for (const std::string& phrase : before.keys) {
    if (at == before.weights.size()) break;
    known.emplace(phrase, before.weights[at++].weight);
  }
  std::vector<Moved> moved;
  at = 0;
  for (const std::string& phrase : after.keys) {
    if (at == after.weights.size()) break;
    const double to = after.weights[at++].weight;
    const auto found = known.find(phrase);
    if (found == known.end() || found->second == to) continue;
    moved.push_back({phrase, found->second, to});
  }
  change.altered += moved.size();
  const size_t named = std::min(moved.size(), kEntriesNamed);
  std::partial_sort(moved.begin(), moved.begin() + ptrdiff_t(named),
                    moved.end(), [](const Moved& a, const Moved& b) {
                      return a.by() != b.by() ? a.by() > b.by()
                                              : a.phrase < b.phrase;
                    });
  for (size_t i = 0; i < named; ++i) {
    change.altered_names.emplace_back(moved[i].phrase);
    change.altered_how.push_back(
        fmt::format("{} → {}", moved[i].from, moved[i].to));
  }
}

// The entries of lists may be millions: they are compared where they lie.
std::vector<ThingChange> list_changes(const Ruleset& before,
                                      const Ruleset& after,
                                      const AreOne& are_one) {
  auto changes = changes_of(lists_of(before), lists_of(after), are_one);
  for (const auto& [name, list] : after.lists) {
    const NamedList* old = before.list(name);
    SetChange entries =
        changes_of_set("entries", old ? old->keys : WordSet(), list->keys);
    if (old) find_altered(*old, *list, entries);
    if (old) find_reweighted(*old, *list, entries);
    if (!entries.any()) continue;
    auto thing = std::lower_bound(
        changes.begin(), changes.end(), name,
        [](const ThingChange& change, const std::string& wanted) {
          return change.name < wanted;
        });
    if (thing == changes.end() || thing->name != name) {
      thing = changes.insert(
          thing, {.name = name, .title = list->title, .keys = {}, .sets = {}});
    }
    thing->sets.push_back(std::move(entries));
  }
  return changes;
}

}  // namespace

std::string_view name_of(ThingChange::Is is) {
  constexpr std::string_view kNames[] = {"added", "removed", "changed"};
  return kNames[size_t(is)];
}

size_t PolicyDiff::changes() const {
  size_t sum = 0;
  for (const Section& section : sections) sum += section.things.size();
  return sum;
}

PolicyDiff compare(const FactSchema& schema, const Ruleset& before,
                   const Ruleset& after) {
  const ConditionPair pair(schema, before, after);
  const AreOne are_one = [&](std::string_view asks, std::string_view a,
                             std::string_view b) {
    return pair.are_one(asks, a, b);
  };
  const auto section = [&](std::string_view name,
                           Things (*things)(const Ruleset&)) {
    return Section{name, changes_of(things(before), things(after), are_one)};
  };
  PolicyDiff diff{.digest_before = before.digest,
                  .digest_after = after.digest,
                  .sections = {}};
  diff.sections = {section("packs", packs_of),
                   section("families", families_of),
                   section("rules", rules_of),
                   {"parameters", parameter_changes(before, after, are_one)},
                   {"profiles", profile_changes(before, after, are_one)},
                   section("patterns", patterns_of),
                   section("windows", windows_of),
                   {"lists", list_changes(before, after, are_one)},
                   section("controls", controls_of),
                   section("waivers", waivers_of)};
  return diff;
}

}  // namespace simwarden
