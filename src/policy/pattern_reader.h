// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "notation/yaml.h"
#include "policy/pack.h"
#include "scan/pattern.h"

namespace simwarden {

inline constexpr uint32_t kNearContactMax = 10000;  // more is the whole text

// A pattern set and where its parts stand.
struct PatternDraft {
  PatternSet set;
  std::vector<Pattern> read;  // those of the set
  Place place;                // of its name
};

// `patterns:` of a pack. Only patterns that RE2 accepts are kept.
std::vector<PatternDraft> read_patterns(YamlReader& reader,
                                        const YamlNode& pack);

}  // namespace simwarden
