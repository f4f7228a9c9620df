// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/judged.h"
#include "house/house.h"
#include "judge/window_questions.h"
#include "store/counted_blocks.h"
#include "windows/window_counts.h"

// Counting over records between reading and judging:
//
//   read ─▶ ask ─▶ count ─▶ judge ─▶ take in
//
// ask() runs on many threads and leaves numbers only; take() is one thread's
// cheap work in the order of input; a chunk goes on when all its records are
// answered, in order. Who waits long waits as bytes and is read again when it
// is its turn, and so does who comes in portions: records that were read take
// six times the room, short ones fifty times.
namespace simwarden {

// Text that waits for later records: what comes then is let go early, and the
// records that were too late for it are said to be late.
inline constexpr size_t kChunksWaitingMax = 64;
// Of them, those that wait with their records: some 50 MiB.
inline constexpr size_t kChunksWaitingReadMax = 8;

// How far ahead of this machine's clock a run may have got for the next one to
// go on there: local times that are named as UTC are 14 hours ahead. `screen`
// believes any clock within a run, since old logs have no other.
inline constexpr int64_t kAheadOfClock = kDay;

// Bytes at the beginning of a chunk whose records were counted in an earlier
// run, with the figures that they got.
struct KnownStretch {
  uint64_t bytes = 0;
  std::optional<std::string> figures;  // nothing: they were purged
};

// A chunk, what its records say to the windows, and the answers.
struct CountedChunk {
  std::shared_ptr<Chunk> chunk;
  std::vector<Item> items;  // of the chunk; empty: to be read again
  // Of a store: what was counted before, and what the rest is known by; none:
  // there is no rest, or no store.
  std::vector<KnownStretch> known;
  std::optional<BlockIdentity> identity;
  // Where each record begins, in the source.
  std::vector<uint64_t> bytes;
  // One a record that could be read.
  std::vector<std::optional<int64_t>> times;
  std::vector<Timing> timings;
  // One a record and window.
  std::vector<WindowEntry> entries;
  std::vector<WindowValue> values;
  // The first record that is counted, and its ticket.
  size_t first_counted = 0;
  uint64_t first_ticket = 0;
  size_t answered = 0;
  KeptEvents state;             // once its last record was taken
  std::optional<Error> broken;  // what was stored of it cannot be used

  WindowAnswers answers_of(size_t record) const;
  // Which of the records that could be read is the first of a portion.
  size_t first_record(size_t portion) const;
};
using CountedChunks = std::vector<std::shared_ptr<CountedChunk>>;

// Whether times never rise and fall often enough: an export of the newest
// first.
bool runs_newest_first(std::span<const std::optional<int64_t>> times);

class WindowStage final : public WindowSink {
 public:
  // Null when no pack declares a window. Keeps `house` by reference. `key`: of
  // the hashes that tell records apart.
  static std::unique_ptr<WindowStage> make(const House& house, int64_t lateness,
                                           const HashKey& key);

  // How far behind the frontier of event time anybody looks.
  int64_t reach() const;
  // What earlier runs counted, the newest first; before the first take().
  Status restore(const KeptCount& kept);
  // Times that they reached beyond it are told and not gone on from.
  int64_t reached_max() const { return reached_max_; }

  // Thread-safe.
  std::shared_ptr<CountedChunk> ask(Chunk chunk, const ChunkTask& task);
  // In order. Returns those that can go on, in order. What `known` says was
  // counted before gets its figures and is not counted again.
  CountedChunks take(const std::shared_ptr<CountedChunk>& chunk);
  // The source has ended: everything goes on.
  CountedChunks flush();

  const WindowFigures& figures() const { return counts_.figures(); }

  // Of a chunk that goes on: what a store keeps of what was counted of it;
  // nothing when nothing was. Thread-safe.
  std::optional<CountedBlock> counted_block(const CountedChunk& chunk) const;

  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override;

 private:
  WindowStage(const House& house, int64_t lateness, const HashKey& key);
  void give_known(CountedChunk& chunk);
  std::unique_ptr<WindowQuestions> borrow();
  CountedChunks ready();

  const House& house_;
  HashKey key_;
  int64_t reached_max_;
  WindowCounts counts_;
  uint64_t next_ticket_ = 0;
  // The digest of the newest block whose events were restored, until records
  // come: whoever had leapt in it is a witness for what follows it, and in no
  // other source.
  std::string resumed_;
  std::deque<std::shared_ptr<CountedChunk>> waiting_;
  // More than kChunksWaitingReadMax: what is asked next need not be kept.
  std::atomic<bool> many_wait_ = false;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WindowQuestions>> idle_;
};

}  // namespace simwarden
