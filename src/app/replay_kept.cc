// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <fmt/format.h>

#include "app/interrupt.h"
#include "app/options.h"
#include "app/replay_output.h"
#include "app/replay_picture.h"
#include "house/house.h"
#include "kept/kept_judge.h"
#include "report/period.h"
#include "rollout/policy_diff.h"
#include "rollout/replay_report.h"
#include "rollout/unanswered.h"
#include "store/kept_records.h"
#include "store/stored_rulesets.h"
#include "store/stored_verdict.h"
#include "terminal/terminal.h"

// replay --db: stored verdicts are judged again from the facts that were kept
// with them: by the ruleset that judged then, which must say what it said, and
// by the two that are compared. A rule that cannot be decided by one side
// without what was masked is left out of both, so that what moves does so
// because of the policies.
namespace simwarden {
namespace {

// Each verdict is judged by the profile of its own.
constexpr char kAsStored[] = "as stored";

// What verdicts of one stored ruleset are judged by.
struct Benches {
  std::unique_ptr<House> own;
  std::unique_ptr<KeptJudge> by_own;
  std::unique_ptr<KeptJudge> by_old;  // null: by_own
  std::unique_ptr<KeptJudge> by_new;  // null: by_own
};

std::set<std::string> rules_of(const KeptJudge& judge) {
  std::set<std::string> rules;
  for (const auto& row : judge.not_replayable()) rules.insert(row.first);
  return rules;
}

// What lay over the packs then by an option, and is not in a folder of packs.
struct LaidOver {
  std::string_view files;  // of a stored ruleset, by how their paths begin
  std::string_view what;
  std::string_view option;
};
constexpr LaidOver kLaidOver[] = {{"extra/lists/", "lists", "--lists"},
                                  {"extra/waivers/", "waivers", "--waivers"}};

std::string names_of(const StoredRuleset& stored, std::string_view begin) {
  std::string names;
  for (const StoredFile& file : stored.files) {
    if (!file.path.starts_with(begin)) continue;
    names += (names.empty() ? "" : ", ") + file.path.substr(begin.size());
  }
  return names;
}

class KeptReplaying {
 public:
  KeptReplaying(const ReplayOptions& options, const House* old_house,
                const House* new_house)
      : options_(options),
        output_(options),
        old_(old_house),
        new_(new_house),
        progress_(!options.quiet) {
    report_.tally = ReplayTally(options.examples);
    report_.kept.emplace();
  }

  int run() {
    if (Status done = prepare(); !done) return complain(done.error());
    watch_for_interrupt();
    output_.begin();
    Status walked = walk();
    progress_.clear();
    if (!walked) return complain(walked.error());
    if (was_interrupted()) return say_replay_stopped(report_);
    return finish();
  }

 private:
  Status prepare() {
    auto period = ReportPeriod::parse(options_.from, options_.to);
    if (!period) return period.error();
    period_ = *period;
    auto rulesets = stored_rulesets(options_.db);
    if (!rulesets) return rulesets.error();
    for (StoredRuleset& stored : *rulesets) {
      stored_.emplace(stored.id, std::move(stored));
    }
    KeptWalkOptions asked{.verdicts = true, .verdict_json = true};
    if (options_.verdict > 0) asked.verdict = options_.verdict;
    auto walk = KeptRecords::open(options_.db, {}, asked);
    if (!walk) return walk.error();
    walk_ = std::move(*walk);
    return Done{};
  }

  Status walk() {
    KeptReplay& kept = *report_.kept;
    while (!was_interrupted() && !output_.has_failed()) {
      const Result<bool> more = walk_->next();
      if (!more) return more.error();
      if (!*more) break;
      if (!is_asked_for()) {
        // Of one verdict only its block is walked: the others are no figure.
        if (options_.verdict == 0) ++kept.outside;
        continue;
      }
      const Result<Benches*> found = bench_for(walk_->ruleset_id());
      if (!found) return found.error();
      Benches* bench = *found;
      if (bench == nullptr) {
        ++kept.no_ruleset;
        continue;
      }
      if (Status read = record_.read(walk_->line()); !read) {
        walk_->pass_over(read.error().what);
        continue;
      }
      judge(*bench);
      progress_.show(walk_->source(), kept.judged, -1);
    }
    kept.nothing_kept = options_.verdict > 0 ? 0 : walk_->verdicts_without();
    note_damage();
    if (options_.verdict > 0 && kept.damaged > 0) {
      return Error{Trouble::input, fmt::format("{}: {}", options_.db,
                                               kept.damaged_blocks.front())};
    }
    if (options_.verdict > 0 && kept.judged + kept.no_ruleset == 0) {
      return nothing_kept();
    }
    return Done{};
  }

  // Of the verdict that was asked for.
  Error nothing_kept() const {
    auto finder = VerdictFinder::open(options_.db);
    if (!finder) return finder.error();
    auto purge = (*finder)->taken_by(options_.verdict);
    if (!purge) return purge.error();
    if (!*purge) {
      const auto found = (*finder)->find(options_.verdict);
      if (!found) return found.error();
      if (*found) *purge = (*found)->purge;
    }
    if (*purge) {
      return {Trouble::input,
              fmt::format("{}: verdict {} was purged {}, with the class {}: "
                          "what its record said is gone",
                          options_.db, options_.verdict, (**purge).at,
                          (**purge).of)};
    }
    return {Trouble::usage, fmt::format("{}: keeps nothing of a verdict {}",
                                        options_.db, options_.verdict)};
  }

  // Blocks whose facts are not as they were written; the others are judged.
  void note_damage() {
    KeptReplay& kept = *report_.kept;
    kept.damaged = walk_->damage().records;
    for (const DamagedFacts& found : walk_->damage().named) {
      kept.damaged_blocks.push_back(fmt::format(
          "block {} ({}): {}", found.block, found.source, found.what));
    }
  }

  bool is_asked_for() const {
    if (options_.verdict > 0 && walk_->verdict_id() != options_.verdict) {
      return false;
    }
    const auto when = parse_timestamp(walk_->verdict().event_time);
    return period_.place(when) == ReportPeriod::Place::inside;
  }

  bool is_given(const LaidOver& kind, const ReplayPolicies& side) const {
    const PolicyOptions& both = options_.policy;
    if (kind.option == "--waivers") return !both.waivers.empty();
    return !both.lists.empty() || !side.lists.empty();
  }

  // A side that is named and has none of them would seem to change what only
  // they do.
  Status check_laid_over(const StoredRuleset& stored) const {
    for (const ReplayPolicies& side :
         {old_side(options_), new_side(options_)}) {
      for (const LaidOver& kind : kLaidOver) {
        if (side.paths.empty() || is_given(kind, side)) continue;
        const std::string names = names_of(stored, kind.files);
        if (!names.empty()) return not_given(stored, kind, names, side);
      }
    }
    return Done{};
  }

  Error not_given(const StoredRuleset& stored, const LaidOver& kind,
                  const std::string& names, const ReplayPolicies& side) const {
    return {Trouble::usage,
            fmt::format("{}: ruleset {} judged with {} of {} ({}), and {} has "
                        "none; name them (audit export has them as they were)",
                        options_.db, stored.id, kind.what, kind.option, names,
                        side.name)};
  }

  // Null: its ruleset cannot be used.
  Result<Benches*> bench_for(int64_t ruleset) {
    const auto known = benches_.find(ruleset);
    if (known != benches_.end()) {
      Benches& bench = known->second;
      return bench.own ? &bench : nullptr;
    }
    if (Status whole = check_laid_over(stored_[ruleset]); !whole) {
      return whole.error();
    }
    Benches& bench = benches_[ruleset];
    auto own = House::open_stored(stored_[ruleset]);
    if (!own) {
      report_.kept->why_no_ruleset.push_back(own.error().what);
      return static_cast<Benches*>(nullptr);
    }
    bench.own = std::move(*own);
    const Ruleset& then = bench.own->ruleset();
    const auto make = [&](const House& house) {
      return std::make_unique<KeptJudge>(then, house.plan(),
                                         options_.policy.language);
    };
    bench.by_own = make(*bench.own);
    if (old_) bench.by_old = make(*old_);
    if (new_) bench.by_new = make(*new_);
    return &bench;
  }

  Verdict judge_by(KeptJudge& judge, const House* house,
                   const std::set<std::string>& left_out) const {
    return judge.judge(record_, walk_->verdict(),
                       house ? house->profile() : "generic", left_out);
  }

  void judge(Benches& bench) {
    KeptReplay& kept = *report_.kept;
    ++kept.judged;
    const Verdict own = judge_by(*bench.by_own, nullptr, {});
    const std::set<std::string> undecided = rules_of(*bench.by_own);
    hold_against_store(own, undecided);
    KeptJudge& old_judge = bench.by_old ? *bench.by_old : *bench.by_own;
    KeptJudge& new_judge = bench.by_new ? *bench.by_new : *bench.by_own;
    Verdict before = bench.by_old ? judge_by(old_judge, old_, {}) : own;
    count_undecided(old_judge);
    const std::set<std::string> old_undecided = rules_of(old_judge);
    Verdict after = bench.by_new ? judge_by(new_judge, new_, {}) : own;
    if (&new_judge != &old_judge) count_undecided(new_judge);
    std::set<std::string> left_out = rules_of(new_judge);
    left_out.insert(old_undecided.begin(), old_undecided.end());
    if (!left_out.empty()) {
      ++kept.in_part;
      before = judge_by(old_judge, old_, left_out);
      after = judge_by(new_judge, new_, left_out);
    }
    Shift shift = compare(before, after);
    shift.stored = walk_->verdict().action;
    report_.tally.add(before, after, shift, walk_->source());
    if (options_.format == ReportFormat::csv && shift.decides()) {
      std::string row;
      append_csv_row(row, after, shift, walk_->source());
      output_.write(row);
    }
  }

  void hold_against_store(const Verdict& own,
                          const std::set<std::string>& undecided) {
    KeptReplay& kept = *report_.kept;
    const std::string difference =
        difference_to_stored(walk_->verdict(), own, undecided);
    if (difference.empty()) {
      ++kept.as_stored;
      return;
    }
    ++kept.not_as_stored;
    if (kept.differences.size() == KeptReplay::kDifferencesMax) return;
    kept.differences.push_back(fmt::format("verdict {} ({}:{}): {}",
                                           walk_->verdict_id(), walk_->source(),
                                           walk_->verdict().line, difference));
  }

  // Of the record that it judged last: once, also where both sides say so.
  void count_undecided(const KeptJudge& judge) {
    for (const auto& [rule, facts] : judge.not_replayable()) {
      KeptReplay::Undecided& row = report_.kept->not_replayable[rule];
      if (row.last != walk_->verdict_id()) ++row.records;
      row.last = walk_->verdict_id();
      row.facts.insert(facts.begin(), facts.end());
    }
  }

  ReplaySide side_of(const House* house) const {
    if (house) {
      return {house->ruleset().digest, house->packs(), kAsStored};
    }
    const House* only = nullptr;
    for (const auto& [id, bench] : benches_) {
      if (!bench.own) continue;
      if (only) return {"", {}, kAsStored};
      only = bench.own.get();
    }
    if (!only) return {"", {}, kAsStored};
    return {only->ruleset().digest, only->packs(), kAsStored};
  }

  int finish() {
    report_.before = side_of(old_);
    report_.after = side_of(new_);
    if (Status done = output_.finish(report_); !done) {
      return complain(done.error());
    }
    const KeptReplay& kept = *report_.kept;
    const bool whole = kept.nothing_kept + kept.damaged + kept.no_ruleset +
                           kept.not_as_stored ==
                       0;
    if (!whole) return kExitInput;
    return exit_code_of(options_, report_.tally, unanswered());
  }

  // Under each ruleset that judged then.
  std::set<std::string> unanswered() const {
    std::set<std::string> left_out;
    for (const auto& [rule, row] : report_.kept->not_replayable) {
      left_out.insert(rule);
    }
    std::set<std::string> found;
    if (left_out.empty() || !options_.fail_on) return found;
    for (const auto& [id, bench] : benches_) {
      if (!bench.own) continue;
      const House& before = old_ ? *old_ : *bench.own;
      const House& after = new_ ? *new_ : *bench.own;
      const PolicyDiff diff =
          compare(before.schema(), before.ruleset(), after.ruleset());
      found.merge(
          unanswered_rules(diff, before.ruleset(), after.ruleset(), left_out));
    }
    return found;
  }

  const ReplayOptions& options_;
  ReplayOutput output_;
  const House* old_;  // null: the ruleset that judged
  const House* new_;
  Progress progress_;
  ReportPeriod period_;
  std::map<int64_t, StoredRuleset> stored_;
  std::map<int64_t, Benches> benches_;  // by stored ruleset
  std::unique_ptr<KeptRecords> walk_;
  KeptRecord record_;
  ReplayReport report_;
};

// Null: it is judged by the ruleset that judged then.
Result<std::unique_ptr<House>> open_asked(const ReplayOptions& options,
                                          const ReplayPolicies& side) {
  if (side.paths.empty()) return std::unique_ptr<House>();
  return open_side(options, side);
}

}  // namespace

int run_replay_kept(const ReplayOptions& options) {
  auto before = open_asked(options, old_side(options));
  if (!before) return complain(before.error());
  auto after = open_asked(options, new_side(options));
  if (!after) return complain(after.error());
  return KeptReplaying(options, before->get(), after->get()).run();
}

}  // namespace simwarden
