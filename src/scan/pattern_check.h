// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

// Whether patterns may be scanned for at all. Compiling one takes a tenth of a
// millisecond, and nothing of it is kept: policies of a thousand patterns would
// start slowly, so that all are looked at together, on all cores.
namespace simwarden {

struct PatternCheck {
  std::string error;           // why RE2 refuses it; empty when it accepts
  std::string piece;           // what RE2 names as the offending part
  bool matches_empty = false;  // the empty text, so every text
};

// In the order of `patterns`.
std::vector<PatternCheck> check_patterns(
    const std::vector<std::string>& patterns);

}  // namespace simwarden
