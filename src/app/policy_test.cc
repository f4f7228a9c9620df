// SPDX-License-Identifier: Apache-2.0
#include "app/policy_test.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "app/output.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "policy/pack_tests.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"
#include "trial/case_run.h"
#include "trial/coverage.h"
#include "trial/excused.h"
#include "trial/junit.h"
#include "trial/mutation.h"
#include "trial/suggest.h"

// Each part prints what is not proven and says whether that fails the run.
namespace simwarden {
namespace {

std::string explained(const CaseResult& result) {
  std::string text;
  for (const std::string& difference : result.differences) {
    text += difference + '\n';
  }
  if (!result.verdict) return text;
  return text + draw_verdict(*result.verdict, result.profile, Paint{},
                             {.open = result.open});
}

void print_indented(FILE* out, std::string_view text) {
  std::string line = "      ";
  for (const char c : text) {
    line += c;
    if (c != '\n') continue;
    fmt::print(out, "{}", line == "      \n" ? "\n" : line);
    line = "      ";
  }
  if (line != "      ") fmt::print(out, "{}\n", line);
}

void print_failure(FILE* out, const CaseResult& result) {
  fmt::print(out, "FAILED  {}:{}  {}\n", escaped_text(result.wanted->file),
             result.wanted->place.line, printable_text(result.wanted->name));
  for (const std::string& difference : result.differences) {
    fmt::print(out, "    {}\n", printable_text(difference));
  }
  if (!result.verdict) return;
  print_indented(out, draw_verdict(*result.verdict, result.profile, Paint{},
                                   {.open = result.open}));
  fmt::print(out, "\n");
}

class Testing {
 public:
  Testing(const House& house, const PolicyCommandOptions& options)
      : house_(house),
        options_(options),
        out_(options.suggest || options.junit == "-" ? stderr : stdout) {}

  int run() {
    auto packs = load_cases(*disk_files(), house_.ruleset(), issues_);
    if (!packs) return complain(packs.error());
    packs_ = std::move(*packs);
    if (!check_rules()) return kExitUsage;
    if (options_.suggest && options_.junit == "-") {
      return complain(Error{Trouble::usage,
                            "--suggest writes to standard output, where "
                            "--junit - would; give --junit a file"});
    }
    if (!options_.suggest || has_other_mistakes()) show_mistakes();
    if (Status ran = cases(); !ran) return complain(ran.error());
    if (options_.suggest) return suggestions();
    Issues excuses;
    if (options_.coverage) coverage(excuses);
    if (options_.mutants) mutants(excuses);
    if (!excuses.empty()) {
      say_text(render(excuses, wants_colour(stderr)));
      proven_ = false;
    }
    if (options_.coverage || options_.mutants) summary();
    return proven_ ? kExitDone : kExitPolicy;
  }

 private:
  bool check_rules() const {
    std::vector<std::string> known;
    for (const Pack& pack : house_.ruleset().packs) {
      for (const Rule& rule : pack.rules) known.push_back(rule.id);
      for (const PatternSet& set : pack.patterns) {
        known.push_back("patterns." + set.name);
      }
    }
    for (const std::string& id : options_.rules) {
      if (std::find(known.begin(), known.end(), id) != known.end()) continue;
      complain(no_such_rule(id, known));
      return false;
    }
    return true;
  }

  void show_mistakes() {
    if (!issues_.has_errors()) return;
    say_text(render(issues_, wants_colour(stderr)));
    proven_ = false;
  }

  static bool is_pattern(const std::string& id) {
    return id.starts_with("patterns.");
  }

  static bool names(const PackCase& each, const std::string& rule) {
    const std::vector<std::string> none;
    for (const auto* ids :
         {&each.hit, &each.clear, &each.not_applicable, &each.undetermined,
          &each.failed, each.only ? &*each.only : &none}) {
      if (std::find(ids->begin(), ids->end(), rule) != ids->end()) return true;
    }
    return false;
  }

  // A case that names one of the rules that were asked for.
  bool is_wanted(const PackCase& each) const {
    const auto& only = options_.rules;
    return only.empty() ||
           std::any_of(only.begin(), only.end(), [&](const std::string& id) {
             return is_pattern(id) || names(each, id);
           });
  }

  // Nothing is proven of a rule that no case names.
  void print_unnamed(const std::vector<CaseResult>& results) const {
    for (const std::string& id : options_.rules) {
      const bool named = std::any_of(
          results.begin(), results.end(),
          [&](const CaseResult& result) { return names(*result.wanted, id); });
      if (!named && !is_pattern(id)) {
        fmt::print(out_, "no case names {}\n", id);
      }
    }
  }

  struct Counts {
    size_t passed = 0;
    size_t failed = 0;
  };

  // Rules of one pack can hit in the cases of another.
  void print_packs(const std::map<std::string, Counts>& by_pack) const {
    if (by_pack.size() < 2) return;
    for (const auto& [pack, counts] : by_pack) {
      fmt::print(out_, "{}: {} passed, {} failed\n", pack, counts.passed,
                 counts.failed);
    }
    say("action and only of a case are judged by every pack that is loaded: "
        "name one pack's folder to test it by itself\n");
  }

  // A case with a mistake in it may have run without what it wants.
  void print_counts(size_t cases, size_t failed) const {
    if (cases == 0 && !options_.rules.empty() && !issues_.has_errors()) return;
    fmt::print(out_, "{} passed, {} failed{}\n", cases - failed, failed,
               issues_.has_errors()
                   ? ", " + how_many(issues_.error_count(), "mistake")
                   : "");
  }

  Status cases() {
    auto results = run_cases(house_.plan(), packs_);
    std::erase_if(results, [this](const CaseResult& result) {
      return !is_wanted(*result.wanted);
    });
    size_t failed = 0;
    std::map<std::string, Counts> by_pack;
    for (const CaseResult& result : results) {
      Counts& counts = by_pack[result.pack];
      ++(result.passed() ? counts.passed : counts.failed);
      if (!result.passed()) {
        ++failed;
        print_failure(out_, result);
      } else if (options_.verbose) {
        fmt::print(out_, "passed  {}\n", printable_text(result.wanted->name));
      }
    }
    cases_ = results.size();
    if (failed > 0) proven_ = false;
    const bool quiet =
        options_.junit == "-" || (options_.suggest && failed == 0);
    if (!quiet) {
      if (failed > 0) print_packs(by_pack);
      print_unnamed(results);
      print_counts(results.size(), failed);
    }
    if (options_.junit.empty()) return Done{};
    return write_file(options_.junit, junit_xml(results, issues_, explained));
  }

  bool is_wanted(const PartOfPack& part) const {
    const auto& only = options_.rules;
    return only.empty() ||
           std::find(only.begin(), only.end(), part.rule) != only.end();
  }

  // One line of the table of what is not proven.
  void print_part(const PartOfPack& part) const {
    fmt::print(out_, "  {}:{}:{}  {}  {}\n", escaped_text(part.file),
               part.place.line, part.place.column, part.rule,
               printable_text(part.text));
  }

  void coverage(Issues& excuses) {
    Coverage found = cover(house_.plan(), packs_);
    excuse(packs_, found, excuses);
    bool headed = false;
    for (const Branch& branch : found.branches) {
      if (!is_wanted(branch.of)) continue;
      ++branches_;
      if (branch.reached) ++reached_;
      if (branch.excused) ++excused_branches_;
      if (branch.reached || branch.excused) continue;
      if (!std::exchange(headed, true)) {
        fmt::print(out_, "\nnot reached by any case:\n");
      }
      proven_ = false;
      print_part(branch.of);
    }
  }

  void mutants(Issues& excuses) {
    Progress progress(true);
    MutationOptions options;
    options.threads = threads();
    options.progress = [&](size_t done, size_t all) {
      progress.show("trying mutants on cases", done, share(done, all));
    };
    Mutation found = mutate(house_.plan(), packs_, options);
    progress.clear();
    excuse(packs_, found, excuses);
    bool headed = false;
    for (const Mutant& mutant : found.mutants) {
      if (!is_wanted(mutant.of)) continue;
      ++mutants_;
      if (mutant.killed) ++killed_;
      if (mutant.excused) ++excused_mutants_;
      if (mutant.killed || mutant.excused) continue;
      if (!std::exchange(headed, true)) {
        fmt::print(out_, "\nnot noticed by any case:\n");
      }
      proven_ = false;
      print_part(mutant.of);
    }
  }

  // That cases are missing is what a suggestion mends.
  bool has_other_mistakes() const {
    const std::vector<Issue> all = issues_.sorted();
    const bool other =
        std::any_of(all.begin(), all.end(), [](const Issue& issue) {
          return issue.severity == Severity::error && issue.code != "P170" &&
                 issue.code != "P172" && issue.code != "P173";
        });
    return other || issues_.dropped() > 0;
  }

  // Only YAML goes to stdout: it is meant to be put into a tests.yaml.
  int suggestions() {
    if (has_other_mistakes()) return kExitPolicy;
    Progress progress(true);
    SuggestOptions options;
    options.rules = options_.rules;
    options.threads = threads();
    options.progress = [&](size_t done, size_t all) {
      progress.show("looking for cases of rules", done, share(done, all));
    };
    const Suggestions made = suggest(house_.plan(), packs_, options);
    progress.clear();
    for (const Suggestion& suggestion : made.found) {
      fmt::print("{}", suggestion.yaml);
    }
    for (const PartOfPack& part : made.unhelped) {
      say("no case found for {}:{}:{}  {}  {}\n", part.file, part.place.line,
          part.place.column, part.rule, part.text);
    }
    const bool bare =
        std::all_of(packs_.begin(), packs_.end(),
                    [](const PackCases& pack) { return pack.cases.empty(); });
    if (bare) say("suggestions vary cases that are there: write one first\n");
    say("{} suggested\n", how_many(made.found.size(), "case"));
    return proven_ ? kExitDone : kExitPolicy;
  }

  static unsigned threads() {
    return std::max(1u, std::thread::hardware_concurrency());
  }
  static double share(size_t done, size_t all) {
    return all == 0 ? 1 : double(done) / double(all);
  }

  size_t rules() const {
    size_t count = 0;
    for (const Pack& pack : house_.ruleset().packs) {
      for (const Rule& rule : pack.rules) {
        const auto& only = options_.rules;
        count += only.empty() ||
                 std::find(only.begin(), only.end(), rule.id) != only.end();
      }
    }
    return count;
  }

  static std::string excused(size_t count) {
    return count == 0 ? "" : fmt::format(" ({} excused)", count);
  }

  void summary() const {
    std::string line = fmt::format("\nrules {}, cases {}", rules(), cases_);
    if (options_.coverage) {
      line += fmt::format(", branches {}/{}{}", reached_, branches_,
                          excused(excused_branches_));
    }
    if (options_.mutants) {
      line += fmt::format(", mutants {}/{}{}", killed_, mutants_,
                          excused(excused_mutants_));
    }
    fmt::print(out_, "{}\n", line);
  }

  const House& house_;
  const PolicyCommandOptions& options_;
  FILE* const out_;  // for people; a report or YAML is alone on stdout
  Issues issues_;
  std::vector<PackCases> packs_;
  bool proven_ = true;
  size_t cases_ = 0;
  size_t branches_ = 0;
  size_t reached_ = 0;
  size_t excused_branches_ = 0;
  size_t mutants_ = 0;
  size_t killed_ = 0;
  size_t excused_mutants_ = 0;
};

}  // namespace

Error no_such_rule(const std::string& id,
                   const std::vector<std::string>& known) {
  const std::string meant = did_you_mean(id, known);
  return {Trouble::usage,
          fmt::format("no rule is called {}; {}", id,
                      meant.empty() ? "`policy list` names them" : meant)};
}

int test_policies(const House& house, const PolicyCommandOptions& options) {
  return Testing(house, options).run();
}

}  // namespace simwarden
