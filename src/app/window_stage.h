// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "app/house.h"
#include "app/judged.h"
#include "judge/window_questions.h"
#include "windows/window_counts.h"

// Counting over records between reading and judging:
//
//   read ─▶ ask ─▶ count ─▶ judge ─▶ take in
//
// ask() runs on many threads and leaves numbers only; take() is one thread's
// cheap work in the order of input; a chunk goes on when all its records are
// answered, in order. Texts wait as bytes and are read again when it is their
// turn: records that were read take six times the room.
namespace simwarden {

// Text that waits for later records: what comes then is let go early, and the
// records that were too late for it are said to be late.
inline constexpr size_t kChunksWaitingMax = 64;

// A chunk, what its records say to the windows, and the answers.
struct CountedChunk {
  Chunk chunk;
  // One a record that could be read.
  std::vector<std::optional<int64_t>> times;
  std::vector<Timing> timings;
  // One a record and window.
  std::vector<WindowEntry> entries;
  std::vector<WindowValue> values;
  uint64_t first_ticket = 0;
  size_t answered = 0;

  WindowAnswers answers_of(size_t record) const;
};
using CountedChunks = std::vector<std::shared_ptr<CountedChunk>>;

class WindowStage final : public WindowSink {
 public:
  // Null when no pack declares a window. Keeps `house` by reference.
  static std::unique_ptr<WindowStage> make(const House& house,
                                           int64_t lateness);

  // Thread-safe.
  std::shared_ptr<CountedChunk> ask(Chunk chunk, const ChunkTask& task);
  // In order. Returns those that can go on, in order.
  CountedChunks take(std::shared_ptr<CountedChunk> chunk);
  // The source has ended: everything goes on.
  CountedChunks flush();

  const WindowFigures& figures() const { return counts_.figures(); }

  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override;

 private:
  WindowStage(const House& house, int64_t lateness);
  std::unique_ptr<WindowQuestions> borrow();
  CountedChunks ready();

  const House& house_;
  HashKey key_;
  WindowCounts counts_;
  uint64_t next_ticket_ = 0;
  std::deque<std::shared_ptr<CountedChunk>> waiting_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WindowQuestions>> idle_;
};

}  // namespace simwarden
