// SPDX-License-Identifier: Apache-2.0
#include "trial/suggest.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "judge/ask.h"
#include "notation/json_text.h"
#include "trial/case_run.h"
#include "trial/excused.h"
#include "trial/mutants.h"
#include "trial/variations.h"
#include "trial/watches.h"

// A search by trial: a case of the rule, one fact of it varied, then two. What
// reaches a branch that no case reached, or makes a surviving mutant answer
// otherwise than the rule, becomes a case.
namespace simwarden {
namespace {

constexpr size_t kSeedsMax = 12;    // cases of a rule to begin with
constexpr size_t kTriesMax = 4000;  // records a rule

bool names_rule(const PackCase& wanted, const std::string& id) {
  const auto has = [&](const std::vector<std::string>& ids) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  return has(wanted.hit) || has(wanted.clear) || has(wanted.not_applicable) ||
         has(wanted.undetermined) || has(wanted.failed) ||
         (wanted.only && has(*wanted.only));
}

// What is varied in a case would be varied in its earlier records as well:
// cases with these are no seeds.
std::vector<const PackCase*> seeds_of(const PackCases& pack,
                                      const std::string& id) {
  std::vector<const PackCase*> seeds;
  for (const bool named : {true, false}) {
    for (const PackCase& wanted : pack.cases) {
      if (seeds.size() >= kSeedsMax) return seeds;
      if (!wanted.earlier.empty()) continue;
      if (names_rule(wanted, id) == named) seeds.push_back(&wanted);
    }
  }
  return seeds;
}

std::string written(std::string_view key,
                    const std::vector<YamlNode::Entry>& entries) {
  if (entries.empty()) return {};
  std::string yaml = fmt::format("    {}:\n", key);
  for (const YamlNode::Entry& entry : entries) {
    yaml +=
        fmt::format("      {}: {}\n", entry.key.scalar, to_json(entry.value));
  }
  return yaml;
}

// A case as an item of cases:.
std::string written(const PackCase& wanted, std::string_view expectation) {
  const CaseRecipe& recipe = wanted.recipe;
  const auto quoted = [](const std::string& text) {
    std::string out;
    append_json_string(out, text);
    return out;
  };
  std::string yaml = fmt::format("  - name: {}\n", quoted(wanted.name));
  if (recipe.base) yaml += fmt::format("    base: {}\n", quoted(*recipe.base));
  if (recipe.text) yaml += fmt::format("    text: {}\n", quoted(*recipe.text));
  yaml += written("with", recipe.with);
  if (!recipe.without.empty()) {
    yaml += fmt::format("    without: [{}]\n", fmt::join(recipe.without, ", "));
  }
  yaml += written("windows", recipe.windows);
  if (wanted.profile != "generic") {
    yaml += fmt::format("    profile: {}\n", wanted.profile);
  }
  return yaml + fmt::format("    expect: {{{}}}\n", expectation);
}

class RuleSearch {
 public:
  RuleSearch(const Plan& plan, const PackMutants& pack, RuleMutants& mutants)
      : plan_(plan),
        pack_(pack),
        index_(mutants.index),
        rule_(*mutants.planned->rule),
        runner_(plan),
        watch_(rule_, *pack.pack, absent_slots(plan, kind_of(*pack.pack))) {
    for (RuleMutant& mutant : mutants.mutants) {
      if (mutant.killed || is_excused(*pack.cases, mutant.of, false)) continue;
      alive_.push_back(&mutant);
    }
    for (const PackCase& wanted : pack.cases->cases) {
      names_.insert(wanted.name);
    }
  }

  // `all_reached`: no branch of the rule is open.
  void run(bool all_reached, Suggestions& into) {
    drop_equivalents();
    if (all_reached && alive_.empty()) return;
    for (const PackCase& wanted : pack_.cases->cases) look_at(wanted);
    note_open_branches();
    if (open_.empty() && alive_.empty()) return;
    const auto seeds = seeds_of(*pack_.cases, rule_.id);
    for (const PackCase* seed : seeds) try_singles(*seed, into);
    for (const PackCase* seed : seeds) try_pairs(*seed, into);
    for (const PartOfPack& branch : open_) into.unhelped.push_back(branch);
    for (const RuleMutant* mutant : alive_) into.unhelped.push_back(mutant->of);
  }

 private:
  // Null when the rule was not asked.
  Judge* look_at(const PackCase& wanted) {
    last_ = runner_.run(*pack_.cases, wanted);
    if (!last_.verdict || last_.verdict->kind != kind_of(*pack_.pack)) {
      return nullptr;
    }
    scratch_.clear();
    Judge* judge = runner_.judge();
    if (!judge->outcomes()[index_].asked) return nullptr;
    reply_ = watch_.ask(judge->bench(), scratch_);
    return judge;
  }

  void note_open_branches() {
    open_.clear();
    for (const Branch& branch : watch_.branches(*pack_.cases)) {
      if (branch.reached || is_excused(*pack_.cases, branch.of, true)) continue;
      open_.push_back(branch.of);
    }
  }

  void drop_equivalents() {
    const auto absent = absent_slots(plan_, kind_of(*pack_.pack));
    std::erase_if(alive_, [&](const RuleMutant* mutant) {
      return is_equivalent(*mutant, rule_, *pack_.pack, absent);
    });
  }

  bool is_done() const {
    return tries_ >= kTriesMax || (open_.empty() && alive_.empty());
  }

  void try_singles(const PackCase& seed, Suggestions& into) {
    for (const Variation& one :
         variations_of(plan_, *pack_.cases, rule_, seed)) {
      if (is_done()) return;
      try_one(seed, {&one, 1}, into);
    }
  }

  void try_pairs(const PackCase& seed, Suggestions& into) {
    const std::vector<Variation> all =
        variations_of(plan_, *pack_.cases, rule_, seed);
    for (size_t i = 0; i < all.size(); ++i) {
      for (size_t k = i + 1; k < all.size(); ++k) {
        if (is_done()) return;
        if (all[i].name == all[k].name) continue;
        const Variation both[] = {all[i], all[k]};
        try_one(seed, both, into);
      }
    }
  }

  void try_one(const PackCase& seed, std::span<const Variation> by,
               Suggestions& into) {
    auto recipe = varied(seed.recipe, by);
    if (!recipe) return;
    ++tries_;
    PackCase made = seed;
    made.recipe = std::move(*recipe);
    made.record_json = to_json(made.recipe.record);
    const size_t before = watch_.answers_given();
    Judge* judge = look_at(made);
    if (!judge) return;
    std::vector<PartOfPack> proves;
    if (watch_.answers_given() > before) close_branches(proves);
    kill_mutants(*judge, proves);
    if (proves.empty()) return;
    made.name = name_for(seed, by);
    into.found.push_back({proves, comment(proves) + written(made, expected())});
  }

  void close_branches(std::vector<PartOfPack>& proves) {
    const std::vector<PartOfPack> before = std::move(open_);
    note_open_branches();
    for (const PartOfPack& was : before) {
      const bool still =
          std::any_of(open_.begin(), open_.end(), [&](const PartOfPack& now) {
            return now.text == was.text && now.place == was.place;
          });
      if (!still) proves.push_back(was);
    }
  }

  void kill_mutants(Judge& judge, std::vector<PartOfPack>& proves) {
    std::erase_if(alive_, [&](const RuleMutant* mutant) {
      const cel::Scratch::Loan loan(scratch_);
      const Reply other = reply_of(rule_, *mutant, judge.bench(), scratch_);
      if (other.outcome == reply_.outcome) return false;
      proves.push_back(mutant->of);
      return true;
    });
  }

  std::string name_for(const PackCase& seed, std::span<const Variation> by) {
    const std::string name =
        fmt::format("{} when {} ({})", rule_.id, in_words(by), seed.name);
    std::string made = name;
    for (int i = 2; !names_.insert(made).second; ++i) {
      made = fmt::format("{}, {}", name, i);
    }
    return made;
  }

  static std::string comment(const std::vector<PartOfPack>& proves) {
    std::string text;
    for (const PartOfPack& part : proves) {
      text += fmt::format("  # {}:{}:{}  {}\n", part.file, part.place.line,
                          part.place.column, part.text);
    }
    return text +
           "  # What is expected is what the rule says today: a person must "
           "confirm it.\n";
  }

  std::string expected() const {
    std::string text =
        fmt::format("{}: [{}]", name_of(reply_.outcome), rule_.id);
    std::set<std::string> invalid;
    for (const InvalidField& field : last_.verdict->invalid) {
      invalid.insert(field.fact);
    }
    if (!invalid.empty()) {
      text += fmt::format(", invalid: [{}]", fmt::join(invalid, ", "));
    }
    return text;
  }

  const Plan& plan_;
  const PackMutants& pack_;
  size_t index_;
  const Rule& rule_;
  CaseRunner runner_;
  RuleWatch watch_;
  cel::Scratch scratch_;
  CaseResult last_;
  Reply reply_;
  std::vector<PartOfPack> open_;
  std::vector<const RuleMutant*> alive_;
  std::set<std::string> names_;
  size_t tries_ = 0;
};

bool is_wanted(const SuggestOptions& options, const std::string& id) {
  return options.rules.empty() ||
         std::find(options.rules.begin(), options.rules.end(), id) !=
             options.rules.end();
}

}  // namespace

Suggestions suggest(const Plan& plan, const std::vector<PackCases>& packs,
                    const SuggestOptions& options) {
  std::vector<PackMutants> all = make_mutants(plan, packs);
  try_mutants(plan, all, {.threads = options.threads});
  std::set<std::pair<std::string, std::string>> open;  // pack, rule
  for (const Branch& branch : cover(plan, packs).branches) {
    if (!branch.reached) open.emplace(branch.of.pack, branch.of.rule);
  }
  size_t count = 0;
  for (const PackMutants& pack : all) count += pack.rules.size();
  Suggestions made;
  size_t done = 0;
  for (PackMutants& pack : all) {
    for (RuleMutants& rule : pack.rules) {
      if (options.progress) options.progress(done, count);
      ++done;
      const std::string& id = rule.planned->rule->id;
      if (!is_wanted(options, id)) continue;
      RuleSearch(plan, pack, rule)
          .run(!open.contains({pack.pack->name, id}), made);
    }
  }
  return made;
}

}  // namespace simwarden
