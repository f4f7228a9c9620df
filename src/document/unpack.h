// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

struct Unpacked {
  std::string bytes;
  bool whole = false;  // its end was reached, and nothing was broken
  bool full = false;   // it would have been more than bytes_max
};
// What zlib packed (RFC 1950), as far as it goes.
Unpacked unpack_zlib(std::string_view packed, size_t bytes_max);
// The same without the bytes around it (RFC 1951).
Unpacked unpack_deflate(std::string_view packed, size_t bytes_max);
// The first two bytes of such data.
bool may_be_zlib(std::string_view bytes);

}  // namespace simwarden
