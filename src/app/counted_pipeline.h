// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "app/taking_thread.h"
#include "app/window_stage.h"
#include "diag/result.h"

// The way of a source through the threads when something is counted over
// records (chunk_pipeline.h has the way without):
//
//   read ─▶ ask ─▶ count ─▶ judge ─▶ take in
//   (in order) (threads) (in order) (threads) (in order)
namespace simwarden {

struct CountedSteps {
  // Thread-safe.
  std::function<std::shared_ptr<CountedChunk>(Chunk)> ask;
  // One at a time, in order; null once at the end of the source.
  std::function<CountedChunks(std::shared_ptr<CountedChunk>)> count;
  // Thread-safe.
  std::function<std::shared_ptr<Judged>(CountedChunk&)> judge;
  // One at a time, in order; false ends the run, nothing more is read.
  std::function<bool(const std::shared_ptr<Judged>&)> take;
};

// As run_chunks().
Status run_counted_chunks(ChunkReader& reader, uint32_t threads,
                          const CountedSteps& steps);

}  // namespace simwarden
