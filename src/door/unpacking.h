// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "door/http_message.h"
#include "door/memory_budget.h"

namespace simwarden {

// Bodies that come packed. However much one unpacks to, no more of it is kept
// than `held` has: memory is taken before it is filled, by doubling, so that a
// body may hold twice its size. Who unpacked goes on holding it as long as
// there is the body.

// Unpacks `body` by its Content-Encoding (gzip, x-gzip, zstd, identity). What
// is wrong comes back as the answer to give: an unknown encoding 415, a broken
// archive 400, one that unpacks to more than `bytes_max` 413, no memory 503.
std::optional<HttpReply> unpack_body(std::string_view encoding,
                                     std::string& body, size_t bytes_max,
                                     HeldMemory& held);

// `wrong`: it is broken, unpacks to more, or something follows it.
enum class Unpacking : uint8_t { done, wrong, no_memory };
// The same for zlib's own format (RFC 1950), of SPAMC's Compress.
Unpacking unpack_zlib(std::string& body, size_t bytes_max, HeldMemory& held);

}  // namespace simwarden
