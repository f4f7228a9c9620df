// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/chunk_pipeline.h"
#include "app/interrupt.h"
#include "app/judged.h"
#include "app/options.h"
#include "app/output.h"
#include "app/reading.h"
#include "app/replay_output.h"
#include "app/replay_picture.h"
#include "diag/printable.h"
#include "house/house.h"
#include "judge/window_readers.h"
#include "rollout/policy_diff.h"
#include "rollout/replay_report.h"
#include "rollout/unanswered.h"
#include "store/stored_blocks.h"
#include "terminal/terminal.h"

// replay: each record is judged by two rulesets on the same thread, one after
// the other, and the two verdicts are held side by side. From a database the
// records are read again from the files that they came from: only blocks whose
// bytes still have the digest that was stored are judged.
namespace simwarden {
namespace {

// Unreadable rows that are named; the rest is counted.
constexpr size_t kBadRowsNamed = 5;

// What came out of one chunk.
struct Replayed {
  ReplayTally tally;
  std::map<std::string, uint64_t> not_counted;  // as in ReplayReport
  std::string csv;
  LeftOut unknown_keys;
  std::vector<BadRow> bad_rows;
  uint64_t seen = 0;
  uint64_t stored_found = 0;  // verdicts of stored blocks that are as they were
  uint64_t bytes = 0;
};

// Where in a source the records are that count.
class Stretches {
 public:
  // Everything.
  Stretches() = default;
  // What the blocks say that lie whole in the chunk and hold its bytes.
  Stretches(const StoredSource& source, const Chunk& chunk) : all_(false) {
    const uint64_t chunk_end = chunk.first_byte + chunk.bytes.size();
    auto at = std::lower_bound(source.blocks.begin(), source.blocks.end(),
                               chunk.first_byte,
                               [](const StoredBlock& block, uint64_t byte) {
                                 return block.begin_byte < byte;
                               });
    for (; at != source.blocks.end() && at->end_byte <= chunk_end; ++at) {
      const std::string_view bytes(chunk.bytes);
      if (!at->holds(bytes.substr(at->begin_byte - chunk.first_byte,
                                  at->end_byte - at->begin_byte))) {
        continue;
      }
      verdicts_ += at->verdicts;
      known_.push_back({at->begin_byte, at->end_byte});
    }
  }

  bool hold(uint64_t byte) const {
    return all_ || std::any_of(known_.begin(), known_.end(), [&](auto& known) {
             return known.first <= byte && byte < known.second;
           });
  }
  uint64_t verdicts() const { return verdicts_; }

 private:
  bool all_ = true;
  uint64_t verdicts_ = 0;
  std::vector<std::pair<uint64_t, uint64_t>> known_;
};

ReplaySide side_of(const House& house) {
  return {house.ruleset().digest, house.packs(), house.profile()};
}

class Replaying {
 public:
  Replaying(const ReplayOptions& options, const House& before,
            const House& after)
      : options_(options),
        old_(before),
        new_(after),
        output_(options),
        before_(judges_of(before, options.policy.language)),
        after_(judges_of(after, options.policy.language)),
        before_readers_(window_readers(before.ruleset())),
        after_readers_(window_readers(after.ruleset())),
        progress_(!options.quiet),
        report_{.before = side_of(before),
                .after = side_of(after),
                .sources = {},
                .stored = {},
                .tally = ReplayTally(options.examples)} {}

  int run() {
    auto intake = intake_of(options_.reading, new_.ruleset());
    if (!intake) return complain(intake.error());
    intake_ = *std::move(intake);
    watch_for_interrupt();
    output_.begin();
    const Status done =
        options_.db.empty() ? replay_inputs() : replay_database();
    if (!done) return complain(done.error());
    progress_.clear();
    if (was_interrupted()) return say_replay_stopped(report_);
    return finish();
  }

 private:
  Status replay_inputs() {
    const auto inputs = find_inputs(options_.inputs);
    if (!inputs) return inputs.error();
    for (const auto& unread : inputs->unreadable)
      input_troubles_.tell(unread.error, progress_);
    if (Status free = check_output("-", inputs->paths); !free) return free;
    for (const std::string& path : inputs->paths) {
      if (was_interrupted()) return Done{};
      auto source = open_source(path, intake_);
      if (!source) {
        input_troubles_.tell(source.error(), progress_);
        continue;
      }
      replay_source(**source, nullptr);
    }
    return Done{};
  }

  Status replay_database() {
    auto sources = stored_sources(options_.db);
    if (!sources) return sources.error();
    for (const StoredSource& stored : *sources) {
      if (was_interrupted()) return Done{};
      StoredCoverage coverage{.name = stored.name,
                              .stored = stored.verdicts(),
                              .rejudged = 0,
                              .why_not = {}};
      replay_stored(stored, coverage);
      if (!coverage.why_not.empty()) input_troubles_.note_some_left_out();
      report_.stored.push_back(std::move(coverage));
    }
    return Done{};
  }

  void replay_stored(const StoredSource& stored, StoredCoverage& coverage) {
    if (stored.name == "-") {
      coverage.why_not = "they came from standard input";
      return;
    }
    auto source = open_source(stored.name, intake_);
    if (!source) {
      coverage.why_not = source.error().what;
      return;
    }
    replay_source(**source, &stored);
    coverage.rejudged = report_.sources.back().judged;
    if (coverage.rejudged == coverage.stored) return;
    coverage.why_not = stored_found_ < coverage.stored
                           ? "the file was changed since, or is read with "
                             "another --encoding"
                           : "its records are read otherwise now; give "
                             "--kind, --map and --encoding as then";
    // More than there were is no more than all of them.
    coverage.rejudged = std::min(coverage.rejudged, coverage.stored);
  }

  void replay_source(ChunkReader& reader, const StoredSource* stored) {
    counts_ = {.name = reader.name()};
    stored_found_ = 0;
    const Status read = run_chunks<Replayed>(
        reader, threads_for(options_.jobs),
        [&](Chunk chunk) { return replay_chunk(chunk, reader, stored); },
        [&](const Replayed& made) {
          take_in(made, reader);
          return !output_.has_failed();
        });
    if (!read) input_troubles_.tell(read.error(), progress_);
    counts_.whole = read.ok() && !output_.has_failed() && !was_interrupted();
    if (!counts_.adds_up() || counts_.unreadable > 0)
      input_troubles_.note_some_left_out();
    report_.sources.push_back(counts_);
  }

  // Thread-safe.
  Replayed replay_chunk(const Chunk& chunk, const ChunkReader& reader,
                        const StoredSource* stored) {
    Replayed made{.tally = ReplayTally(options_.examples)};
    const Stretches stretches =
        stored ? Stretches(*stored, chunk) : Stretches();
    made.stored_found = stretches.verdicts();
    std::vector<Item> items;
    parse_chunk(chunk, reader.format(), intake_, items);
    const auto before = before_.borrow();
    const auto after = after_.borrow();
    for (Item& item : items) {
      const Position at = item.bad ? item.bad->position : item.record.position;
      if (!stretches.hold(at.byte)) continue;
      ++made.seen;
      if (item.bad) {
        made.bad_rows.push_back(std::move(*item.bad));
        continue;
      }
      made.unknown_keys.add(item.unknown_keys);
      judge_both(*before, *after, item.record, reader.name(), made);
    }
    return made;
  }

  // A rule that waits for a figure on one side is left out of both.
  void judge_both(Judge& before, Judge& after, const Record& record,
                  const std::string& source, Replayed& made) const {
    Verdict old_verdict = before.judge(record);
    Verdict new_verdict = after.judge(record);
    std::set<std::string> left_out =
        waiting_for_counts(before, before_readers_);
    left_out.merge(waiting_for_counts(after, after_readers_));
    if (!left_out.empty()) {
      const Judge::InPart part{.left_out = &left_out};
      old_verdict = before.judge(record, part);
      new_verdict = after.judge(record, part);
      for (const std::string& rule : left_out) ++made.not_counted[rule];
    }
    hold_side_by_side(old_verdict, new_verdict, source, made);
  }

  void hold_side_by_side(const Verdict& before, const Verdict& after,
                         const std::string& source, Replayed& made) const {
    const Shift shift = compare(before, after);
    made.tally.add(before, after, shift, source);
    if (options_.format == ReportFormat::csv && shift.decides()) {
      append_csv_row(made.csv, after, shift, source);
    }
  }

  // In input order.
  void take_in(const Replayed& made, const ChunkReader& reader) {
    counts_.seen += made.seen;
    counts_.unreadable += made.bad_rows.size();
    counts_.judged += made.tally.records();
    stored_found_ += made.stored_found;
    report_.tally.add_all(made.tally);
    for (const auto& [rule, records] : made.not_counted) {
      report_.not_counted[rule] += records;
    }
    unknown_keys_.add_all(made.unknown_keys);
    for (const BadRow& bad : made.bad_rows) name_bad_row(bad, reader.name());
    output_.write(made.csv);
    const uint64_t total = reader.bytes_total();
    progress_.show(counts_.name, report_.tally.records(),
                   total ? double(reader.bytes_read()) / double(total) : -1);
  }

  void name_bad_row(const BadRow& bad, const std::string& source) {
    if (bad_rows_named_ == kBadRowsNamed) return;
    ++bad_rows_named_;
    progress_.clear();
    say("simwarden: {}:{}: {} {}\n", printable_text(source), bad.position.line,
        bad.code, printable_text(with_advice(bad)));
  }

  int finish() {
    say_text(unknown_keys_sentence(unknown_keys_));
    if (Status done = output_.finish(report_); !done) {
      return complain(done.error());
    }
    if (const auto code = input_troubles_.exit_code()) return *code;
    return exit_code_of(options_, report_.tally, unanswered());
  }

  std::set<std::string> unanswered() const {
    std::set<std::string> left_out;
    for (const auto& [rule, records] : report_.not_counted) {
      left_out.insert(rule);
    }
    if (left_out.empty() || !options_.fail_on) return {};
    const PolicyDiff diff =
        compare(old_.schema(), old_.ruleset(), new_.ruleset());
    return unanswered_rules(diff, old_.ruleset(), new_.ruleset(), left_out);
  }

  const ReplayOptions& options_;
  const House& old_;
  const House& new_;
  ReplayOutput output_;
  Pool<Judge> before_;
  Pool<Judge> after_;
  WindowReaders before_readers_;
  WindowReaders after_readers_;
  Progress progress_;
  IntakeOptions intake_;
  ReplaySource counts_;        // of the source being read
  uint64_t stored_found_ = 0;  // of the source being read
  ReplayReport report_;
  LeftOut unknown_keys_;
  size_t bad_rows_named_ = 0;
  InputTroubles input_troubles_;
};

}  // namespace

int run_replay(const ReplayOptions& options) {
  if (is_from_kept(options)) return run_replay_kept(options);
  auto before = open_side(options, old_side(options));
  if (!before) return complain(before.error());
  auto after = open_side(options, new_side(options));
  if (!after) return complain(after.error());
  if (!options.quiet && !options.policy.lists.empty()) say_text(kListsOfBoth);
  return Replaying(options, **before, **after).run();
}

}  // namespace simwarden
