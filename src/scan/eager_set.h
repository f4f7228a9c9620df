// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

// The few patterns that wait for no word, all in one automaton.
//
// The automaton may take kEagerMemoryMax and no more. RE2's set gives no answer
// when that is used up; then all its patterns are candidates, which is slower
// and never a miss.
namespace simwarden {

inline constexpr int64_t kEagerMemoryMax = int64_t{16} << 20;

// Fewer are as fast one by one.
inline constexpr size_t kEagerSetFrom = 4;

// Thread-safe.
class EagerSet {
 public:
  // REQUIRES: no pattern has an error. Compiled at the first
  // question.
  explicit EagerSet(std::vector<std::string> patterns);
  EagerSet(const EagerSet&) = delete;
  EagerSet& operator=(const EagerSet&) = delete;
  ~EagerSet();

  // Indices of patterns that match, or of all when the automaton has run out
  // of memory. Replaces what `matching` held.
  void find(std::string_view text, std::vector<int>& matching) const;

  // How often it ran out of memory.
  uint64_t exhausted() const { return exhausted_; }

 private:
  class Automaton;
  void compile() const;

  std::vector<std::string> patterns_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Automaton> automaton_;
  mutable std::atomic<uint64_t> exhausted_{0};
};

}  // namespace simwarden
