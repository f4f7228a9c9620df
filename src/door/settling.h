// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "door/service.h"
#include "door/wire.h"

// Between a verdict and its answer: what was judged is kept first.
namespace simwarden {

// Whether the answer may be told: what it stands for is kept, or this door's
// `on_error` is `pass`. Otherwise the door says in its protocol that it could
// not judge (tempfail), or holds (hold). Counts what it finds. Of several
// verdicts in one answer: both() of their tickets.
Task<bool> may_be_told(Service& service, const ListenerSettings& settings,
                       Ticket ticket);

}  // namespace simwarden
