// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "door/mail_judging.h"
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
// The same of a mail: `answer` becomes what is told then (answer_not_kept()).
// What could not be kept has no name in the store.
Task<void> settle_answer(Service& service, const ListenerSettings& settings,
                         MailAnswer& answer);

}  // namespace simwarden
