// SPDX-License-Identifier: Apache-2.0
#include "lint/lints.h"

#include <algorithm>
#include <tuple>

#include "lint/excuses.h"

namespace simwarden {
namespace looks {

using Look = void(const Reading&, Findings&);
Look no_remedy, one_language, no_source, no_confidence, no_controls;
Look wide_sign;
Look weightless, reached_floor, retired_points, only_retired;
Look duplicate_rule, shadowed_rule, settled_by_guard, dead_part, threshold;
Look no_literal, costly_pattern, slash, lost_comma, open_dot, odd_range;
Look ascii_edge, empty_alternative, plain_braces, same_alternative,
    same_pattern;
Look never_value, list_kind, not_registrable;
Look any_text;
Look old_list, unchecked_list, future_list, long_window, short_window;

}  // namespace looks

namespace {

constexpr Severity kWarning = Severity::warning;
constexpr Severity kNote = Severity::note;

constexpr Lint kLints[] = {
    // What a person reads.
    {"L101", kWarning, "a rule has no remedy",
     "say what would make such a record right: remedy: {en: …, zh: …}",
     looks::no_remedy},
    {"L102", kNote, "a text lacks a language that its pack speaks",
     "add the text in that language", looks::one_language},
    {"L103", kWarning, "a rule names no source",
     "source: the law, notice, report or decision that it comes from",
     looks::no_source},
    {"L104", kNote, "a rule does not say how sure its source is",
     "confidence: primary | secondary | memory | measured | default",
     looks::no_confidence},
    {"L105", kNote, "a rule serves no obligation",
     "controls: [the obligations that it serves], for reports by obligation",
     looks::no_controls},
    {"L106", kWarning, "an English text has a sign of Chinese",
     "write that of ASCII and a blank; a text in another language stands "
     "behind a key of its own",
     looks::wide_sign},
    // Points, floors, status.
    {"L110", kWarning, "a severe rule counts nothing",
     "give it a score or an at_least, or a lower severity", looks::weightless},
    {"L111", kNote, "a floor is below what the points give anyway",
     "leave at_least out, or ask for more", looks::reached_floor},
    {"L112", kWarning, "a retired rule still has points",
     "score: 0 and no at_least: a retired rule only keeps its id",
     looks::retired_points},
    {"L113", kWarning, "only retired rules use it",
     "take it out together with the last rule that reads it",
     looks::only_retired},
    // Conditions.
    {"L120", kWarning, "two rules ask the same",
     "take one out, or let them differ", looks::duplicate_rule},
    {"L121", kWarning, "a rule is shadowed by another",
     "take the narrower one out, or give it more points than the wider one",
     looks::shadowed_rule},
    {"L122", kWarning, "a guard settles its condition",
     "widen applies, or take out the part that it decides already",
     looks::settled_by_guard},
    {"L123", kWarning, "a part of a condition is never true, or never false",
     "where either will do, write || or in [ … ]", looks::dead_part},
    {"L124", kWarning, "a threshold is no parameter",
     "declare it under parameters: and read it as profile.<name>, so that a "
     "profile can set it",
     looks::threshold},
    {"L125", kWarning, "a fact is compared with what it never is",
     "write a value of its format", looks::never_value},
    {"L126", kWarning, "a list is asked about what it cannot hold",
     "name a list of that kind, or ask about another fact", looks::list_kind},
    // Regular expressions.
    {"L130", kNote, "a pattern has no literal to wait for",
     "let every alternative have two letters, digits or marks that stand "
     "together",
     looks::no_literal},
    {"L131", kWarning, "a pattern is costly to run",
     "smaller counts, or [^\\n]* and near_contact instead of a long distance",
     looks::costly_pattern},
    {"L132", kWarning, "a slash where a backslash is meant",
     "\\b is the edge of a word, \\d a digit", looks::slash},
    {"L133", kWarning, "a count has lost its comma",
     "{3,14} is from 3 to 14 times, {314} exactly 314 times",
     looks::lost_comma},
    {"L134", kWarning, "a dot in a host matches any character",
     "write \\. for a dot", looks::open_dot},
    {"L135", kWarning, "a range in a class holds more than it seems to",
     "[A-Za-z]; a dash that is meant as such stands first or last",
     looks::odd_range},
    {"L136", kWarning, "an alternative is empty",
     "leave the bar out, or write (?:…)? for what can be missing",
     looks::empty_alternative},
    {"L137", kWarning, "braces that RE2 takes for text",
     "{0,5} for at most five, without spaces; \\{ for a brace",
     looks::plain_braces},
    {"L138", kWarning, "an alternative is given twice", "leave one out",
     looks::same_alternative},
    {"L139", kWarning, "a pattern is twice in its set", "leave one out",
     looks::same_pattern},
    // Lists.
    {"L140", kWarning, "a list is older than its stated life",
     "look its entries up again, then write the day into checked",
     looks::old_list},
    {"L141", kWarning, "a reviewed list was never checked",
     "write the day of the review into checked, or status: example",
     looks::unchecked_list},
    {"L142", kWarning, "a list was checked on a day to come",
     "write the day on which its entries were looked at", looks::future_list},
    {kNotRegistrable, kWarning,
     "an entry of a list of domains is no registrable domain",
     "write the name that was registered, without what stands before it",
     looks::not_registrable},
    // Windows.
    {"L150", kWarning, "a window looks back farther than events are kept",
     "a shorter span, or a longer retention of subjects: over what was purged "
     "a window has no figure",
     looks::long_window},
    {"L151", kWarning, "a distance is held against more than its window's span",
     "a longer span (over:); where none was before, the distance is the whole "
     "span",
     looks::short_window},
    // Patterns.
    {"L160", kWarning, "an edge of a word beside a letter that is not ASCII",
     "leave \\b out there, or write (?:^|[^\\pL]) before the word and "
     "(?:[^\\pL]|$) behind it",
     looks::ascii_edge},
    {"L161", kWarning, "a pattern matches nearly every text",
     "write the words that are looked for", looks::any_text},
    // Excuses.
    {kIdleExcuse, kWarning, "an excuse excuses nothing", "take it out",
     nullptr},
};

}  // namespace

std::span<const Lint> lints() {
  return kLints;
}

std::vector<Issue> unmatched_entries(const PolicySources& sources) {
  std::vector<Issue> found;
  const auto row = std::find_if(
      std::begin(kLints), std::end(kLints),
      [](const Lint& each) { return each.code == kNotRegistrable; });
  Findings findings(*row, found);
  for (const PolicySources::OfList& of : sources.lists) {
    Issues none;  // the loader has read it before
    auto root = parse_yaml(of.file, none);
    if (!root) continue;
    const YamlNode* excused = root->find("lint");
    if (excused && excused->find(kNotRegistrable)) continue;
    look_for_unregistrable({&of.file, of.list.get(), std::move(*root)},
                           findings);
  }
  return found;
}

std::vector<Issue> lint(const Reading& reading, const Issues& others) {
  std::vector<Issue> found = others.sorted();
  for (const Lint& row : kLints) {
    Findings findings(row, found);
    if (row.look != nullptr) row.look(reading, findings);
  }
  Excuses excuses(reading);
  std::erase_if(found, [&](const Issue& issue) {
    return issue.severity != Severity::error && excuses.excuse(issue);
  });
  const auto about_excuses =
      std::find_if(std::begin(kLints), std::end(kLints),
                   [](const Lint& row) { return row.code == kIdleExcuse; });
  Findings idle(*about_excuses, found);
  excuses.complain_about_idle(idle);
  std::stable_sort(
      found.begin(), found.end(), [](const Issue& a, const Issue& b) {
        return std::tie(a.severity, a.file, a.place.line, a.place.column) <
               std::tie(b.severity, b.file, b.place.line, b.place.column);
      });
  return found;
}

}  // namespace simwarden
