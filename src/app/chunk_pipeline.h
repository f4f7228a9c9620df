// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "app/taking_thread.h"
#include "app/window_stage.h"
#include "diag/result.h"
#include "intake/intake.h"

// The way of a source through the threads:
//
//   read a chunk ─▶ work on it ─▶ take in what came out
//   (in order)      (threads)     (in order)
//
// and when something is counted over records (or nothing, which is judged in
// portions as well):
//
//   read ─▶ ask ─▶ count ─▶ judge ─▶ take in
//   (in order) (threads) (in order) (threads) (in order)
//
// Chunks in flight are bounded, and so is what becomes of them: memory stays
// flat. What is taken in, and in which order, does not depend on the number of
// threads.
namespace simwarden {

// 0 stands for one a core.
uint32_t threads_for(uint32_t jobs);

struct ChunkSteps {
  // Thread-safe.
  std::function<std::shared_ptr<void>(Chunk)> work;
  // One at a time; false ends the run, nothing more is read.
  std::function<bool(void*)> take;
};

// Ends also when the run was interrupted (interrupt.h). An Error is the
// source's: it broke in the middle.
Status run_chunks(ChunkReader& reader, uint32_t threads,
                  const ChunkSteps& steps);

// The same with types: `work` turns a Chunk into a Made, `take` gets it as
// `Made&` and is the last to see it.
template <typename Made, typename Work, typename Take>
Status run_chunks(ChunkReader& reader, uint32_t threads, Work work, Take take) {
  return run_chunks(
      reader, threads,
      ChunkSteps{
          .work =
              [&](Chunk chunk) {
                return std::make_shared<Made>(work(std::move(chunk)));
              },
          .take = [&](void* made) { return take(*static_cast<Made*>(made)); }});
}

struct CountedSteps {
  // Thread-safe.
  std::function<std::shared_ptr<CountedChunk>(Chunk)> ask;
  // One at a time, in order; null once at the end of the source. Returns what
  // can go on, in order.
  std::function<CountedChunks(std::shared_ptr<CountedChunk>)> count;
  // Each portion of a chunk (intake/portions.h) once. Thread-safe.
  std::function<std::shared_ptr<Judged>(const std::shared_ptr<CountedChunk>&,
                                        size_t portion)>
      judge;
  // One at a time, in order; false ends the run, nothing more is read.
  std::function<bool(const std::shared_ptr<Judged>&)> take;
};

// As run_chunks().
Status run_counted_chunks(ChunkReader& reader, uint32_t threads,
                          const CountedSteps& steps);

}  // namespace simwarden
