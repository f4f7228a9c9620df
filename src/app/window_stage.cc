// SPDX-License-Identifier: Apache-2.0
#include "app/window_stage.h"

#include <algorithm>

#include "intake/each_item.h"
#include "intake/portions.h"
#include "windows/kept_figures.h"

namespace simwarden {
WindowAnswers CountedChunk::answers_of(size_t record) const {
  const size_t windows = times.empty() ? 0 : values.size() / times.size();
  return {timings[record],
          std::span(values).subspan(record * windows, windows)};
}

size_t CountedChunk::first_record(size_t portion) const {
  if (portion == 0) return 0;
  const uint64_t begin = chunk->portions[portion - 1].byte;
  return size_t(std::lower_bound(bytes.begin(), bytes.end(), begin) -
                bytes.begin());
}

std::unique_ptr<WindowStage> WindowStage::make(const House& house,
                                               int64_t lateness,
                                               const HashKey& key) {
  if (house.ruleset().window_names.empty()) return nullptr;
  return std::unique_ptr<WindowStage>(new WindowStage(house, lateness, key));
}

WindowStage::WindowStage(const House& house, int64_t lateness,
                         const HashKey& key)
    : house_(house),
      key_(key),
      reached_max_(clock_now() + kAheadOfClock),
      counts_(counted_windows(house.ruleset()),
              {.lateness = lateness, .reached_max = reached_max_}) {}

bool runs_newest_first(std::span<const std::optional<int64_t>> times) {
  constexpr size_t kFallsMin = 8;  // as many as believe in a leap
  size_t falls = 0;
  std::optional<int64_t> before;
  for (const auto& time : times) {
    if (!time) continue;
    if (before && *time > *before) return false;
    falls += before && *time < *before ? 1 : 0;
    before = time;
  }
  return falls >= kFallsMin;
}

int64_t WindowStage::reach() const {
  return reach_of(counts_.windows(), counts_.order());
}

Status WindowStage::restore(const KeptCount& kept) {
  if (kept.events) {
    if (resumed_.empty()) resumed_ = kept.digest;
    return counts_.restore(*kept.events);
  }
  if (kept.newest) counts_.restore_gap(*kept.newest);
  return Done{};
}

std::unique_ptr<WindowQuestions> WindowStage::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto questions = std::move(idle_.back());
      idle_.pop_back();
      return questions;
    }
  }
  return std::make_unique<WindowQuestions>(house_.plan(), key_,
                                           house_.profile());
}

std::shared_ptr<CountedChunk> WindowStage::ask(Chunk chunk,
                                               const ChunkTask& task) {
  auto made = std::make_shared<CountedChunk>();
  auto questions = borrow();
  const size_t windows = questions->size();
  const size_t portions = portions_of(chunk);
  const bool keep = !many_wait_ && portions == 1;
  const auto ask_record = [&](const Record& record) {
    const size_t first = made->entries.size();
    made->times.push_back(window_time(record));
    made->bytes.push_back(record.position.byte);
    made->entries.resize(first + windows);
    questions->read(record, std::span(made->entries).subspan(first));
  };
  const auto ask_all = [&](const Chunk& rows) {
    for_each_item(rows, task.format, task.intake, [&](Item& item) {
      if (!item.bad) ask_record(item.record);
      if (keep) made->items.push_back(std::move(item));
    });
  };
  // As they will be judged, so that what stands at their ends is read alike.
  if (portions == 1) {
    ask_all(chunk);
  } else {
    for (size_t i = 0; i < portions; ++i) ask_all(portion(chunk, i));
  }
  made->values.resize(made->entries.size());
  made->timings.resize(made->times.size());
  made->chunk = std::make_shared<Chunk>(std::move(chunk));
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(questions));
  return made;
}

CountedChunks WindowStage::take(const std::shared_ptr<CountedChunk>& chunk) {
  const size_t records = chunk->times.size();
  const size_t windows = counts_.windows().size();
  give_known(*chunk);
  chunk->first_ticket = next_ticket_;
  next_ticket_ += records - chunk->first_counted;
  if (!resumed_.empty() && chunk->first_counted < records) {
    const bool follows = chunk->identity && chunk->identity->parent == resumed_;
    if (!follows) counts_.forget_witnesses();
    resumed_.clear();
  }
  waiting_.push_back(chunk);
  many_wait_ = waiting_.size() > kChunksWaitingReadMax;
  if (many_wait_) chunk->items = {};
  for (size_t i = chunk->first_counted; i < records; ++i) {
    counts_.take({chunk->times[i],
                  std::span(chunk->entries).subspan(i * windows, windows)},
                 *this);
  }
  counts_.settle(*this);
  CountedChunks done = ready();
  while (waiting_.size() > kChunksWaitingMax) {
    counts_.hurry(counts_.waiting() / 2, *this);
    for (auto& more : ready()) done.push_back(std::move(more));
  }
  chunk->state = counts_.state();
  return done;
}

CountedChunks WindowStage::flush() {
  counts_.flush(*this);
  // Who had leapt at the end was believed: nobody waits for witnesses.
  if (!waiting_.empty()) waiting_.back()->state.leapt.clear();
  return ready();
}

// Figures that do not fit the records are those of another reader of the same
// bytes: an older version. They are none then.
void WindowStage::give_known(CountedChunk& chunk) {
  const size_t windows = counts_.windows().size();
  uint64_t end = chunk.chunk->first_byte;
  for (const KnownStretch& known : chunk.known) {
    end += known.bytes;
    const size_t first = chunk.first_counted;
    size_t& last = chunk.first_counted;
    while (last < chunk.bytes.size() && chunk.bytes[last] < end) ++last;
    chunk.answered += last - first;
    const auto values = std::span(chunk.values)
                            .subspan(first * windows, (last - first) * windows);
    std::fill(values.begin(), values.end(),
              WindowValue{.state = WindowValue::State::dropped});
    if (!known.figures) continue;
    auto figures = read_figures(*known.figures, counts_.windows());
    if (!figures) {
      chunk.broken = figures.error();
      continue;
    }
    if (figures->timings.size() != last - first) continue;
    std::copy(figures->timings.begin(), figures->timings.end(),
              chunk.timings.begin() + std::ptrdiff_t(first));
    std::copy(figures->values.begin(), figures->values.end(), values.begin());
  }
}

std::optional<CountedBlock> WindowStage::counted_block(
    const CountedChunk& chunk) const {
  if (!chunk.identity) return std::nullopt;
  const size_t windows = counts_.windows().size();
  CountedBlock made{.identity = *chunk.identity};
  std::vector<CountedRecord> counted;
  std::vector<FigureRow> figures;
  for (size_t i = chunk.first_counted; i < chunk.times.size(); ++i) {
    figures.push_back({chunk.timings[i],
                       std::span(chunk.values).subspan(i * windows, windows)});
    if (chunk.timings[i] == Timing::untimed ||
        chunk.timings[i] == Timing::unbelieved) {
      continue;
    }
    const auto entries = std::span(chunk.entries).subspan(i * windows, windows);
    if (!is_counted(entries)) continue;
    counted.push_back({*chunk.times[i], entries});
    made.newest = std::max(made.newest.value_or(kNever), *chunk.times[i]);
  }
  if (chunk.state.frontier != kNever) made.frontier = chunk.state.frontier;
  if (made.newest) made.needed_until = *made.newest + reach();
  made.events = write_events(counts_.windows(), counted, chunk.state);
  made.figures = write_figures(counts_.windows(), figures);
  return made;
}

void WindowStage::answered(uint64_t ticket, Timing timing,
                           std::span<const WindowValue> values) {
  const auto after = std::upper_bound(
      waiting_.begin(), waiting_.end(), ticket,
      [](uint64_t t, const auto& chunk) { return t < chunk->first_ticket; });
  CountedChunk& chunk = **(after - 1);
  const size_t record =
      chunk.first_counted + static_cast<size_t>(ticket - chunk.first_ticket);
  chunk.timings[record] = timing;
  std::copy(values.begin(), values.end(),
            chunk.values.begin() + std::ptrdiff_t(record * values.size()));
  ++chunk.answered;
}

CountedChunks WindowStage::ready() {
  CountedChunks done;
  while (!waiting_.empty() &&
         waiting_.front()->answered == waiting_.front()->times.size()) {
    done.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return done;
}

}  // namespace simwarden
