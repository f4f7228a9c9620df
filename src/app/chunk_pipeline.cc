// SPDX-License-Identifier: Apache-2.0
#include "app/chunk_pipeline.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include <malloc.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "app/interrupt.h"

namespace simwarden {
namespace {

// Chunks in flight for each thread: one being judged, one waiting.
constexpr size_t kChunksPerThread = 2;

using Read = std::shared_ptr<Chunk>;
using Made = std::shared_ptr<void>;

class Pipeline {
 public:
  Pipeline(ChunkReader& reader, const ChunkSteps& steps)
      : reader_(reader), steps_(steps) {}

  Status run(uint32_t threads) {
    const tbb::global_control bound(
        tbb::global_control::max_allowed_parallelism, threads);
    const auto read = tbb::make_filter<void, Read>(
        tbb::filter_mode::serial_in_order,
        [this](tbb::flow_control& flow) { return next(flow); });
    const auto work = tbb::make_filter<Read, Made>(
        tbb::filter_mode::parallel,
        [this](const Read& chunk) { return steps_.work(std::move(*chunk)); });
    const auto take = tbb::make_filter<Made, void>(
        tbb::filter_mode::serial_in_order, [this](const Made& made) {
          if (!stop_ && !steps_.take(made.get())) stop_ = true;
        });
    tbb::parallel_pipeline(threads * kChunksPerThread, read & work & take);
    const std::lock_guard lock(mutex_);
    if (broken_) return *broken_;
    return Done{};
  }

 private:
  Read next(tbb::flow_control& flow) {
    auto chunk = std::make_shared<Chunk>();
    if (stop_ || was_interrupted()) {
      flow.stop();
      return nullptr;
    }
    const auto more = reader_.next(*chunk);
    if (!more) {
      const std::lock_guard lock(mutex_);
      broken_ = more.error();
    }
    if (!more || !*more) {
      flow.stop();
      return nullptr;
    }
    return chunk;
  }

  ChunkReader& reader_;
  const ChunkSteps& steps_;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  std::optional<Error> broken_;
};

}  // namespace

uint32_t threads_for(uint32_t jobs) {
  return jobs ? jobs : std::max(1u, std::thread::hardware_concurrency());
}

void keep_freed_memory() {
  // Far more than is free at once, and the most that glibc takes from what it
  // keeps; a chunk's largest piece is a MiB or one row.
  constexpr int kFreeBytesMax = 128 << 20;
  constexpr int kPieceBytesMax = 32 << 20;
  (void)::mallopt(M_TRIM_THRESHOLD, kFreeBytesMax);
  (void)::mallopt(M_MMAP_THRESHOLD, kPieceBytesMax);
}

Status run_chunks(ChunkReader& reader, uint32_t threads,
                  const ChunkSteps& steps) {
  keep_freed_memory();
  return Pipeline(reader, steps).run(threads);
}

}  // namespace simwarden
