// SPDX-License-Identifier: Apache-2.0
#include "scan/pattern_check.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <re2/re2.h>

#include "scan/scanner.h"

namespace simwarden {
namespace {

// Fewer are not worth a thread.
constexpr size_t kPatternsAThread = 32;
// More cores than this would wait for each other's memory.
constexpr size_t kThreadsMax = 8;

PatternCheck check(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemoryMax);
  const re2::RE2 expression(pattern, options);
  if (!expression.ok()) return {expression.error(), expression.error_arg()};
  const bool empty =
      expression.Match("", 0, 0, re2::RE2::UNANCHORED, nullptr, 0);
  return {{}, {}, empty};
}

}  // namespace

std::vector<PatternCheck> check_patterns(
    const std::vector<std::string>& patterns) {
  std::vector<PatternCheck> checks(patterns.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < patterns.size(); i = next++) {
      checks[i] = check(patterns[i]);
    }
  };
  const size_t cores = std::max(1u, std::thread::hardware_concurrency());
  const size_t wanted =
      std::min({cores, kThreadsMax, patterns.size() / kPatternsAThread + 1});
  {
    std::vector<std::jthread> others;
    while (others.size() + 1 < wanted) others.emplace_back(work);
    work();
  }  // the others are done
  return checks;
}

}  // namespace simwarden
