// SPDX-License-Identifier: Apache-2.0
#include "app/chunk_pipeline.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <span>
#include <thread>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>

#include "app/interrupt.h"
#include "intake/portions.h"

namespace simwarden {
namespace {

// Chunks in flight for each thread: one being judged, one waiting.
constexpr size_t kChunksPerThread = 2;

using Made = std::shared_ptr<void>;
using Asked = std::shared_ptr<CountedChunk>;
// Null: the end of the source.
using Read = std::shared_ptr<Chunk>;

constexpr auto kInOrder = tbb::filter_mode::serial_in_order;
constexpr auto kOnThreads = tbb::filter_mode::parallel;

void run_filters(uint32_t threads, const tbb::filter<void, void>& filters) {
  const tbb::global_control bound(tbb::global_control::max_allowed_parallelism,
                                  threads);
  tbb::parallel_pipeline(threads * kChunksPerThread, filters);
}

// The first filter: the chunks of a source until it ends, breaks, or nobody
// wants more.
class Feed {
 public:
  explicit Feed(ChunkReader& reader) : reader_(reader) {}

  // REQUIRES: !is_over(). One call at a time.
  Read next() {
    auto chunk = std::make_shared<Chunk>();
    const auto more = reader_.next(*chunk);
    if (!more) broken_ = more.error();
    ended_ = !more || !*more;
    return ended_ ? nullptr : chunk;
  }

  // Nothing more is read. Thread-safe.
  void stop() { stopped_ = true; }
  bool is_stopped() const { return stopped_; }
  bool is_over() const { return ended_ || stopped_ || was_interrupted(); }

  // When all filters have ended: how the source did.
  Status status() const {
    if (broken_) return *broken_;
    return Done{};
  }

 private:
  ChunkReader& reader_;
  std::atomic<bool> stopped_ = false;
  bool ended_ = false;
  std::optional<Error> broken_;
};

// A portion of a chunk that can go on.
struct Turn {
  std::shared_ptr<CountedChunk> chunk;
  size_t portion = 0;
};
using Turns = std::span<const Turn>;

std::vector<Turn> turns_of(const CountedChunks& chunks) {
  std::vector<Turn> turns;
  for (const auto& chunk : chunks) {
    const size_t portions = portions_of(*chunk->chunk);
    for (size_t i = 0; i < portions; ++i) turns.push_back({chunk, i});
  }
  return turns;
}

// Portions that go on together: judged, or still to be.
struct Ready {
  JudgedChunks done;
  std::vector<Turn> left;
};

// More chunks than this are judged when it is their turn, as many portions at
// once as there are threads: what comes out of a chunk can take a hundred times
// its room, and many become ready at once when time goes on after a while.
constexpr size_t kJudgedAheadMax = 2;
// So are those in portions when more would come out of them: each that is in
// flight may have it.
constexpr size_t kRoomAheadMax = size_t{16} << 20;

class Judging {
 public:
  explicit Judging(const CountedSteps& steps) : steps_(steps) {}

  // Thread-safe.
  Ready judge_ahead(const CountedChunks& chunks) {
    std::vector<Turn> turns = turns_of(chunks);
    const bool many = chunks.size() > kJudgedAheadMax;
    if (many || (turns.size() > chunks.size() && become_much(turns))) {
      return {.done = {}, .left = std::move(turns)};
    }
    return {.done = judge_all(turns), .left = {}};
  }

  // Thread-safe.
  JudgedChunks judge_all(Turns turns) {
    JudgedChunks done(turns.size());
    tbb::parallel_for(size_t{0}, turns.size(),
                      [&](size_t i) { done[i] = judge(turns[i]); });
    return done;
  }

 private:
  std::shared_ptr<Judged> judge(const Turn& turn) {
    auto judged = steps_.judge(turn.chunk, turn.portion);
    if (judged->seen > 0) row_room_ = room_of(*judged) / judged->seen;
    return judged;
  }

  // A guess: nothing but memory and time hangs on it.
  bool become_much(Turns turns) const {
    return row_room_ == 0 ||
           turns.size() * kPortionRows * row_room_ > kRoomAheadMax;
  }

  const CountedSteps& steps_;
  // What became of a row, lately; 0: none was judged yet.
  std::atomic<size_t> row_room_ = 0;
};

void take_all(const JudgedChunks& done, const CountedSteps& steps, Feed& feed) {
  for (const auto& judged : done) {
    if (!feed.is_stopped() && !steps.take(judged)) feed.stop();
  }
}

}  // namespace

uint32_t threads_for(uint32_t jobs) {
  return jobs ? jobs : std::max(1u, std::thread::hardware_concurrency());
}

Status run_chunks(ChunkReader& reader, uint32_t threads,
                  const ChunkSteps& steps) {
  Feed feed(reader);
  const auto read =
      tbb::make_filter<void, Read>(kInOrder, [&](tbb::flow_control& flow) {
        Read chunk = feed.is_over() ? nullptr : feed.next();
        if (!chunk) flow.stop();
        return chunk;
      });
  const auto work = tbb::make_filter<Read, Made>(
      kOnThreads,
      [&](const Read& chunk) { return steps.work(std::move(*chunk)); });
  const auto take =
      tbb::make_filter<Made, void>(kInOrder, [&](const Made& made) {
        if (!feed.is_stopped() && !steps.take(made.get())) feed.stop();
      });
  run_filters(threads, read & work & take);
  return feed.status();
}

Status run_counted_chunks(ChunkReader& reader, uint32_t threads,
                          const CountedSteps& steps) {
  Feed feed(reader);
  const auto read = tbb::make_filter<void, Read>(
      kInOrder, [&](tbb::flow_control& flow) -> Read {
        if (!feed.is_over()) return feed.next();
        flow.stop();
        return nullptr;
      });
  const auto ask = tbb::make_filter<Read, Asked>(
      kOnThreads, [&](const Read& chunk) -> Asked {
        return chunk ? steps.ask(std::move(*chunk)) : nullptr;
      });
  const auto count = tbb::make_filter<Asked, CountedChunks>(
      kInOrder, [&](const Asked& asked) { return steps.count(asked); });
  Judging judging(steps);
  const auto judge = tbb::make_filter<CountedChunks, Ready>(
      kOnThreads,
      [&](const CountedChunks& chunks) { return judging.judge_ahead(chunks); });
  const auto take =
      tbb::make_filter<Ready, void>(kInOrder, [&](const Ready& ready) {
        take_all(ready.done, steps, feed);
        Turns left(ready.left);
        while (!left.empty() && !feed.is_stopped()) {
          const size_t at_once = std::min<size_t>(threads, left.size());
          take_all(judging.judge_all(left.first(at_once)), steps, feed);
          left = left.subspan(at_once);
        }
      });
  run_filters(threads, read & ask & count & judge & take);
  return feed.status();
}

}  // namespace simwarden
