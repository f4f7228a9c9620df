// SPDX-License-Identifier: Apache-2.0
#include "app/reading.h"

#include "app/house.h"
#include "app/interrupt.h"

namespace simwarden {

Result<IntakeOptions> intake_of(const ReadingOptions& options) {
  auto mapping = read_mapping(options.map);
  if (!mapping) return mapping.error();
  IntakeOptions intake;
  intake.kind = options.kind;
  intake.format = options.format;
  intake.mapping = *mapping;
  intake.encoding = options.encoding;
  intake.is_stopped = was_interrupted;
  return intake;
}

FoundInputs find_inputs(const std::vector<std::string>& arguments) {
  FoundInputs all;
  for (const std::string& argument : arguments) {
    auto found = expand_inputs({argument});
    if (!found) {
      all.unreadable.push_back(found.error());
      continue;
    }
    all.unreadable.insert(all.unreadable.end(), found->unreadable.begin(),
                          found->unreadable.end());
    all.paths.insert(all.paths.end(), found->paths.begin(), found->paths.end());
  }
  return all;
}

}  // namespace simwarden
