// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "policy/pack_tests.h"

namespace simwarden {

// Fields that the record of a case gives and no record has (P197), and cases
// whose record is none (P198), as issues of their tests.yaml.
void check_fields(const std::vector<PackCases>& packs, Issues& issues);

}  // namespace simwarden
