// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/scene.h"

namespace simwarden {

// A bare host whose ending is a word stands directly behind a word that names a
// page or asks to open one ("Visit demokyc.click", 网址 demoka.fun), and more
// than that tells it from two sentences without a space ("go to work.today").
// A dot that was spelled is meant.
// REQUIRES: a path or an ending that tells a host was not found.
bool is_host_asked_for(const Scene& scene, Range host);

}  // namespace simwarden
