// SPDX-License-Identifier: Apache-2.0
#include <libpsl.h>

#include "link/hosts.h"
#include "link/link.h"

// The Public Suffix List as libpsl has it built in: the same answer on every
// machine with the same package.
namespace simwarden {

std::string registrable_domain(std::string_view host) {
  return registrable_domain(read_host(host));
}

std::string registrable_domain(const HostName& name) {
  if (name.host.empty() || name.is_ip) return "";
  const char* domain = psl_registrable_domain(psl_builtin(), name.host.c_str());
  return domain == nullptr ? "" : domain;
}

bool is_known_suffix(const std::string& suffix) {
  // RFC 6761: on no list, and written in drills, manuals and our own cases.
  if (suffix == "example" || suffix == "test" || suffix == "invalid") {
    return true;
  }
  return psl_is_public_suffix2(psl_builtin(), suffix.c_str(),
                               PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
}

}  // namespace simwarden
