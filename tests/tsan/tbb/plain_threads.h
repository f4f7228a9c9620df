// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <any>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

// What we use of oneTBB, on plain threads. Debian's oneTBB is not built for
// ThreadSanitizer, which therefore takes everything that one task hands to the
// next for a race; preset tsan finds these headers before oneTBB's own. They
// are for that: right and slow.
namespace tbb {

namespace info {
// More than the machine may have: what races is to show.
inline int default_concurrency() {
  return 4;
}
}  // namespace info

class task_arena {
 public:
  explicit task_arena(int) {}
  template <typename Work>
  auto execute(const Work& work) {
    return work();
  }
};

class global_control {
 public:
  enum parameter { max_allowed_parallelism };
  global_control(parameter, size_t) {}
};

template <typename First, typename Second>
void parallel_invoke(const First& first, const Second& second) {
  const std::jthread other([&] { second(); });
  first();
}

template <typename Index, typename Work>
void parallel_for(Index begin, Index end, const Work& work) {
  std::atomic<Index> next = begin;
  const auto take = [&] {
    for (Index i = next++; i < end; i = next++) work(i);
  };
  const auto wanted = std::min<Index>(end - begin, 4);
  std::vector<std::jthread> others;
  for (Index i = 1; i < wanted; ++i) others.emplace_back(take);
  take();
}

enum class filter_mode { parallel, serial_in_order };

class flow_control {
 public:
  void stop() { stopped_ = true; }
  bool is_stopped() const { return stopped_; }

 private:
  bool stopped_ = false;
};

template <typename In, typename Out>
struct filter;

namespace plain {

struct Stage {
  filter_mode mode;
  std::function<std::any(std::any, flow_control&)> run;
};

// One thread takes an item from the first stage to the last; at a stage in
// order it waits for its turn.
class Line {
 public:
  explicit Line(const std::vector<Stage>& stages)
      : stages_(stages), turns_(stages.size(), 0) {}

  void run(size_t threads) {
    std::vector<std::jthread> others;
    for (size_t i = 1; i < threads; ++i) {
      others.emplace_back([this] { work(); });
    }
    work();
  }

 private:
  void work() {
    while (const auto number = take()) {
      std::any item = std::move(item_of_taker());
      for (size_t i = 1; i < stages_.size(); ++i) {
        item = pass(i, *number, std::move(item));
      }
    }
  }

  std::optional<size_t> take() {
    const std::lock_guard lock(first_);
    if (ended_) return std::nullopt;
    flow_control flow;
    item_of_taker() = stages_[0].run({}, flow);
    ended_ = flow.is_stopped();
    return ended_ ? std::nullopt : std::optional(taken_++);
  }
  static std::any& item_of_taker() {
    thread_local std::any item;
    return item;
  }

  std::any pass(size_t stage, size_t number, std::any item) {
    flow_control none;
    if (stages_[stage].mode == filter_mode::parallel) {
      return stages_[stage].run(std::move(item), none);
    }
    {
      std::unique_lock lock(mutex_);
      turned_.wait(lock, [&] { return turns_[stage] == number; });
    }
    std::any made = stages_[stage].run(std::move(item), none);
    const std::lock_guard lock(mutex_);
    ++turns_[stage];
    turned_.notify_all();
    return made;
  }

  const std::vector<Stage>& stages_;
  std::mutex first_;
  bool ended_ = false;
  size_t taken_ = 0;
  std::mutex mutex_;
  std::condition_variable turned_;
  std::vector<size_t> turns_;
};

template <typename In, typename Out, typename Work>
std::any run(const Work& work, std::any item, flow_control& flow) {
  if constexpr (std::is_void_v<In>) {
    return Out(work(flow));
  } else if constexpr (std::is_void_v<Out>) {
    work(std::any_cast<In>(std::move(item)));
    return {};
  } else {
    return Out(work(std::any_cast<In>(std::move(item))));
  }
}

}  // namespace plain

template <typename In, typename Out>
struct filter {
  std::vector<plain::Stage> stages;
};

template <typename In, typename Out, typename Work>
filter<In, Out> make_filter(filter_mode mode, const Work& work) {
  return {{{mode, [work](std::any item, flow_control& flow) {
              return plain::run<In, Out>(work, std::move(item), flow);
            }}}};
}

template <typename In, typename Between, typename Out>
filter<In, Out> operator&(filter<In, Between> first,
                          const filter<Between, Out>& then) {
  filter<In, Out> both{std::move(first.stages)};
  both.stages.insert(both.stages.end(), then.stages.begin(), then.stages.end());
  return both;
}

inline void parallel_pipeline(size_t most, const filter<void, void>& line) {
  plain::Line(line.stages).run(std::min<size_t>(most, 8));
}

}  // namespace tbb
