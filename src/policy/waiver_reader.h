// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/value/environment.h"
#include "notation/yaml.h"
#include "policy/pack.h"

// waivers.yaml: who may do without which rule, for which records, until when.
// Read in two steps, because a waiver's condition is compiled against the pack
// of its rule:
//
//   read_waivers    everything but the conditions
//   read_scope      the condition of one waiver
namespace simwarden {

// Of one ruleset. A desk that needs more has a rule that does not fit.
inline constexpr size_t kWaiversMax = 1000;

struct WaiverDraft {
  Waiver waiver;
  const YamlNode* when = nullptr;  // in the file's tree; null: was not there
  Place rule_place;
};

// Of a whole file. Always yields what could be read.
std::vector<WaiverDraft> read_waivers(const SourceText& file,
                                      const YamlNode& root, Issues& issues);

// Compiles the condition against the facts, patterns and lists of the pack
// that the rule stands in.
void read_scope(const SourceText& file, WaiverDraft& draft,
                const cel::Environment& environment, Issues& issues);

}  // namespace simwarden
