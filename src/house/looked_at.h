// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "judge/judge.h"

namespace simwarden {

// Of a message that passes, what the eye saw in it: contacts, links, words of
// pattern sets, how much it reads like scams. Who asks why it passes finds out
// so what was not seen. Masked as evidence is.
// REQUIRES: `judge` judged it last, and the record still lives.
std::string draw_looked_at(Judge& judge);

}  // namespace simwarden
