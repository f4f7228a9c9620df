// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "diag/result.h"
#include "store/retention.h"

namespace simwarden {

// "customary", a YAML file, or nothing for the empty name. What is wrong with
// a file is shown on stderr.
Result<Retention> retention_named(const std::string& name);

}  // namespace simwarden
