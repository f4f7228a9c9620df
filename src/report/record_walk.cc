// SPDX-License-Identifier: Apache-2.0
#include <mutex>
#include <optional>

#include <tbb/parallel_pipeline.h>

#include "report/records.h"

// verdicts of a block ─▶ open its facts ─▶ count them
// (in order)             (threads)         (in order)
namespace simwarden {
namespace {

// In flight: one being chosen, two being opened, one being counted. A block is
// about a MiB.
constexpr size_t kBlocksMax = 4;

using Walked = std::shared_ptr<WalkedBlock>;

void open_facts(WalkedBlock& block) {
  if (block.verdicts.empty() || !block.facts.is_kept()) return;
  const Status opened = block.facts.open();
  if (!opened) block.damaged = opened.error().what;
}

class Walk {
 public:
  explicit Walk(const NextBlock& next) : next_(next) {}

  Result<RecordNumbers> run() {
    const auto choose = tbb::make_filter<void, Walked>(
        tbb::filter_mode::serial_in_order,
        [this](tbb::flow_control& flow) { return next_block(flow); });
    const auto open = tbb::make_filter<Walked, Walked>(
        tbb::filter_mode::parallel, [](Walked block) {
          open_facts(*block);
          return block;
        });
    const auto count = tbb::make_filter<Walked, void>(
        tbb::filter_mode::serial_in_order, [this](const Walked& block) {
          count_block(*block);
          give_back(block);
        });
    tbb::parallel_pipeline(kBlocksMax, choose & open & count);
    if (broken_) return *broken_;
    return tally_.finish();
  }

 private:
  Walked next_block(tbb::flow_control& flow) {
    Walked block = take_spare();
    const Result<bool> more = next_(*block);
    if (!more) broken_ = more.error();
    if (more && *more) return block;
    flow.stop();
    return nullptr;
  }

  void count_block(const WalkedBlock& block) {
    if (block.verdicts.empty() || !block.facts.is_kept()) return;
    if (!block.damaged.empty()) return damaged(block, 0, block.damaged);
    for (size_t i = 0; i < block.verdicts.size(); ++i) {
      const WalkedVerdict& verdict = block.verdicts[i];
      const int64_t line = verdict.id - block.facts.first_verdict();
      if (line < 0 || size_t(line) >= block.facts.size()) {
        return damaged(block, i, "has verdicts that are not its own");
      }
      if (!facts_.read(block.facts.line(size_t(line)))) {
        return damaged(block, i, "has a kept record that is no JSON");
      }
      tally_.add(facts_, verdict);
    }
  }

  // From verdict `from` on.
  void damaged(const WalkedBlock& block, size_t from, std::string what) {
    tally_.add_damaged({block.label, block.source, block.verdicts.size() - from,
                        std::move(what)});
  }

  // Blocks keep their memory.
  Walked take_spare() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) return std::make_shared<WalkedBlock>();
    Walked block = std::move(spare_.back());
    spare_.pop_back();
    return block;
  }
  void give_back(const Walked& block) {
    const std::lock_guard lock(mutex_);
    spare_.push_back(block);
  }

  const NextBlock& next_;
  KeptLine facts_{facts_of_records()};
  RecordTally tally_;
  std::optional<Error> broken_;
  std::mutex mutex_;
  std::vector<Walked> spare_;
};

}  // namespace

Result<RecordNumbers> walk_records(const NextBlock& next) {
  return Walk(next).run();
}

}  // namespace simwarden
