// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "record/verdict.h"

namespace simwarden {

// The verdict that a stored `verdict_json` tells: what append_verdict_keys()
// wrote, as a value again, to be shown as it was. Keys that are not known are
// passed over (a later program may write more), what is missing or of another
// type has its default. Nothing when it is no JSON object, or its action is
// none of ours.
std::optional<Verdict> read_verdict(std::string_view json);

}  // namespace simwarden
