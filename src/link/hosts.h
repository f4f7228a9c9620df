// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "link/link.h"
#include "link/url.h"

// Host names: what was written, what a resolver gets, whose it is.
namespace simwarden {

struct HostName {
  std::string host;     // lower case, punycode; IPv4 dotted; "" when no host
  std::string unicode;  // the same, decoded, for people and for comparing
  bool is_ip = false;
  bool is_idn = false;
  bool mixed_script = false;
};

// Longer names are not names (RFC 1035, 2.3.4).
inline constexpr size_t kHostMax = 253;

// Reads a host as browsers do (url.h); empty when no resolver could know it.
HostName read_host(std::string_view written);
// The same of a host that was parsed already.
HostName host_name(UrlHost parsed);

// registrable_domain() of contact.h for a host that was read already.
std::string registrable_domain(const HostName& name);

// True for "com", "co.uk", "xn--p1ai": suffixes on the Public Suffix List
// itself, not by its default rule; and for the reserved names "example", "test"
// and "invalid" (RFC 6761).
bool is_known_suffix(const std::string& suffix);

// Fills what the registry and the lists know about link.host.
void judge_host(Link& link, const HostName& name, const Registry& registry);

// Fills lookalike_of and lookalike_reason. REQUIRES: the rest is filled.
void find_lookalike(Link& link, std::string_view unicode_host,
                    std::string_view user_info, const Registry& registry);

}  // namespace simwarden
