// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cel/value/value.h"

namespace cel {

class PatternCache;

// What one evaluation may loop over; more is a mistake or an attack.
inline constexpr uint64_t kIterationsMax = 10'000;
// A loop over so few elements goes on to its end though no step is left: what
// a look tells of each of them (gate.h) is then what the loop says, whatever
// else was asked before. Three such loops in each other are still fewer passes
// than kIterationsMax.
inline constexpr size_t kShortLoopMax = 16;
// What functions may make in one evaluation: a text that doubles itself in a
// loop ends here, and no honest record comes near.
inline constexpr size_t kGrowthBytesMax = size_t{32} << 20;
// What == , texts and evidence may have to walk in one value: [x, x] of
// [y, y] of … is small to keep and endless to walk.
inline constexpr uint64_t kPartsMax = kGrowthBytesMax / sizeof(Value);
inline constexpr uint64_t kPartsAStep = 64;

// Blocks that are filled from the front and emptied from the back.
class Arena {
 public:
  // What is kept from one record to the next, about what usual ones need; more
  // was an unusual one's.
  static constexpr size_t kKeptBytes = size_t{256} << 10;

  struct Place {
    size_t block = 0;
    size_t used = 0;
  };

  Arena();
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  void* allocate(size_t bytes, size_t align);
  Place place() const { return place_; }
  // Forgets what was handed out behind it.
  void rewind(const Place& place) {
    place_ = place;
    if (bytes_ > kKeptBytes) give_back();
  }
  // Of all blocks.
  size_t bytes() const { return bytes_; }

 private:
  struct Block;
  void give_back();
  std::vector<std::unique_ptr<Block>> blocks_;
  Place place_;
  size_t bytes_ = 0;
};

// Memory of evaluations: a bump allocator that is emptied between records and
// keeps its first blocks. One thread at a time. Also the budget of each
// evaluation: work beyond it turns into an error value, so that no record can
// stall the program, and no expression spends what another one needs.
//
//   scratch.clear();                          // for each record
//   const Scratch::Loan loan(scratch);        // for each question about it
//   Value v = program->evaluate(facts, scratch);
class Scratch {
 public:
  // How long memory is there: until the Loan ends in which it was taken, or
  // until clear().
  enum class Life : uint8_t { evaluation, record };
  // Whether what is made counts as growth. Facts are as big as their record,
  // which has bounds of its own.
  enum class Growth : uint8_t { counts, is_free };

  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Forgets everything handed out since the last clear() and refills the
  // budget. Memory beyond kKeptBytes goes back to the system.
  void clear();

  // Gives back, when it ends, what was taken since it began for one evaluation:
  // the values that it answered die with it.
  class Loan {
   public:
    explicit Loan(Scratch& scratch)
        : scratch_(scratch), begin_(scratch.passing_.place()) {}
    ~Loan() { scratch_.passing_.rewind(begin_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

   private:
    Scratch& scratch_;
    Arena::Place begin_;
  };
  // While it lives, memory is taken for `life`, and growth counts or does not.
  class Making {
   public:
    Making(Scratch& scratch, Life life, Growth growth)
        : scratch_(scratch), arena_(scratch.arena_), growth_(scratch.growth_) {
      scratch.arena_ =
          life == Life::record ? &scratch.lasting_ : &scratch.passing_;
      scratch.growth_ = growth;
    }
    ~Making() {
      scratch_.arena_ = arena_;
      scratch_.growth_ = growth_;
    }
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

   private:
    Scratch& scratch_;
    Arena* arena_;
    Growth growth_;
  };
  Growth growth() const { return growth_; }
  // False once what lasts for the record is more than kGrowthBytesMax: then
  // nothing more is to be kept in it that can be worked out again.
  bool can_keep() const { return lasting_.bytes() <= kGrowthBytesMax; }

  void* allocate(size_t bytes, size_t align) {
    return arena_->allocate(bytes, align);
  }
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

  // What an evaluation took of its budget.
  struct Spent {
    uint32_t steps = 0;
    uint32_t bytes = 0;
    bool is_nothing() const { return (steps | bytes) == 0; }
  };

  // False once more than kIterationsMax steps were charged since the
  // evaluation began. What costs no step never fails.
  bool charge(uint64_t steps);
  // Spends all of it if it is left, and nothing otherwise.
  bool spend_whole(const Spent& spent) {
    if (charged_ + spent.steps > kIterationsMax) return false;
    if (grown_ + spent.bytes > kGrowthBytesMax) return false;
    charged_ += spent.steps;
    grown_ += spent.bytes;
    return true;
  }
  // Since the evaluation began; more than there was when it ended at a bound.
  Spent spent() const;
  bool is_spent() const {
    return charged_ > kIterationsMax || grown_ > kGrowthBytesMax;
  }
  // Likewise for looking `times` times at all parts of a list or map: a step
  // for each kPartsAStep.
  bool charge_walk(const Value& value, uint64_t times = 1);
  // Called by Program::evaluate: refills the budget, keeps the memory.
  void begin_evaluation() {
    charged_ = 0;
    grown_ = 0;
  }
  // The steps alone, for expressions whose values are all kept.
  void refill_steps() { charged_ = 0; }
  // False when `bytes` more would go beyond kGrowthBytesMax since the
  // evaluation began. Ask before values() and copy() when the size comes from a
  // record.
  bool afford(size_t bytes);
  // Patterns that came out of records; clear() keeps them.
  PatternCache& patterns();

 private:
  Arena passing_;
  Arena lasting_;
  Arena* arena_ = &passing_;
  Growth growth_ = Growth::counts;
  uint64_t charged_ = 0;
  size_t grown_ = 0;
  std::unique_ptr<PatternCache> patterns_;
};

}  // namespace cel
