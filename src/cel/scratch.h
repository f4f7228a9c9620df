// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cel/value.h"

namespace cel {

class PatternCache;

// What one evaluation may loop over; more is a mistake or an attack.
inline constexpr uint64_t kIterationsMax = 10'000;
// What functions may make out of one record: a text that doubles itself in a
// loop ends here, and no honest record comes near.
inline constexpr size_t kGrowthBytesMax = size_t{32} << 20;
// What == , texts and evidence may have to walk in one value: [x, x] of
// [y, y] of … is small to keep and endless to walk.
inline constexpr uint64_t kPartsMax = kGrowthBytesMax / sizeof(Value);
inline constexpr uint64_t kPartsAStep = 64;

// Memory of evaluations: a bump allocator that is emptied between records and
// keeps its blocks. One thread at a time. Also the budget: work beyond it
// turns into an error value, so that no record can stall the program.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Forgets everything handed out since the last clear() and refills the
  // budget.
  void clear();

  void* allocate(size_t bytes, size_t align);
  std::span<Value> values(size_t count);
  // `count` of them, value-initialised. REQUIRES: nothing to destroy.
  template <typename T>
  std::span<T> make(size_t count) {
    if (count == 0) return {};
    auto* first = static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }
  std::string_view copy(std::string_view text);
  // These copy. Beyond kGrowthBytesMax, or kPartsMax, they answer an error
  // value.
  Value make_string(std::string_view text);
  Value make_bytes(std::string_view octets);
  Value make_list(std::span<const Value> items);
  Value make_map(std::span<const Value> keys, std::span<const Value> values);
  Value make_optional(const Value& held);
  Value make_error(std::string_view what);  // copies
  Value make_missing(uint32_t slot, uint8_t why);
  Value join_missing(const Value& left, const Value& right);

  // False once more than kIterationsMax steps were charged since the
  // evaluation began.
  bool charge(uint64_t steps);
  // Charges all of them if they are left, and nothing otherwise.
  bool charge_whole(uint64_t steps) {
    if (charged_ + steps > kIterationsMax) return false;
    charged_ += steps;
    return true;
  }
  uint64_t charged() const { return charged_; }
  // Likewise for looking `times` times at all parts of a list or map: a step
  // for each kPartsAStep.
  bool charge_walk(const Value& value, uint64_t times = 1);
  // Called by Program::evaluate: refills the steps, keeps the memory.
  void begin_evaluation() { charged_ = 0; }
  // False when `bytes` more would go beyond kGrowthBytesMax since clear().
  // Ask before values() and copy() when the size comes from a record.
  bool afford(size_t bytes);
  // Patterns that came out of records; clear() keeps them.
  PatternCache& patterns();

 private:
  struct Block;
  std::vector<std::unique_ptr<Block>> blocks_;
  size_t block_ = 0;
  size_t used_ = 0;
  uint64_t charged_ = 0;
  size_t grown_ = 0;
  std::unique_ptr<PatternCache> patterns_;
};

}  // namespace cel
