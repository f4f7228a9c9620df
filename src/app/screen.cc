// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/chunk_pipeline.h"
#include "app/interrupt.h"
#include "app/judged.h"
#include "app/keeper.h"
#include "app/options.h"
#include "app/output.h"
#include "app/reading.h"
#include "app/summary.h"
#include "app/taking_thread.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "house/house.h"
#include "intake/portions.h"
#include "notation/utf8.h"
#include "store/decision.h"
#include "terminal/terminal.h"

// screen: the batch. For each source in order:
//
//   read a chunk ─▶ judge it ─▶ store it, then write it
//   (in order)      (threads)   (in order, a thread of its own)
//
// and with windows, between the two, count over records (window_stage.h).
//
// A chunk is stored before it is written, so that nothing is reported as done
// that a crash could lose.
namespace simwarden {
namespace {

// File names are bytes: in JSON those of another charset would all be the same
// signs for what is no UTF-8.
std::string name_told(const std::string& name) {
  return utf8_prefix(name) < name.size() ? escaped_text(name) : name;
}

// Everything one run holds; its methods are the steps of the run.
class Screening {
 public:
  Screening(const ScreenOptions& options, const House& house)
      : options_(options),
        house_(house),
        pool_(judges_of(house, options.policy.language)),
        progress_(!options.quiet),
        threads_(threads_for(options.jobs)) {}

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
    auto intake = intake_of(options_.reading, house_.ruleset());
    if (!intake) return intake.error();
    intake_ = *std::move(intake);
    // A store knows a log again by its blocks: they are cut alike each time.
    intake_.prompt = options_.db.empty();
    auto inputs = find_inputs(options_.inputs);
    if (!inputs) return inputs.error();
    inputs_ = *std::move(inputs);
    for (const auto& unread : inputs_.unreadable) {
      input_troubles_.tell(unread.error, progress_);
    }
    if (Status spared = spare_what_is_needed(); !spared) return spared;
    auto output = OutputFile::open(options_.output);
    if (!output) return output.error();
    output_ = std::move(*output);
    if (!options_.db.empty()) {
      auto reading = how_it_is_read();
      if (!reading) return reading.error();
      auto keeper = Keeper::open(options_, house_, *reading);
      if (!keeper) return keeper.error();
      keeper_ = std::move(*keeper);
    }
    if (Status counting = prepare_windows(); !counting) return counting;
    for (const auto& unread : inputs_.unreadable)
      never_begun(unread.path, false);
    return output_->write(
        heading(options_.output_format, options_.policy.language));
  }

  Status spare_what_is_needed() const {
    std::vector<std::string> needed = inputs_.paths;
    if (!options_.db.empty()) {
      for (auto& file : files_of_database(options_.db)) needed.push_back(file);
    }
    if (!options_.reading.map.empty()) needed.push_back(options_.reading.map);
    return check_output(options_.output, needed);
  }

  // A store keeps what was counted, under hashes of its own key.
  Status prepare_windows() {
    windows_ =
        WindowStage::make(house_, options_.lateness,
                          keeper_ ? hash_key_for(keeper_->site_key(), "windows")
                                  : random_hash_key());
    return windows_ && keeper_ ? keeper_->restore(*windows_) : Done{};
  }

  // What the verdicts depend on besides the bytes and the ruleset. Not on the
  // lateness: a record that was judged is not judged again for it.
  Result<Keeper::Reading> how_it_is_read() const {
    std::string mapping;
    const ReadingOptions& reading = options_.reading;
    if (!reading.map.empty()) {
      auto text = read_text_file(reading.map);
      if (!text) return text.error();
      mapping = std::move(*text);
    }
    static_assert(int(KindChoice::message) == 2 && int(Format::text) == 5,
                  "stores that know a log by these numbers know it no more");
    std::string how =
        fmt::format("kind {}\nformat {}\nencoding {}\nmap {}\n",
                    int(reading.kind), int(reading.format),
                    reading.encoding ? reading.encoding->name : "", mapping);
    if (!reading.authserv_id.empty()) {
      how += fmt::format("authserv-id {}\n", reading.authserv_id);
    }
    return Keeper::Reading{how, fmt::format("profile {}\n", house_.profile())};
  }

  // An input that cannot be opened is a source of the run all the same: who
  // looks at the run later must see that it is missing.
  void never_begun(const std::string& path, bool opened) {
    sources_.push_back(
        {.name = path, .whole = false, .opened = opened, .begun = false});
    if (keeper_ && !failed_) note(keeper_->begin_source(path, nullptr));
  }

  void screen_source(const std::string& path) {
    auto source = open_source(path, intake_);
    if (!source) {
      input_troubles_.tell(source.error(), progress_);
      if (source.error().trouble != Trouble::interrupted) {
        never_begun(path, ::access(path.c_str(), R_OK) == 0 || path == "-");
      }
      return;
    }
    counts_ = SourceTally{.name = path};
    looked_at_first_ = false;
    if (keeper_) note(keeper_->begin_source(path, source->get()));
    if (failed_) return;
    const Status read = run_pipeline(**source);
    counts_.bytes = (*source)->bytes_read();
    counts_.decoding = (*source)->decoding();
    if (was_interrupted() || failed_) counts_.whole = false;
    if (!read) {
      input_troubles_.tell(read.error(), progress_);
      counts_.whole = false;
    }
    if (keeper_ && !failed_) note(keeper_->end_source(counts_));
    if (!counts_.adds_up() || counts_.unreadable > 0)
      input_troubles_.note_some_left_out();
    sources_.push_back(counts_);
  }

  Status run_pipeline(ChunkReader& reader) {
    const ChunkTask task{.house = &house_,
                         .intake = intake_,
                         .format = reader.format(),
                         .output_format = options_.output_format,
                         .site_key = keeper_ ? &keeper_->site_key() : nullptr,
                         .for_case = !options_.case_file.number.empty(),
                         .keep_facts = options_.keep_facts,
                         .source = name_told(reader.name())};
    TakingThread taking(
        [&](const JudgedChunks& chunks) { return take_in(chunks, reader); });
    const auto hand_over = [&](const std::shared_ptr<Judged>& judged) {
      if (keeper_) keeper_->identify(*judged);
      return taking.put(judged);
    };
    const Status ran = run_counted_chunks(
        reader, threads_,
        {.ask = [&](Chunk chunk) { return ask(std::move(chunk), task); },
         .count =
             [&](const std::shared_ptr<CountedChunk>& asked) {
               return count_over(asked);
             },
         .judge =
             [&](const std::shared_ptr<CountedChunk>& counted, size_t portion) {
               return judge_portion(counted, portion, task);
             },
         .take = hand_over});
    taking.finish();
    return ran;
  }

  std::shared_ptr<CountedChunk> ask(Chunk chunk, const ChunkTask& task) {
    if (windows_) return windows_->ask(std::move(chunk), task);
    auto made = std::make_shared<CountedChunk>();
    made->chunk = std::make_shared<Chunk>(std::move(chunk));
    return made;
  }

  CountedChunks count_over(const std::shared_ptr<CountedChunk>& asked) {
    if (!windows_) return asked ? CountedChunks{asked} : CountedChunks();
    if (!asked) return windows_->flush();
    if (keeper_) know(*asked);
    return windows_->take(asked);
  }

  // What is said of the chunk goes with its first portion.
  std::shared_ptr<Judged> judge_portion(
      const std::shared_ptr<CountedChunk>& counted, size_t index,
      const ChunkTask& task) {
    const bool one = portions_of(*counted->chunk) == 1;
    AnswersOf answers;
    if (windows_) {
      answers = [&, first = counted->first_record(index)](size_t record) {
        return counted->answers_of(first + record);
      };
    }
    auto judged = std::make_shared<Judged>(
        one ? judge_chunk(std::move(*counted->chunk), task, pool_, answers,
                          std::move(counted->items))
            : judge_chunk(portion(*counted->chunk, index), task, pool_,
                          answers));
    if (!one) judged->whole = counted->chunk;
    if (index > 0 || !windows_) return judged;
    if (keeper_) judged->block.counted = windows_->counted_block(*counted);
    judged->broken = counted->broken;
    judged->newest_first = runs_newest_first(counted->times);
    return judged;
  }

  // What was counted of the chunk before. The run ends when it cannot be known.
  void know(CountedChunk& chunk) {
    if (Status known = keeper_->know(chunk); !known) {
      chunk.broken = known.error();
    }
  }

  // The only place where a run's results come together, in input order.
  bool take_in(const JudgedChunks& chunks, const ChunkReader& reader) {
    const auto broken =
        std::find_if(chunks.begin(), chunks.end(),
                     [](const auto& chunk) { return chunk->broken; });
    const std::span whole(chunks.begin(), broken);
    if (!whole.empty()) look_at_first(*whole.front());
    std::vector<uint64_t> duplicates(whole.size());
    if (keeper_) {
      auto kept = keeper_->append(whole);
      if (!kept) return fail(kept.error());
      duplicates = *std::move(kept);
    }
    // Also where the output breaks: they are judged, and stored.
    for (size_t i = 0; i < whole.size(); ++i) {
      count(*whole[i], duplicates[i]);
    }
    for (const auto& judged : whole) {
      if (auto written = write_out(judged->text); !written) {
        return fail(written.error());
      }
    }
    if (broken != chunks.end()) return fail(*(*broken)->broken);
    if (auto shown = output_->flush(); !shown) return fail(shown.error());
    const uint64_t total = reader.bytes_total();
    progress_.show(counts_.name, tally_.records(),
                   total ? double(reader.bytes_read()) / double(total) : -1);
    return true;
  }

  // Said before its first record is: a column that the mapping waits for in
  // vain leaves its field unrecorded in all of them, and an order from which
  // nothing can be counted.
  void look_at_first(const Judged& judged) {
    if (std::exchange(looked_at_first_, true) || options_.quiet) return;
    progress_.clear();
    if (judged.chunk.header && intake_.mapping) {
      say_text(missing_columns_sentence(counts_.name, *judged.chunk.header,
                                        *intake_.mapping));
    }
    if (!judged.newest_first) return;
    say("simwarden: {}: its records run from the newest to the oldest, so that "
        "hardly any has figures of windows; sort it by time, oldest first\n",
        escaped_text(counts_.name));
  }

  Status write_out(const std::string& text) {
    const bool json = options_.output_format == OutputFormat::ndjson;
    const bool seen = json && output_->is_stdout() && is_terminal(stdout);
    return output_->write(seen ? json_for_terminal(text) : text);
  }

  void count(const Judged& work, uint64_t duplicate) {
    counts_.seen += work.seen;
    if (counts_.unreadable == 0 && !work.bad_rows.empty()) {
      counts_.first_unreadable = line_about(work.bad_rows.front());
    }
    counts_.unreadable += work.bad_rows.size();
    counts_.duplicate += duplicate;
    counts_.judged += work.tally.records() - duplicate;
    unknown_keys_.add_all(work.unknown_keys);
    invalid_facts_.add_all(work.invalid_facts);
    rounded_ |= work.rounded;
    not_recorded_.add_all(work.not_recorded);
    unseen_fields_.add_all(work.unseen_fields);
    other_countries_.add_all(work.other_countries);
    utc_times_.add_all(work.utc_times);
    tally_.add_all(work.tally);
  }

  void note(const Status& status) {
    if (!status && !failed_) fail(status.error());
  }

  bool fail(const Error& error) {
    failed_ = error;
    return false;
  }

  void say_about_sources() {
    if (options_.quiet) return;
    say_text(decoding_lines(sources_));
    if (!options_.summary) {
      for (const SourceTally& source : sources_) {
        say("{}\n", completeness_line(source));
      }
    }
    say_text(scan_memory_line(house_.ruleset()));
    if (keeper_) say_text(keeper_->case_sentence());
  }

  // What makes verdicts others than the records deserve: apart, and last.
  void say_what_changes_verdicts() {
    if (options_.quiet) return;
    std::string text = unknown_keys_sentence(unknown_keys_);
    text += invalid_values_sentence({invalid_facts_, rounded_},
                                    house_.profile(), intake_.mapping.get());
    text += recorded_nowhere_sentence(not_recorded_, unseen_fields_,
                                      tally_.records());
    text += other_countries_.sentence(house_.ruleset());
    text += utc_times_.sentence();
    if (windows_) text += window_lines(windows_->figures());
    if (!text.empty()) say_text("\n" + text);
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
    // The reader went away: without a word.
    if (failed_ && failed_->what.empty()) return kExitEnvironment;
    say_about_sources();
    if (options_.summary && whole && !failed_) say_summary();
    say_what_changes_verdicts();
    if (failed_) return complain(*failed_);
    if (!whole) return say_interrupted();
    return exit_code();
  }

  int say_interrupted() const {
    const std::string left = output_->unfinished();
    say("simwarden: stopped; {} judged{}{}\n",
        how_many(tally_.records(), "record"),
        left.empty() ? "" : ", an unfinished output stays in ",
        escaped_text(left));
    return kExitInterrupted;
  }

  void say_summary() {
    std::string policies;
    for (const std::string& pack : house_.packs()) {
      policies += policies.empty() ? pack : ", " + pack;
    }
    const RunFigures figures{
        .seconds = now_seconds() - started_,
        .output = output_->is_stdout() ? "" : options_.output,
        .db = options_.db,
        .policies = policies};
    const bool aside = output_->is_stdout();
    const Paint paint{wants_colour(aside ? stderr : stdout)};
    const std::string text =
        summary(tally_, sources_, figures, paint, options_.policy.language);
    if (aside) {
      say_text(text);
    } else {
      fmt::print("{}", text);
    }
    // What follows goes to stderr; main asks whether all was written.
    (void)std::fflush(stdout);
  }

  int exit_code() const {
    if (const auto code = input_troubles_.exit_code()) return *code;
    if (keeper_ && keeper_->case_is_full()) return kExitInput;
    if (options_.fail_on && tally_.records() > 0 &&
        tally_.highest() >= *options_.fail_on) {
      return kExitFound;
    }
    return kExitDone;
  }

  const ScreenOptions& options_;
  const House& house_;
  Pool<Judge> pool_;
  std::unique_ptr<WindowStage> windows_;  // null: nothing is counted
  Progress progress_;
  uint32_t threads_;
  double started_ = 0;
  IntakeOptions intake_;
  Inputs inputs_;
  std::unique_ptr<OutputFile> output_;
  std::unique_ptr<Keeper> keeper_;
  SourceTally counts_;  // of the source being read
  std::vector<SourceTally> sources_;
  bool looked_at_first_ = false;  // of the source
  LeftOut unknown_keys_;
  LeftOut invalid_facts_;
  bool rounded_ = false;
  LeftOut not_recorded_;
  UnseenFields unseen_fields_;
  OtherCountries other_countries_;
  UtcTimes utc_times_;
  Tally tally_;
  InputTroubles input_troubles_;
  std::optional<Error> failed_;
};

}  // namespace

// Watched from the start, so that whoever stops a run finds it stopped in order
// however early that was.
int run_screen(const ScreenOptions& asked) {
  watch_for_interrupt();
  ScreenOptions options = asked;
  CaseFile& file = options.case_file;
  if (!file.number.empty()) {
    if (file.opened_by.empty()) file.opened_by = user_name();
    Status right = check_case_file(file, utc_now().substr(0, 10));
    if (!right) return complain(right.error());
  }
  auto house = House::open(
      options.policy, {.prefilter = options.prefilter, .gates = options.gates});
  if (!house) return complain(house.error());
  Screening screening(options, **house);
  return screening.run();
}

}  // namespace simwarden
