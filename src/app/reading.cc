// SPDX-License-Identifier: Apache-2.0
#include "app/reading.h"

#include <fmt/format.h>

#include "app/interrupt.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "house/house.h"
#include "privacy/masks.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

// Beyond this many different ones the input is not ours and the rest goes
// under "…".
constexpr size_t kUnknownKeysMax = 100;

}  // namespace

Result<IntakeOptions> intake_of(const ReadingOptions& options) {
  auto mapping = read_mapping(options.map);
  if (!mapping) return mapping.error();
  IntakeOptions intake;
  intake.kind = options.kind;
  intake.format = options.format;
  intake.mapping = *mapping;
  intake.encoding = options.encoding;
  intake.authserv_id = options.authserv_id;
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

void UnknownKeys::add(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    const bool room = counts_.size() < kUnknownKeysMax || counts_.contains(key);
    ++counts_[room ? key : "…"];
  }
}

void UnknownKeys::add_all(const UnknownKeys& others) {
  for (const auto& [key, count] : others.counts_) counts_[key] += count;
}

std::string UnknownKeys::sentence() const {
  if (counts_.empty()) return {};
  std::string names;
  for (const auto& [key, count] : counts_) {
    // A table without its header has a record for names.
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ",
                         printable_text(mask_value(key, Mask::free_text)),
                         with_thousands(count));
  }
  return fmt::format(
      "simwarden: names that no field has were left out: {}\n"
      "simwarden: simwarden facts lists the fields, --map translates your "
      "own\n",
      names);
}

}  // namespace simwarden
