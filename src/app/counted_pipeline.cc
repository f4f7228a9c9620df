// SPDX-License-Identifier: Apache-2.0
#include "app/counted_pipeline.h"

#include <atomic>
#include <mutex>
#include <optional>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>

#include "app/chunk_pipeline.h"
#include "app/interrupt.h"

namespace simwarden {
namespace {

constexpr size_t kChunksPerThread = 2;

using Read = std::shared_ptr<Chunk>;  // null: the end
using Asked = std::shared_ptr<CountedChunk>;

class CountedPipeline {
 public:
  CountedPipeline(ChunkReader& reader, const CountedSteps& steps)
      : reader_(reader), steps_(steps) {}

  Status run(uint32_t threads) {
    const tbb::global_control bound(
        tbb::global_control::max_allowed_parallelism, threads);
    constexpr auto kInOrder = tbb::filter_mode::serial_in_order;
    const auto read = tbb::make_filter<void, Read>(
        kInOrder, [this](tbb::flow_control& flow) { return next(flow); });
    const auto ask = tbb::make_filter<Read, Asked>(
        tbb::filter_mode::parallel, [this](const Read& chunk) -> Asked {
          return chunk ? steps_.ask(std::move(*chunk)) : nullptr;
        });
    const auto count = tbb::make_filter<Asked, CountedChunks>(
        kInOrder, [this](const Asked& asked) { return steps_.count(asked); });
    const auto judge = tbb::make_filter<CountedChunks, JudgedChunks>(
        tbb::filter_mode::parallel,
        [this](const CountedChunks& chunks) { return judge_all(chunks); });
    const auto take = tbb::make_filter<JudgedChunks, void>(
        kInOrder, [this](const JudgedChunks& done) { take_all(done); });
    tbb::parallel_pipeline(threads * kChunksPerThread,
                           read & ask & count & judge & take);
    const std::lock_guard lock(mutex_);
    if (broken_) return *broken_;
    return Done{};
  }

 private:
  Read next(tbb::flow_control& flow) {
    if (ended_ || stop_ || was_interrupted()) {
      flow.stop();
      return nullptr;
    }
    auto chunk = std::make_shared<Chunk>();
    const auto more = reader_.next(*chunk);
    if (!more) {
      const std::lock_guard lock(mutex_);
      broken_ = more.error();
    }
    ended_ = !more || !*more;
    return ended_ ? nullptr : chunk;
  }

  // Many become ready at once when time goes on after a while.
  JudgedChunks judge_all(const CountedChunks& chunks) const {
    JudgedChunks done(chunks.size());
    tbb::parallel_for(size_t{0}, chunks.size(),
                      [&](size_t i) { done[i] = steps_.judge(*chunks[i]); });
    return done;
  }

  void take_all(const JudgedChunks& done) {
    for (const auto& judged : done) {
      if (!stop_ && !steps_.take(judged)) stop_ = true;
    }
  }

  ChunkReader& reader_;
  const CountedSteps& steps_;
  std::atomic<bool> stop_ = false;
  bool ended_ = false;
  std::mutex mutex_;
  std::optional<Error> broken_;
};

}  // namespace

Status run_counted_chunks(ChunkReader& reader, uint32_t threads,
                          const CountedSteps& steps) {
  keep_freed_memory();
  return CountedPipeline(reader, steps).run(threads);
}

}  // namespace simwarden
