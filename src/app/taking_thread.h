// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/judged.h"

// Takes in what was judged, in order, on a thread of its own, so that those who
// judge need not wait for the disk:
//
//   TakingThread taking(take);
//   taking.put(judged); …
//   taking.finish();
//
// What became ready while it waited is taken in at once: a store syncs once for
// all of it.
namespace simwarden {

using JudgedChunks = std::vector<std::shared_ptr<Judged>>;

// put* finish. Nothing but take() runs on its thread.
class TakingThread {
 public:
  // Gets one chunk or more, in the order of put(); false: nothing more is
  // taken in.
  using Take = std::function<bool(const JudgedChunks&)>;

  explicit TakingThread(Take take);
  ~TakingThread() { join(); }
  TakingThread(const TakingThread&) = delete;
  TakingThread& operator=(const TakingThread&) = delete;

  // One at a time. Waits while kChunksAtOnceMax wait already, or those that
  // wait and are being taken in have kRoomAtOnceMax. False once take() was.
  bool put(std::shared_ptr<Judged> judged);
  // Returns when everything was taken in. Throws what take() threw, which is a
  // no.
  void finish();

 private:
  void run();
  bool is_full() const;
  void join();
  bool takes(const JudgedChunks& ready);

  Take take_;
  std::mutex mutex_;
  std::condition_variable changed_;
  JudgedChunks waiting_;
  size_t room_ = 0;  // that they take, and those that are being taken in
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr thrown_;  // the thread's own until it has ended
  std::thread thread_;         // the last: it uses the others
};

}  // namespace simwarden
