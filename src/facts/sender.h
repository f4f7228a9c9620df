// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "facts/facts.h"

// What a mail program shows of a sender, against the address behind it.
// REQUIRES: the record is a message.
namespace simwarden {

// A Reply-To address is of another registrable domain than the From address.
// False when either is not there.
bool reply_goes_elsewhere(const Facts& facts);

// The address in the display name, lower case, when its registrable domain is
// not that of the From address; "" else.
std::string address_in_name(const Facts& facts);

// The official domain that a brand in the display name stands for, when the
// domain of the From address is in no official list; "" else. Short brands
// count only as the whole name.
std::string operator_in_name(const Facts& facts);

}  // namespace simwarden
