// SPDX-License-Identifier: Apache-2.0
#include "app/window_stage.h"

#include <algorithm>

namespace simwarden {

WindowAnswers CountedChunk::answers_of(size_t record) const {
  const size_t windows = times.empty() ? 0 : values.size() / times.size();
  return {timings[record],
          std::span(values).subspan(record * windows, windows)};
}

std::unique_ptr<WindowStage> WindowStage::make(const House& house,
                                               int64_t lateness) {
  if (house.ruleset().window_names.empty()) return nullptr;
  return std::unique_ptr<WindowStage>(new WindowStage(house, lateness));
}

WindowStage::WindowStage(const House& house, int64_t lateness)
    : house_(house),
      key_(random_hash_key()),
      counts_(counted_windows(house.ruleset()), {.lateness = lateness}) {}

std::unique_ptr<WindowQuestions> WindowStage::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto questions = std::move(idle_.back());
      idle_.pop_back();
      return questions;
    }
  }
  return std::make_unique<WindowQuestions>(house_.plan(), key_,
                                           house_.profile());
}

std::shared_ptr<CountedChunk> WindowStage::ask(Chunk chunk,
                                               const ChunkTask& task) {
  auto made = std::make_shared<CountedChunk>();
  std::vector<Item> items;
  parse_chunk(chunk, task.format, task.intake, items);
  std::erase_if(items, [](const Item& item) { return item.bad.has_value(); });
  auto questions = borrow();
  const size_t windows = questions->size();
  made->entries.resize(items.size() * windows);
  for (size_t i = 0; i < items.size(); ++i) {
    made->times.push_back(window_time(items[i].record));
    questions->read(items[i].record,
                    std::span(made->entries).subspan(i * windows, windows));
  }
  made->values.resize(made->entries.size());
  made->timings.resize(items.size());
  made->chunk = std::move(chunk);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(questions));
  return made;
}

CountedChunks WindowStage::take(std::shared_ptr<CountedChunk> chunk) {
  const size_t records = chunk->times.size();
  const size_t windows = counts_.windows().size();
  chunk->first_ticket = next_ticket_;
  next_ticket_ += records;
  waiting_.push_back(chunk);
  for (size_t i = 0; i < records; ++i) {
    counts_.take({chunk->times[i],
                  std::span(chunk->entries).subspan(i * windows, windows)},
                 *this);
  }
  counts_.settle(*this);
  CountedChunks done = ready();
  while (waiting_.size() > kChunksWaitingMax) {
    counts_.hurry(counts_.waiting() / 2, *this);
    for (auto& more : ready()) done.push_back(std::move(more));
  }
  return done;
}

CountedChunks WindowStage::flush() {
  counts_.flush(*this);
  return ready();
}

void WindowStage::answered(uint64_t ticket, Timing timing,
                           std::span<const WindowValue> values) {
  const auto after = std::upper_bound(
      waiting_.begin(), waiting_.end(), ticket,
      [](uint64_t t, const auto& chunk) { return t < chunk->first_ticket; });
  CountedChunk& chunk = **(after - 1);
  const auto record = static_cast<size_t>(ticket - chunk.first_ticket);
  chunk.timings[record] = timing;
  std::copy(values.begin(), values.end(),
            chunk.values.begin() + std::ptrdiff_t(record * values.size()));
  ++chunk.answered;
}

CountedChunks WindowStage::ready() {
  CountedChunks done;
  while (!waiting_.empty() &&
         waiting_.front()->answered == waiting_.front()->times.size()) {
    done.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return done;
}

}  // namespace simwarden
