// SPDX-License-Identifier: Apache-2.0
#include "app/taking_thread.h"

#include <utility>

namespace simwarden {
namespace {

// Some 2 MiB each, and as many again are being taken in. They bridge the time
// in which a slow disk takes 4 MiB of a store's log into its file.
constexpr size_t kChunksAtOnceMax = 8;
// A MiB of the shortest records becomes some 80 MiB of verdicts, and twice that
// for a store: of those one waits.
constexpr size_t kRoomAtOnceMax = size_t{32} << 20;

}  // namespace

TakingThread::TakingThread(Take take)
    : take_(std::move(take)), thread_([this] { run(); }) {}

bool TakingThread::put(std::shared_ptr<Judged> judged) {
  const size_t room = room_of(*judged);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || !is_full(); });
  if (stopped_) return false;
  room_ += room;
  waiting_.push_back(std::move(judged));
  changed_.notify_all();
  return true;
}

bool TakingThread::is_full() const {
  return waiting_.size() >= kChunksAtOnceMax || room_ >= kRoomAtOnceMax;
}

void TakingThread::finish() {
  join();
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

void TakingThread::join() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

// What a library throws there (out of memory, mostly) is thrown by finish().
bool TakingThread::takes(const JudgedChunks& ready) {
  try {
    return take_(ready);
  } catch (...) {
    thrown_ = std::current_exception();
    return false;
  }
}

void TakingThread::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    JudgedChunks ready = std::exchange(waiting_, {});
    const size_t room = room_;
    changed_.notify_all();
    lock.unlock();
    const bool more = takes(ready);
    ready.clear();  // which takes its time, and nobody need wait for it
    lock.lock();
    room_ -= room;
    changed_.notify_all();
    if (more) continue;
    stopped_ = true;
    changed_.notify_all();
    return;
  }
}

}  // namespace simwarden
