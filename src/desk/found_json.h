// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/stored_verdict.h"

namespace simwarden {

// What `GET /v1/verdicts/ID` answers (docs/serve.md): one line. `id`: by which
// it was asked for.
std::string json_of(const FoundVerdict& verdict, std::string_view id);

}  // namespace simwarden
