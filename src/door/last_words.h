// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string_view>

#include "door/wire.h"

namespace simwarden {

// The last that is said on a wire, to somebody who may still be sending: what
// comes is read away, so that they read it and not a reset. REQUIRES: `bytes`
// outlive it. False when they could not be written.
Task<bool> say_last(Wire& wire, std::string_view bytes,
                    std::chrono::milliseconds wait);

}  // namespace simwarden
