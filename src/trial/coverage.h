// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judge/plan.h"
#include "policy/pack_tests.h"

// What the cases of a pack have reached of its rules: of every comparison and
// call that decides (cel/study/atoms.h) the answers it gave, of every pattern
// whether it counted.
namespace simwarden {

// Where a part of a pack stands, in `file`.
struct PartOfPack {
  std::string pack;
  std::string rule;  // "IDV-002", or "patterns.otp_request"
  std::string text;  // for a person, on one line
  std::string file;
  Place place;
};

// One answer of one part: "request.fee.amount > 10.0 never true".
struct Branch {
  PartOfPack of;  // its text says what was never so: the words of an excuse
  bool reached = false;
  bool excused = false;  // by the pack's tests.yaml
};

struct Coverage {
  std::vector<Branch> branches;  // by pack and place
  size_t reached() const;
};

// Of the active and shadow rules. For a duty "not recorded" is an answer too.
// Answers that cannot be given where the part stands are not counted. Every
// case counts, those that fail too.
Coverage cover(const Plan& plan, const std::vector<PackCases>& packs);

// The facts that may be missing in a record of this kind, sorted: what an empty
// record does not have.
std::vector<uint32_t> absent_slots(const Plan& plan, Kind kind);

// The place in pack.yaml of byte `at` of a condition. REQUIRES: `pack` has its
// pack_file.
Place place_of(const PackCases& pack, const Condition& condition, size_t at);

// The kind of record that a pack asks for.
Kind kind_of(const Pack& pack);

}  // namespace simwarden
