// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// By the type and name of a part.
bool may_be_signed(std::string_view type, std::string_view name);

// The message inside an S/MIME signature around it (RFC 8551, 3.5.2), which
// mail programs show without any key. `bytes`: CMS in BER (RFC 5652, 5). The
// signature is not checked. Nothing where something else stands there:
// encrypted, or signed beside it.
std::optional<std::string> signed_content(std::string_view bytes);

}  // namespace simwarden
