// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "conformance/case.h"
#include "conformance/run_simple.h"

namespace conformance {

// Parses and checks, and compares the two trees as text and the place of the
// first error.
Answer run_printed(const Case& test, const Leniency& lenient);

}  // namespace conformance
