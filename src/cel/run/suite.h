// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "cel/run/program.h"

// Programs that are asked about the same facts, one after the other: what they
// have in common is worked out once. The answers are those of
// Program::evaluate().
//
//   auto suite = Suite::make(programs);
//   Suite::Round round(*suite);
//   for each record:
//     round.begin();
//     for (size_t i = 0; i < programs.size(); ++i)
//       Value v = suite->evaluate(i, facts, round, scratch);
namespace cel {

class Suite {
 public:
  // What one thread remembers of one record. begin (evaluate)*
  class Round {
   public:
    explicit Round(const Suite& suite);
    ~Round();
    Round(const Round&) = delete;
    Round& operator=(const Round&) = delete;
    // Forgets everything. To be called whenever a fact may answer otherwise,
    // and with every Scratch::clear().
    void begin();

   private:
    friend class Suite;
    struct Memory;
    std::unique_ptr<Memory> memory_;
  };

  ~Suite();
  Suite(const Suite&) = delete;
  Suite& operator=(const Suite&) = delete;
  // REQUIRES: compile() made the programs. They need not outlive the suite.
  static std::unique_ptr<const Suite> make(
      std::span<const Program* const> programs);

  // Of the program at `index` of make(). Never throws; safe for many threads,
  // each with its own round, facts and scratch. REQUIRES: the round was made
  // for this suite.
  Value evaluate(size_t index, Activation& facts, Round& round,
                 Scratch& scratch) const;
  // How many parts keep their value for others that need it.
  size_t shared_parts() const;

 private:
  struct Parts;
  explicit Suite(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace cel
