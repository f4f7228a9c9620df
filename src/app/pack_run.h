// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/house.h"
#include "policy/pack_tests.h"

// Running the cases that prove a pack.
namespace simwarden {

struct PackRun {
  size_t passed = 0;
  size_t failed = 0;
  std::string report;  // every failure with its verdict explained
};

PackRun run_cases(const House& house, const std::vector<PackCases>& packs,
                  bool name_passed);

}  // namespace simwarden
