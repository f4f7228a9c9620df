// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "privacy/secrets.h"

namespace simwarden {

// Digits of any script with what people write between those of one number:
// blanks, hyphens, tildes, brackets and the like, at most four in a row;
// invisible characters, however many; up to three full stops; a slash, a bar or
// a star between groups of three digits and more; escapes of a link. A digit
// may be an escape itself. "500. 10086" is two numbers. From left to right;
// linear in the text.
std::vector<ByteRange> find_number_runs(std::string_view text);

// Bytes of an escape of a link ("%20") that begins at `at`, or 0.
size_t escape_size(std::string_view text, size_t at);

// Bytes of the digit that begins at `at`, or 0: of any script, or as an escape
// of a link ("%31", "%2531"), of HTML ("&#49;", "&#x31;"), of JSON ("\u0031")
// or, where another one stands beside it, of quoted-printable ("=31=32").
size_t digit_size(std::string_view text, size_t at);

}  // namespace simwarden
