// SPDX-License-Identifier: Apache-2.0
#include "app/reading.h"

#include <fmt/format.h>

#include "app/interrupt.h"
#include "diag/counted.h"
#include "diag/issue.h"
#include "diag/printable.h"
#include "house/house.h"
#include "privacy/masks.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

// Beyond this many different ones the input is not ours and the rest goes
// under "…".
constexpr size_t kLeftOutMax = 100;

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

Inputs find_inputs(const std::vector<std::string>& arguments) {
  Inputs all;
  for (const std::string& argument : arguments) {
    auto found = expand_inputs({argument});
    if (!found) {
      all.unreadable.push_back({argument, found.error()});
      continue;
    }
    all.unreadable.insert(all.unreadable.end(), found->unreadable.begin(),
                          found->unreadable.end());
    all.paths.insert(all.paths.end(), found->paths.begin(), found->paths.end());
  }
  return all;
}

void LeftOut::add(const std::string& name, uint64_t times) {
  const bool room = counts_.size() < kLeftOutMax || counts_.contains(name);
  counts_[room ? name : "…"] += times;
}

void LeftOut::add(const std::vector<std::string>& names) {
  for (const std::string& name : names) add(name);
}

void LeftOut::add_all(const LeftOut& others) {
  for (const auto& [name, count] : others.counts_) add(name, count);
}

std::string LeftOut::names() const {
  std::string names;
  for (const auto& [name, count] : counts_) {
    // A table without its header has a record for names.
    names += fmt::format(
        "{}{} ({})", names.empty() ? "" : ", ",
        name.empty() ? "\"\""
                     : printable_text(mask_value(name, Mask::free_text)),
        with_thousands(count));
  }
  return names;
}

std::string unknown_keys_sentence(const LeftOut& keys) {
  const std::string names = keys.names();
  if (names.empty()) return {};
  return fmt::format(
      "simwarden: names that no field has were left out: {}\n"
      "simwarden: simwarden facts lists the fields, --map translates your "
      "own\n",
      names);
}

std::string invalid_values_sentence(const LeftOut& facts,
                                    const std::string& profile) {
  const std::string names = facts.names();
  if (names.empty()) return {};
  std::string said = fmt::format(
      "simwarden: values that are not valid, or were cut: {}\n"
      "simwarden: what is not valid counts as not recorded, what was cut is "
      "for review at least; `invalid` in the verdicts says what was "
      "expected\n",
      names);
  if (facts.has("request.phone_number")) {
    said +=
        "simwarden: a telephone number has a + and its country code; others "
        "are read by --map, national ones by its `country: GB`, and "
        "4.477E+11 is what a spreadsheet leaves of one\n";
  }
  if (facts.has("request.policy_profile") ||
      facts.has("message.policy_profile")) {
    said += fmt::format(
        "simwarden: where the policy_profile is not valid, {} judged\n",
        profile);
  }
  return said;
}

std::string missing_columns_sentence(const std::string& table,
                                     const std::vector<std::string>& header,
                                     const Mapping& mapping) {
  std::string said;
  for (const std::string& name : mapping.not_among(header)) {
    const std::string help = did_you_mean(name, header);
    said += fmt::format("simwarden: {}: no column {}, which --map has{}{}\n",
                        escaped_text(table), printable_text(name),
                        help.empty() ? "" : "; ", printable_text(help));
  }
  return said;
}

}  // namespace simwarden
