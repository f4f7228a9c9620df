// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <re2/re2.h>

#include "scan/scanner.h"

// How all expressions are compiled.
namespace simwarden {

re2::RE2::Options options_with(int64_t memory);

}  // namespace simwarden
