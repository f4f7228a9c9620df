// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "door/http_message.h"

namespace simwarden {

// Unpacks `body` by its Content-Encoding (gzip, x-gzip, zstd, identity). What
// is wrong comes back as the answer to give: an unknown encoding 415, a broken
// archive 400, one that unpacks to more than `bytes_max` 413.
std::optional<HttpReply> unpack_body(std::string_view encoding,
                                     std::string& body, size_t bytes_max);

// The same for zlib's own format (RFC 1950), of SPAMC's Compress. False when it
// is broken, unpacks to more, or something follows it.
bool unpack_zlib(std::string& body, size_t bytes_max);

}  // namespace simwarden
