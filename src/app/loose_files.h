// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "door/settings.h"

namespace simwarden {

// What is for one user's eyes and can be read by everybody, or written by
// others: tokens, keys of TLS, the site key. For people, a file each. A group
// may read (0640, "ssl-cert").
std::vector<std::string> loose_files(const ServeSettings& settings);

}  // namespace simwarden
