// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

struct Unpacked {
  std::string bytes;
  bool whole = false;  // its end was reached, and nothing was broken
  bool full = false;   // it would have been more, or have cost more
  // What was made or read, whichever is more, and at least kUnpackCostMin for
  // each block: what unpacks to nothing costs time, too.
  size_t cost = 0;
};

// A block has tables, which are built before its first byte; that takes as long
// as so many bytes. Programs make a block of 16 kB and more.
inline constexpr size_t kUnpackCostMin = 1024;

// What zlib packed (RFC 1950), as far as it goes and as long as it costs less.
Unpacked unpack_zlib(std::string_view packed, size_t cost_max);
// The same without the bytes around it (RFC 1951), the first bytes_max of it.
Unpacked unpack_deflate(std::string_view packed, size_t bytes_max,
                        size_t cost_max);
// The first two bytes of such data.
bool may_be_zlib(std::string_view bytes);

}  // namespace simwarden
