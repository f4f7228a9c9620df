// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/program.h"
#include "cel/value/environment.h"

// Small changes of a condition's text, each of which somebody could have made
// by mistake. Tests of the condition that do not notice one say nothing about
// that part of it (mutation testing).
//
//   request.fee > 10.0 && has(request.agent.id)
//     request.fee <= 10.0             negated
//     request.fee >= 10.0             another bound
//     drop request.fee > 10.0         and the same for has(…)
namespace cel {

enum class ChangeKind : uint8_t { negated, dropped, bound, element, shifted };

struct Change {
  ChangeKind kind;
  size_t begin = 0;  // bytes of Program::source() that are replaced
  size_t end = 0;
  std::string text;   // by this
  size_t at = 0;      // where a person looks for it
  std::string shown;  // what it says now, for a person, on one line
};

// A text of several lines on one.
std::string on_one_line(std::string_view text);

// All of them, in the order of the text. `settings`: slots (sorted) whose value
// an operator sets; a whole number among them is moved by one where it is
// compared, to the side that a change of the bound does not reach.
// REQUIRES: compile() made the program.
std::vector<Change> changes_of(const Program& program,
                               std::span<const uint32_t> settings);

// Programs that are made of the same parts say the same. REQUIRES: compile()
// made all of them, over the same facts.
class Alike {
 public:
  Alike();
  ~Alike();
  Alike(const Alike&) = delete;
  Alike& operator=(const Alike&) = delete;
  // Those with the same parts have the same number.
  uint32_t number(const Program& program);
  // False when one with the same parts was shown before.
  bool is_new(const Program& program);

 private:
  struct Known;
  std::unique_ptr<Known> known_;
};

// Two conditions that may say the same, and what they are asked over; all by
// reference.
struct Twins {
  const Program& one;
  const Program& other;
  const Program* beside = nullptr;  // is asked with them; may be null
  const Environment& environment;
  std::span<const uint32_t> may_be_absent = {};  // slots, sorted
};
// True when no record makes `one` and `other` answer so that it matters, as far
// as at most one of `may_be_absent` is not recorded. False when that could not
// be shown. `matters` is asked with the answers of one, other and beside (true,
// false, or null for none) where the first two are not the same.
using Matters = std::function<bool(std::span<const Value>)>;
bool never_differ(const Twins& twins, const Matters& matters);

}  // namespace cel
