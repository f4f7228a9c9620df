// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "door/settings.h"

namespace simwarden {

// "tcp:127.0.0.1:8480" and its like; nullopt when it is no endpoint. A host is
// an IPv4 address or an IPv6 address in brackets.
std::optional<Endpoint> read_endpoint_text(std::string_view text);

}  // namespace simwarden
