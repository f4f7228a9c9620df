// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace simwarden {

// The value of a hexadecimal digit of either case; below 0 for what is none.
constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace simwarden
