// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mail/mail.h"

namespace simwarden {

// More methods than a receiver tries.
inline constexpr size_t kAuthenticationResultsMax = 64;

// The results of one Authentication-Results field (RFC 8601, 2.2), or nothing
// when another host than `authserv_id` wrote it.
std::optional<std::vector<AuthenticationResult>> read_authentication(
    std::string_view value, std::string_view authserv_id);

}  // namespace simwarden
