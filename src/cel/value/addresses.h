// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cel/value/value.h"

// IP addresses and ranges as texts. Read strictly, as Kubernetes does: no
// leading zeros, no zones, no IPv4-mapped IPv6 in dotted form. One written in
// hexadecimal (::ffff:c0a8:1) is the IPv4 address that it stands for.
namespace cel {

struct AddressRead {
  Address address{};
  const Fault* fault = nullptr;  // what is wrong with the text
};
AddressRead read_ip(std::string_view text);
// ADDRESS/BITS. Bits of the host may be set: masked() takes them away.
AddressRead read_cidr(std::string_view text);

// RFC 5952: lower case, the longest row of zeros as ::
std::string write_ip(const Address& ip);
std::string write_cidr(const Address& cidr);

}  // namespace cel
