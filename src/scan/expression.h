// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "scan/memory.h"

namespace re2 {
class RE2;
}

// One regular expression, compiled at the first question: most patterns of a
// policy are never asked in a day, and compiled they take 50 kB each.
namespace simwarden {

// What RE2 may take for one pattern, program and automata; a usual message
// needs a tenth. With an eighth of this the automata of long alternatives are
// thrown away and begun again on ordinary messages, which costs twice the time;
// with a half the messages of corpus/ still take 4 to 11 % more, with twice as
// much no less.
inline constexpr int64_t kUsualMemory = int64_t{2} << 20;
// One alternative of many has a small program.
inline constexpr int64_t kLeastUsualMemory = int64_t{256} << 10;

class Expression {
 public:
  // REQUIRES: `pattern` has no error; `memory` outlives the expression.
  // It asks for `wanted` when it is compiled.
  Expression(std::string pattern, ScanMemory& memory,
             int64_t wanted = kUsualMemory);
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;
  ~Expression();

  struct Match {
    uint32_t begin;
    uint32_t end;
  };
  // The leftmost match inside [from, to) of `text`; what lies outside is seen
  // by \b, ^ and $. Thread-safe. When the automaton runs out of memory, RE2
  // goes on without: slower, linear, with the same answer.
  bool find(std::string_view text, size_t from, size_t to, Match& match) const;
  // The same of a part of a text that is asked once. In a short one RE2 goes
  // through its program: an automaton's states lie all over the memory and most
  // are visited, or made, for this one text.
  bool find_once(std::string_view text, size_t from, size_t to,
                 Match& match) const;
  // Whether there is one: about half the work.
  bool matches(std::string_view text, size_t from, size_t to) const;

 private:
  const re2::RE2& compiled() const;
  const re2::RE2& walker() const;

  std::string pattern_;
  ScanMemory& memory_;
  const int64_t wanted_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const re2::RE2> expression_;
  mutable std::once_flag once_walked_;
  mutable std::unique_ptr<const re2::RE2> walker_;  // null: too long for it
};

}  // namespace simwarden
