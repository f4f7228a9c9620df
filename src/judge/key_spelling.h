// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/fields.h"

namespace simwarden {

// What a window knows a value by. Systems of one operator spell the same
// number otherwise:
//
//   numbers of SIMs and devices   without blanks, dashes, dots and slashes
//   an IMEI                       its first 14 digits and the check digit of
//                                 these, also of 14 digits, with the 0 that
//                                 networks send, and with a software version
//   addresses of the internet     as RFC 5952 writes them; one of IPv4 inside
//                                 IPv6 is that of IPv4
//
// All else, and what is none of these, as it stands. Pure.
std::string one_spelling(const Field& field, std::string_view text);

}  // namespace simwarden
