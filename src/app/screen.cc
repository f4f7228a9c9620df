// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "app/house.h"
#include "app/interrupt.h"
#include "app/judged.h"
#include "app/keeper.h"
#include "app/options.h"
#include "app/output.h"
#include "app/summary.h"
#include "app/terminal.h"

// screen: the batch. For each source in order:
//
//   read a chunk ─▶ judge it ─▶ store it, then write it
//   (in order)      (threads)   (in order)
//
// A chunk is stored before it is written, so that nothing is reported as done
// that a crash could lose. Chunks in flight are bounded: memory stays flat.
namespace simwarden {
namespace {

// Chunks in flight for each thread: one being judged, one waiting.
constexpr size_t kChunksPerThread = 2;

using Work = std::shared_ptr<Judged>;
using Read = std::shared_ptr<Chunk>;

// Everything one run holds; its methods are the steps of the run.
class Screening {
 public:
  Screening(const ScreenOptions& options, const House& house)
      : options_(options),
        house_(house),
        pool_(house.plan(), {.profile = house.profile(),
                             .language = options.policy.language}),
        progress_(!options.quiet),
        jobs_(options.jobs
                  ? options.jobs
                  : std::max(1u, std::thread::hardware_concurrency())) {}

  int run() {
    started_ = now_seconds();
    if (auto ready = prepare(); !ready) return complain(ready.error());
    for (const std::string& path : inputs_.paths) {
      if (failed_ || was_interrupted()) break;
      screen_source(path);
    }
    progress_.clear();
    return finish();
  }

 private:
  // Inputs, output, database: whatever can be known to be wrong is said
  // before the first record is judged.
  Status prepare() {
    auto mapping = read_mapping(options_.map);
    if (!mapping) return mapping.error();
    intake_.kind = options_.kind;
    intake_.format = options_.format;
    intake_.mapping = *mapping;
    intake_.encoding = options_.encoding;
    intake_.is_stopped = was_interrupted;
    find_inputs();
    auto output = OutputFile::open(options_.output);
    if (!output) return output.error();
    output_ = std::move(*output);
    if (!options_.db.empty()) {
      auto reading = how_it_is_read();
      if (!reading) return reading.error();
      auto keeper = Keeper::open(options_, house_, std::move(*reading));
      if (!keeper) return keeper.error();
      keeper_ = std::move(*keeper);
    }
    watch_for_interrupt();
    return output_->write(heading(options_.output_format));
  }

  // What the verdicts depend on besides the bytes and the ruleset.
  Result<std::string> how_it_is_read() const {
    std::string mapping;
    if (!options_.map.empty()) {
      auto text = read_text_file(options_.map);
      if (!text) return text.error();
      mapping = std::move(*text);
    }
    return fmt::format(
        "profile {}\nkind {}\nformat {}\nencoding {}\nmap {}\n",
        house_.profile(), int(options_.kind), int(options_.format),
        options_.encoding ? options_.encoding->name : "", mapping);
  }

  // An input that is not there costs exit code 4, not the other inputs.
  void find_inputs() {
    for (const std::string& argument : options_.inputs) {
      auto found = expand_inputs({argument});
      if (!found) {
        unreadable_input(found.error());
        continue;
      }
      for (const Error& error : found->unreadable) unreadable_input(error);
      inputs_.paths.insert(inputs_.paths.end(), found->paths.begin(),
                           found->paths.end());
    }
  }

  void unreadable_input(const Error& error) {
    if (error.trouble == Trouble::interrupted) return;  // said at the end
    progress_.clear();
    complain(error);
    some_input_failed_ = true;
  }

  void screen_source(const std::string& path) {
    auto source = open_source(path, intake_);
    if (!source) {
      unreadable_input(source.error());
      return;
    }
    counts_ = SourceTally{.name = path};
    if (keeper_) note(keeper_->begin_source(path));
    run_pipeline(**source);
    counts_.bytes = (*source)->bytes_read();
    counts_.decoding = decoding_line(path, (*source)->decoding());
    if (was_interrupted() || failed_) counts_.whole = false;
    if (broken_source_) {
      unreadable_input(*broken_source_);
      counts_.whole = false;
      broken_source_.reset();
    }
    if (keeper_ && !failed_) note(keeper_->end_source(counts_));
    if (!counts_.adds_up() || counts_.unreadable > 0) some_input_failed_ = true;
    sources_.push_back(counts_);
  }

  void run_pipeline(ChunkReader& reader) {
    const ChunkTask task{.house = &house_,
                         .intake = intake_,
                         .format = reader.format(),
                         .output_format = options_.output_format,
                         .for_store = keeper_ != nullptr,
                         .source = reader.name()};
    const tbb::global_control threads(
        tbb::global_control::max_allowed_parallelism, jobs_);
    const auto read = tbb::make_filter<void, Read>(
        tbb::filter_mode::serial_in_order,
        [&](tbb::flow_control& flow) { return next_chunk(reader, flow); });
    const auto judge = tbb::make_filter<Read, Work>(
        tbb::filter_mode::parallel, [&](const Read& chunk) {
          return std::make_shared<Judged>(
              judge_chunk(std::move(*chunk), task, pool_));
        });
    const auto write = tbb::make_filter<Work, void>(
        tbb::filter_mode::serial_in_order,
        [&](const Work& work) { take_in(*work, reader); });
    tbb::parallel_pipeline(jobs_ * kChunksPerThread, read & judge & write);
  }

  Read next_chunk(ChunkReader& reader, tbb::flow_control& flow) {
    auto chunk = std::make_shared<Chunk>();
    if (stop_ || was_interrupted()) {
      flow.stop();
      return nullptr;
    }
    const auto more = reader.next(*chunk);
    if (!more) {
      const std::lock_guard lock(mutex_);
      broken_source_ = more.error();
    }
    if (!more || !*more) {
      flow.stop();
      return nullptr;
    }
    return chunk;
  }

  // The only place where a run's results come together, in input order.
  void take_in(const Judged& work, const ChunkReader& reader) {
    if (failed_) return;
    uint64_t duplicate = 0;
    if (keeper_) {
      auto kept = keeper_->append(work);
      if (!kept) return fail(kept.error());
      duplicate = *kept;
    }
    if (auto written = output_->write(work.text); !written) {
      return fail(written.error());
    }
    counts_.seen += work.seen;
    counts_.unreadable += work.bad_rows.size();
    counts_.duplicate += duplicate;
    counts_.judged += work.tally.records() - duplicate;
    for (const auto& [key, count] : work.unknown_keys) {
      unknown_keys_[key] += count;
    }
    tally_.add_all(work.tally);
    const uint64_t total = reader.bytes_total();
    progress_.show(counts_.name, tally_.records(),
                   total ? double(reader.bytes_read()) / double(total) : -1);
  }

  void note(const Status& status) {
    if (!status && !failed_) fail(status.error());
  }

  void fail(const Error& error) {
    failed_ = error;
    stop_ = true;
  }

  void say_about_sources() {
    if (options_.quiet) return;
    for (const SourceTally& source : sources_) {
      if (!source.decoding.empty()) fmt::print(stderr, "{}\n", source.decoding);
    }
    if (!options_.summary) {
      for (const SourceTally& source : sources_) {
        fmt::print(stderr, "{}\n", completeness_line(source));
      }
    }
    if (unknown_keys_.empty()) return;
    std::string names;
    for (const auto& [key, count] : unknown_keys_) {
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", key,
                           with_thousands(count));
    }
    fmt::print(stderr,
               "simwarden: names that no field has were left out: {}\n"
               "simwarden: simwarden facts lists the fields, --map translates "
               "your own\n",
               names);
  }

  int finish() {
    const bool whole = !failed_ && !was_interrupted();
    if (keeper_ && !failed_) {
      note(keeper_->end_run(whole ? RunStatus::done : RunStatus::interrupted));
    }
    if (whole && !failed_) note(output_->finish());
    // The first failure is what is told; the run's end is a courtesy to
    // readers.
    if (keeper_ && failed_) (void)keeper_->end_run(RunStatus::failed);
    say_about_sources();
    if (failed_) {
      if (failed_->what.empty()) return kExitEnvironment;
      return complain(*failed_);
    }
    if (!whole) return say_interrupted();
    if (options_.summary) say_summary();
    return exit_code();
  }

  int say_interrupted() const {
    const std::string left = output_->unfinished();
    fmt::print(stderr, "simwarden: stopped; {} records were judged{}{}\n",
               with_thousands(tally_.records()),
               left.empty() ? "" : ", an unfinished output stays in ", left);
    return kExitInterrupted;
  }

  void say_summary() {
    std::FILE* to = output_->is_stdout() ? stderr : stdout;
    std::string policies;
    for (const std::string& pack : house_.packs()) {
      policies += policies.empty() ? pack : ", " + pack;
    }
    const RunFigures figures{
        .seconds = now_seconds() - started_,
        .output = output_->is_stdout() ? "" : options_.output,
        .db = options_.db,
        .policies = policies};
    fmt::print(to, "{}",
               summary(tally_, sources_, figures, Paint{wants_colour(to)}));
  }

  int exit_code() const {
    if (some_input_failed_) return kExitInput;
    if (options_.fail_on && tally_.records() > 0 &&
        tally_.highest() >= *options_.fail_on) {
      return kExitFound;
    }
    return kExitDone;
  }

  const ScreenOptions& options_;
  const House& house_;
  JudgePool pool_;
  Progress progress_;
  uint32_t jobs_;
  double started_ = 0;
  IntakeOptions intake_;
  Inputs inputs_;
  std::unique_ptr<OutputFile> output_;
  std::unique_ptr<Keeper> keeper_;
  SourceTally counts_;  // of the source being read
  std::vector<SourceTally> sources_;
  std::map<std::string, uint64_t> unknown_keys_;
  Tally tally_;
  bool some_input_failed_ = false;
  std::atomic<bool> stop_ = false;
  std::optional<Error> failed_;
  std::mutex mutex_;
  std::optional<Error> broken_source_;
};

}  // namespace

int run_screen(const ScreenOptions& options) {
  auto house = House::open(options.policy, options.prefilter);
  if (!house) return complain(house.error());
  Screening screening(options, **house);
  return screening.run();
}

}  // namespace simwarden
