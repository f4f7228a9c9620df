// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "policy/pack.h"
#include "policy/ruleset.h"

// What a pack tells subscribers: advice.yaml, one short line a family.
//
//   identity:
//     en: Bring your original identity document to the store.
//     zh: 请本人携带有效身份证件原件到营业厅办理。
namespace simwarden {

using Advice = std::map<std::string, Localised>;  // by family

// The advice of a pack; empty when it has no advice.yaml. Issues: G101
// (advice for a family that the pack does not declare), P132, P133, Y1xx.
Result<Advice> load_advice(const PolicyFiles& files, const Pack& pack,
                           Issues& issues);

}  // namespace simwarden
