// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "door/http_routes.h"

// What rspamd's clients and monitors ask its controller for.
namespace simwarden {

std::span<const HttpRoute> rspamd_controller_routes();
// The rules in force, by family.
HttpReply rspamd_symbols(const HttpAsk& ask);

// All paths of the door `rspamd`.
std::span<const HttpRoute> rspamd_routes();

}  // namespace simwarden
