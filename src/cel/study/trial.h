// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cel/check/compared_choices.h"
#include "cel/run/program.h"

// What an expression says before any record is seen, once some of its facts
// are settled: parameters of a pack have the values of a profile.
//
//   Trial trial(program, is_parameter);
//   for (const CertainFailure& f : trial.with(profile).failures) ...
namespace cel {

// A part that fails whatever the other facts hold.
struct CertainFailure {
  std::string part;  // as it is written
  std::string what;
  std::string help;             // "" when there is none
  std::vector<uint32_t> slots;  // the settled facts that it reads
};

struct Tried {
  std::optional<bool> answer;  // where the settled facts decide
  std::vector<CertainFailure> failures;
};

// One thread at a time. REQUIRES: compile() made the program, which outlives
// the trial.
class Trial {
 public:
  Trial(const Program& program,
        const std::function<bool(uint32_t slot)>& is_settled);
  ~Trial();

  // Parts that a settled operand of && or || or a settled choice spares are
  // left out. `settled` is asked for those facts only.
  Tried with(Activation& settled);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

// The open facts that it compares with closed ones. They live as long as the
// program. REQUIRES: compile() made it.
std::span<const ComparedChoices> compared_choices_of(const Program& program);

}  // namespace cel
