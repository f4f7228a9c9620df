// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "door/settings.h"

namespace simwarden {

// A shell allows a program 1024 open files, as a rule, and lets it take more:
// takes as many as all connections need, so that a flood of them leaves some
// for policies and the store. What to do when that is not allowed; empty when
// all is well.
std::string make_room_for_files(const ServeSettings& settings);

}  // namespace simwarden
