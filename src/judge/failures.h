// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "judge/judge.h"

namespace simwarden {

// Why: by each rule of Verdict::failed, the error in which its guard or
// condition ended for the record that `judge` has judged last ("unknown time
// zone").
// REQUIRES: that record still lives.
std::map<std::string, std::string> failures_of(Judge& judge);

}  // namespace simwarden
