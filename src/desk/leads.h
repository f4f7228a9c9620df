// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "door/service.h"
#include "facts/facts.h"

namespace simwarden {

// Where the message leads that `facts` looks at, masked. Nothing of a request.
Leads leads_of(Facts& facts, LeadsWanted wanted);

}  // namespace simwarden
