// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cel/run/answer.h"
#include "cel/run/program.h"
#include "cel/value/environment.h"

// What decides in a condition: its atoms, the comparisons and calls that stand
// under && || ! and ?:, those inside of all(), exists() and filter() too.
//
//   request.fee > 10.0 && (has(request.agent.id) || profile.strict)
//   ^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^^^^^^    ^^^^^^^^^^^^^^
namespace cel {

struct Atom {
  size_t begin = 0;  // bytes of Program::source()
  size_t end = 0;
  // In the body of a loop or a bind: it may read their names, and so has no
  // meaning by itself.
  bool in_scope = false;
  // What holds whenever it is asked, as far as it can be said outside of
  // such a body; "" for nothing.
  std::string before;
  // Facts that it reads and that may be missing where it is asked, sorted.
  std::vector<uint32_t> slots;
};

// In the order of the text. Parts that read no fact and no variable are none.
// REQUIRES: compile() made the program.
std::vector<Atom> atoms_of(const Program& program);

// The answers, bits of Answer, that an atom can give where it stands, if
// `guard` (a condition, or "") does not rule the whole out. What is not worked
// out counts as possible, but for kAnswerMissing of one that is in_scope.
// `may_be_absent`: slots, sorted.
uint8_t possible_answers(const Program& program, const Atom& atom,
                         const std::string& guard,
                         const Environment& environment,
                         std::span<const uint32_t> may_be_absent);

// The texts and numbers that are written in it, each once. They live as
// long as the program.
std::vector<Value> literals_of(const Program& program);

// A program that notes which answers its atoms gave. One thread.
class Watched {
 public:
  virtual ~Watched() = default;
  // As Program::evaluate(). An atom that is not asked, because another one
  // decides, answers nothing.
  virtual Value evaluate(Activation& facts, Scratch& scratch) = 0;
  // What all atoms have answered so far, bits of Answer, in the order of
  // atoms_of().
  virtual std::span<const uint8_t> answers() const = 0;
  virtual void forget() = 0;
};
// REQUIRES: compile() made the program, and it outlives what is returned.
std::unique_ptr<Watched> watch(const Program& program);

}  // namespace cel
