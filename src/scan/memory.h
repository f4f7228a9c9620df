// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

// What the compiled expressions of a policy may take together.
//
// RE2 takes memory while it walks texts, up to what it was granted; ordinary
// messages need a tenth of that, texts made to explore automata need all. So
// the grants are what must add up. The first expressions get what they ask for,
// the next ones less and less, and the sum never passes the whole, however many
// patterns there are.
namespace simwarden {

// Half of the gigabyte that a service is given as a rule.
inline constexpr int64_t kScanMemoryMax = int64_t{512} << 20;

// Thread-safe.
class ScanMemory {
 public:
  explicit ScanMemory(int64_t most = kScanMemoryMax) : left_(most) {}

  // At most `wanted`. What is granted is not given back: expressions live as
  // long as their scanner.
  int64_t grant(int64_t wanted) {
    int64_t left = left_.load(std::memory_order_relaxed);
    int64_t granted;
    do {
      granted = wanted < left / kShare ? wanted : left / kShare;
    } while (!left_.compare_exchange_weak(left, left - granted,
                                          std::memory_order_relaxed));
    if (granted < wanted / 2) ++cut_;
    return granted;
  }

  // How many got less than half of what they asked for: they answer the same,
  // slower on texts that need it.
  uint64_t cut() const { return cut_.load(std::memory_order_relaxed); }

 private:
  // No expression takes more than this part of what is left: more than a
  // hundred get half of what they want, and none leaves the next with nothing.
  static constexpr int64_t kShare = 256;

  std::atomic<int64_t> left_;
  std::atomic<uint64_t> cut_{0};
};

}  // namespace simwarden
