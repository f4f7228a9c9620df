// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "privacy/keyed_hash.h"
#include "windows/window.h"

namespace simwarden {

// What a record says to the windows of a ruleset: whose record it is, and
// whether it counts. (read)*, one thread at a time; keeps plan and key by
// reference.
class WindowQuestions {
 public:
  // `profile`: for records that name none. REQUIRES: it is in the ruleset.
  WindowQuestions(const Plan& plan, const HashKey& key, std::string profile);

  size_t size() const { return windows_.size(); }
  // One entry a window, in the order of slots.
  void read(const Record& record, std::span<WindowEntry> entries);

 private:
  struct Asked {
    const DeclaredWindow* window;
    Kind kind;
  };
  WindowEntry read_one(const DeclaredWindow& window);
  bool holds(const Condition& condition, WindowEntry& entry);
  // Of a fact of the record; nothing when it is not there.
  using Hash = std::optional<uint64_t>;
  Hash hash_of(uint32_t slot, const std::string& name);
  Hash work_out(uint32_t slot, const std::string& name);

  const Plan& plan_;
  const HashKey& key_;
  std::string profile_;
  std::vector<Asked> windows_;
  Bench bench_;
  cel::Scratch scratch_;
  // By slot, of this record: several windows look at the same agent.
  std::vector<std::pair<uint32_t, Hash>> hashes_;
  std::string text_;  // that is hashed; keeps its memory
};

// The windows themselves, as windows/ counts them.
std::vector<Window> counted_windows(const Ruleset& ruleset);

}  // namespace simwarden
