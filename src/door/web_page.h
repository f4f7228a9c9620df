// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "door/http_message.h"
#include "door/service.h"
#include "door/settings.h"

// A page in a browser asks from where its reader sits. A door without tokens
// knows its callers by where they are, so it must not take a page for one.
namespace simwarden {

// 403 for what pages send where no token is asked: an `Origin` (Fetch
// Standard, 3.1: every request of a page that could write, or read across
// origins), or, where what was stored or counted is read at a loopback address,
// a `Host` that is a name with a dot: so a page reads what is not its own (DNS
// rebinding). Who asks for verdicts may come by a proxy that passes on its own
// name. Nothing at a socket in the file system, which browsers do not reach.
std::optional<HttpReply> refuse_web_page(const HttpHead& head, TokenRole role,
                                         const ListenerSettings& settings);

}  // namespace simwarden
