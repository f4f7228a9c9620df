// SPDX-License-Identifier: Apache-2.0
#include "app/explain_stored.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "app/told_from_store.h"
#include "app/verdict_of_record.h"
#include "audit/verdict_check.h"
#include "house/house.h"
#include "store/decision.h"
#include "store/stored_rulesets.h"
#include "store/stored_verdict.h"
#include "store/told_verdict.h"
#include "terminal/drawn_verdict.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

std::optional<int64_t> verdict_id_of(std::string_view text) {
  int64_t id = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), id);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || id <= 0)
    return std::nullopt;
  return id;
}

// Nothing is found without an Error.
Result<std::optional<FoundVerdict>> find(const ExplainOptions& options) {
  const auto id = verdict_id_of(options.verdict);
  const auto name = read_verdict_name(options.verdict);
  if (!id && !name) {
    return Error{Trouble::usage,
                 fmt::format("--verdict {}: is neither a number (17) nor what "
                             "`stored_as` says (3-4711)",
                             options.verdict)};
  }
  auto finder = VerdictFinder::open(options.db);
  if (!finder) return finder.error();
  auto found = id ? (*finder)->find(*id) : (*finder)->find(*name);
  if (!found || *found) return found;
  const auto purge = id ? (*finder)->taken_by(*id) : (*finder)->taken_by(*name);
  if (!purge) return purge.error();
  return purge->has_value()
             ? Error{Trouble::input,
                     fmt::format("{}: verdict {} was purged {}, "
                                 "with the class {}",
                                 options.db, options.verdict, (*purge)->at,
                                 (*purge)->of)}
             : Error{Trouble::usage, fmt::format("{}: has no verdict {}",
                                                 options.db, options.verdict)};
}

// A decision about another verdict on the record says about which; one that is
// said to have been made long before it was stored says when that was.
std::string decision_line(const StoredDecision& decision, int64_t asked,
                          std::string_view language) {
  std::string line = drawn(language, "{} {} by {}", decision.decided_at,
                           decision.outcome, decision.decided_by);
  if (decision.verdict_id != asked) {
    line += drawn(language, ", about verdict {} ({})", decision.verdict_id,
                  drawn_word(name_of(decision.action), language));
  }
  if (is_told_later(decision.decided_at, decision.stored_at)) {
    line += drawn(language, ", told at {}", decision.stored_at);
  }
  if (!decision.state.empty()) line += fmt::format(", {}", decision.state);
  if (!decision.owner.empty())
    line += drawn(language, ", for {}", decision.owner);
  if (!decision.due.empty()) line += drawn(language, ", due {}", decision.due);
  if (!decision.note.empty()) line += fmt::format(": {}", decision.note);
  return line;
}

std::string origin(const ExplainOptions& options, const FoundVerdict& found) {
  const std::string_view in = options.policy.language;
  std::string out =
      drawn(in,
            "\nVerdict {} of {}\n  record   {}, line {}\n  judged   by the run "
            "that began {}\n  ruleset  {}\n",
            found.verdict_id, options.db, found.source, found.line,
            found.run_started_at, found.ruleset);
  if (!found.packs.empty()) {
    out += drawn(in, "  packs    {}\n", found.packs);
  }
  if (!found.tally.event_time.empty()) {
    out += drawn(in, "  event    {}\n", found.tally.event_time);
  }
  for (const StoredCase& kept : found.cases) {
    out += drawn(in, "  in clear under the case {} until {}\n", kept.number,
                 kept.until);
  }
  for (const StoredDecision& decision : found.decisions) {
    out += drawn(in, "  decided  {}\n",
                 decision_line(decision, found.verdict_id, in));
  }
  if (found.later != 0) {
    out +=
        drawn(in,
              "  later    the record was judged again: verdict {} stands for "
              "it now\n",
              found.later);
  }
  return out;
}

std::string how_to_check(const ExplainOptions& options,
                         const FoundVerdict& found) {
  // Of what was purged nothing can be judged.
  if (found.json.empty()) {
    return drawn(options.policy.language,
                 "\nWhether this is as it was written: simwarden audit verify "
                 "--db {}\n",
                 options.db);
  }
  return drawn(
      options.policy.language,
      "\nWhether this is as it was written: simwarden audit verify --db {0}\n"
      "Whether the rules of then say it again: simwarden replay --db {0} "
      "--verdict {1}\n",
      options.db, found.verdict_id);
}

bool is_plain_english(const Verdict& verdict, const std::string& language) {
  const auto ascii = [](const Finding& f) {
    return std::all_of(f.title.begin(), f.title.end(),
                       [](char c) { return uint8_t(c) < 0x80; });
  };
  return language == "en" &&
         std::all_of(verdict.findings.begin(), verdict.findings.end(), ascii);
}

// What the rules that judged say beside the verdict; null where their text was
// not kept, or nothing of it is wanted.
std::unique_ptr<House> house_of(const ExplainOptions& options,
                                const std::string& ruleset,
                                const Verdict& verdict) {
  if (is_plain_english(verdict, options.policy.language)) return nullptr;
  const auto all = stored_rulesets(options.db);
  if (!all) return nullptr;
  const auto judged = std::find_if(
      all->begin(), all->end(),
      [&](const StoredRuleset& each) { return each.digest == ruleset; });
  if (judged == all->end()) return nullptr;
  auto house = House::open_stored(*judged);
  return house ? std::move(*house) : nullptr;
}

// A rule says its title in `language` and was stored with that of another.
bool is_in_another(const Finding& finding, const House& house,
                   std::string_view language) {
  for (const Pack& pack : house.ruleset().packs) {
    for (const Rule& rule : pack.rules) {
      if (rule.id != finding.rule) continue;
      return in_language(rule.title, language) != finding.title &&
             std::any_of(rule.title.begin(), rule.title.end(),
                         [&](const auto& said) {
                           return said.second == finding.title;
                         });
    }
  }
  return false;
}

std::string language_line(const Verdict& verdict, const House& house,
                          const std::string& language) {
  const bool other = std::any_of(
      verdict.findings.begin(), verdict.findings.end(),
      [&](const Finding& f) { return is_in_another(f, house, language); });
  if (!other) return {};
  return drawn(language,
               "\nTitles, reasons and next steps are in the language that they "
               "were stored in; screen with --language {} for this one.\n",
               language);
}

// Of a verdict whose findings were purged.
std::string what_is_left(const ExplainOptions& options,
                         const FoundVerdict& found) {
  const StoredTally& tally = found.tally;
  const std::string_view in = options.policy.language;
  std::string out = drawn(in, "{}  {} points  of verdict {}: what is left\n",
                          drawn_word(name_of(tally.action), in), tally.score,
                          found.verdict_id);
  if (!tally.top_rule.empty()) {
    out += drawn(in, "  top rule {}\n", tally.top_rule);
  }
  if (found.purge) {
    out += drawn(in, "  purged   {}, with the class {}\n", found.purge->at,
                 found.purge->of);
  }
  return out + origin(options, found);
}

std::string drawn_findings(const ExplainOptions& options,
                           const FoundVerdict& found, const Verdict& verdict,
                           const Paint& paint) {
  const std::string& language = options.policy.language;
  const auto house = house_of(options, found.ruleset, verdict);
  FamilyTitles families;
  if (house && language != "en") {
    families = house->ruleset().family_titles(language);
  }
  return draw_verdict(verdict, found.profile, paint,
                      {.language = language, .families = std::move(families)}) +
         (house ? language_line(verdict, *house, language) : std::string()) +
         origin(options, for_terminal(found));
}

}  // namespace

Result<ToldVerdict> tell_stored(const ExplainOptions& options,
                                const Paint& paint) {
  auto found = find(options);
  if (!found) return found.error();
  ToldVerdict told{.found = **std::move(found), .text = {}};
  if (told.found.json.empty()) {
    told.text = what_is_left(options, for_terminal(told.found));
    return told;
  }
  const std::optional<Verdict> verdict = read_verdict(told.found.json);
  if (!verdict) {
    return Error{Trouble::input,
                 fmt::format("{}: verdict {} cannot be read; see simwarden "
                             "audit verify --db {}",
                             options.db, options.verdict, options.db)};
  }
  told.text = drawn_findings(options, told.found, *verdict, paint);
  return told;
}

// What was told is no evidence when somebody wrote it behind the program.
Status check_told(const std::string& db, const FoundVerdict& found) {
  std::set<int64_t> told = {found.verdict_id};
  for (const StoredDecision& each : found.decisions) {
    told.insert(each.verdict_id);
  }
  for (const int64_t verdict : told) {
    const auto wrong = what_is_wrong_with(db, verdict);
    if (!wrong) return wrong.error();
    if (!wrong->empty()) return not_as_written(db, *wrong);
  }
  return Done{};
}

Error no_longer_kept(const ExplainOptions& options) {
  return {Trouble::input, fmt::format("{}: what verdict {} found is no longer "
                                      "kept (audit purge)",
                                      options.db, options.verdict)};
}

int explain_stored(const ExplainOptions& asked) {
  ExplainOptions options = asked;
  if (options.verdict.empty()) {
    const auto verdict = verdict_of_record(options.db, options.id);
    if (!verdict) return complain(verdict.error());
    options.verdict = fmt::format("{}", *verdict);
  }
  const auto told = tell_stored(options, Paint{wants_colour(stdout)});
  if (!told) return complain(told.error());
  fmt::print("{}{}", told->text, how_to_check(options, told->found));
  const Status checked = check_told(options.db, told->found);
  const bool whole = !told->found.json.empty();
  const int code = checked ? kExitDone : complain(checked.error());
  return whole ? code : complain(no_longer_kept(options));
}

}  // namespace simwarden
