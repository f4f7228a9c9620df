// SPDX-License-Identifier: Apache-2.0
#include "cel/study/sharing.h"

#include <algorithm>
#include <map>

#include "cel/check/numbering.h"
#include "cel/run/compiled.h"
#include "cel/study/decisions.h"

namespace cel {
namespace {

struct Seen {
  size_t first = 0;  // when it was seen first
  std::string text;
  uint32_t programs = 0;
  const Program* last = nullptr;
};

}  // namespace

Sharing sharing_of(std::span<const Program* const> programs) {
  Sharing sharing;
  Numbering numbering;
  std::map<PartNumber, Seen> seen;
  for (const Program* program : programs) {
    const Compiled& one = compiled_of(*program);
    const auto numbers = numbering.add(one.ast(), one.notes());
    for (const Decision& decision : decisions_of(one).atoms) {
      if (decision.in_scope) continue;
      ++sharing.conditions;
      Seen& known = seen[numbers[decision.id]];
      if (known.programs == 0) {
        known.first = seen.size();
        known.text = one.ast().text_of(decision.id);
      }
      if (known.last != program) ++known.programs;
      known.last = program;
    }
  }
  sharing.different = seen.size();
  std::vector<const Seen*> shared;
  for (const auto& [number, known] : seen) {
    if (known.programs > 1) shared.push_back(&known);
  }
  std::sort(shared.begin(), shared.end(), [](const Seen* a, const Seen* b) {
    if (a->programs != b->programs) return a->programs > b->programs;
    return a->first < b->first;
  });
  for (const Seen* known : shared) {
    sharing.shared.push_back({known->text, known->programs});
  }
  return sharing;
}

}  // namespace cel
