// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mail/html.h"

namespace simwarden {

std::string resolve_link(std::string_view base, std::string_view target) {
  const size_t colon = target.find_first_of(":/?#");
  const bool has_scheme = colon != target.npos && target[colon] == ':';
  if (base.empty() || has_scheme) return std::string(target);
  const size_t scheme = base.find("://");
  if (scheme == base.npos) return std::string(target);
  if (target.starts_with("//")) {
    return std::string(base.substr(0, scheme + 1)) + std::string(target);
  }
  const size_t host = scheme + 3;
  const size_t path = std::min(base.find_first_of("/?#", host), base.size());
  if (target.starts_with('/')) {
    return std::string(base.substr(0, path)) + std::string(target);
  }
  const std::string_view folder =
      base.substr(0, base.find_first_of("?#", host));
  const size_t slash = folder.rfind('/');
  const size_t end = slash == folder.npos || slash < path ? path : slash;
  return std::string(base.substr(0, end)) + "/" + std::string(target);
}

}  // namespace simwarden
